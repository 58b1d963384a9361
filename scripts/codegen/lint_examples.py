"""Examples, defaults, constants and listed values: each must match its schema."""

import contextlib
from collections.abc import Iterator
from typing import Any

from openapi_schema_validator import OAS31Validator, oas31_format_checker
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from codegen import references
from codegen.document import Pointer
from codegen.metaschema import Description, Finding, Part

BASE = "urn:fragment"


def misfits(description: Description, part: Part) -> Iterator[Finding]:
    """An example, a default or a listed value that does not match its schema."""
    schema = part.pointer if part.kind == "schema" else part.at("schema")
    if schema != part.pointer and "schema" not in part.value:
        return
    found = validator(description.data, schema)
    for pointer, value in _values(description.data, part):
        with contextlib.suppress(RecursionError, Unresolvable):  # reported by the rules for references
            for error in found.iter_errors(value):
                while error.context and error.validator != "oneOf":
                    error = max(error.context, key=lambda inner: len(inner.absolute_path))
                yield (*pointer, *error.absolute_path), f"does not match the schema: {error.message}"


def validator(data: Any, schema: Pointer) -> Any:
    """The validator of the schema at this place."""
    registry = Registry().with_resource(BASE, DRAFT202012.create_resource(data))
    reference = {"$ref": BASE + references.write(schema)}
    return OAS31Validator(reference, registry=registry, format_checker=oas31_format_checker)


def _values(data: Any, part: Part) -> Iterator[tuple[Pointer, Any]]:
    if part.kind != "schema":
        yield from references.examples(data, part.pointer, part.value)
        return
    yield from ((part.at(name), part.value[name]) for name in ("example", "default", "const") if name in part.value)
    for keyword in ("enum", "examples"):
        yield from ((part.at(keyword, index), value) for index, value in enumerate(part.value.get(keyword, ())))
