"""Examples, defaults and listed values: each must match its schema."""

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
HOLDERS = frozenset({"header", "media-type", "parameter"})


def values_that_do_not_fit(description: Description) -> Iterator[Finding]:
    """A wrong example misleads readers, and the servers that answer with it."""
    for part in description.parts:
        if "schema" in part.kinds:
            schema = part.pointer
        elif HOLDERS & set(part.kinds) and "schema" in part.value:
            schema = (*part.pointer, "schema")
        else:
            continue
        found = validator(description.data, schema)
        for pointer, value in _values(description.data, part):
            for where, message in _faults(found, value):
                yield (*pointer, *where), f"does not fit the schema: {message}"


def validator(data: Any, schema: Pointer) -> Any:
    """What holds values to the schema at this place."""
    registry = Registry().with_resource(BASE, DRAFT202012.create_resource(data))
    reference = {"$ref": BASE + references.write(schema)}
    return OAS31Validator(reference, registry=registry, format_checker=oas31_format_checker)


def _values(data: Any, part: Part) -> Iterator[tuple[Pointer, Any]]:
    for keyword in ("example", "default", "const"):
        if keyword in part.value:
            yield (*part.pointer, keyword), part.value[keyword]
    for keyword in ("enum", "examples") if "schema" in part.kinds else ():
        for index, value in enumerate(part.value.get(keyword, ())):
            yield (*part.pointer, keyword, index), value
    for name, example in part.value.get("examples", {}).items() if "schema" not in part.kinds else ():
        pointer: Pointer = (*part.pointer, "examples", name)
        if "$ref" in example:
            pointer = references.parse(example["$ref"])
        try:
            yield (*pointer, "value"), references.at(data, (*pointer, "value"))
        except references.DanglingError:
            continue  # told by the rules for references, or an `externalValue`


def _faults(validator: Any, value: Any) -> Iterator[tuple[Pointer, str]]:
    try:
        for error in validator.iter_errors(value):
            while error.context and error.validator != "oneOf":
                error = max(error.context, key=lambda inner: len(inner.absolute_path))
            yield tuple(error.absolute_path), error.message
    except (RecursionError, Unresolvable):
        return  # told by the rules for references
