"""Resolves references within a document."""

import contextlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from codegen.document import Pointer

BRANCHES = ("allOf", "anyOf", "oneOf")
LOWER_LIMITS = frozenset({"exclusiveMinimum", "minItems", "minLength", "minimum"})
UPPER_LIMITS = frozenset({"exclusiveMaximum", "maxItems", "maxLength", "maximum"})
LIMITS = LOWER_LIMITS | UPPER_LIMITS | {"multipleOf", "pattern", "uniqueItems"}
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class DanglingError(LookupError):
    """The reference has no target in the document."""


def parse(reference: str) -> tuple[str, ...]:
    """`#/components/schemas/A` as a pointer. Raises DanglingError for a reference to another file."""
    if not reference.startswith("#/"):
        raise DanglingError(reference)
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in unquote(reference[2:]).split("/"))


def write(pointer: Pointer) -> str:
    """A pointer as the text of a reference."""
    return "#" + "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in pointer)


def at(data: Any, pointer: Pointer) -> Any:
    """The value at the pointer. Raises DanglingError if there is none."""
    for token in pointer:
        if isinstance(data, list) and str(token).isdecimal() and int(token) < len(data):
            data = data[int(token)]
        elif isinstance(data, dict) and token in data:
            data = data[token]
        else:
            raise DanglingError(write(pointer))
    return data


def follow(data: Any, value: Any) -> Any:
    """The value, or the final target if it is a reference. Raises DanglingError."""
    seen: set[str] = set()
    while isinstance(value, dict) and isinstance(value.get("$ref"), str):
        if value["$ref"] in seen:
            raise DanglingError(value["$ref"])
        seen.add(value["$ref"])
        value = at(data, parse(value["$ref"]))
    return value


def properties(data: Any, schema: Any, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """The names of the properties that a schema declares, also in its branches and references."""
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    yield from schema.get("properties", ())
    branches = [branch for keyword in BRANCHES for branch in schema.get(keyword, ())]
    with contextlib.suppress(DanglingError):
        branches += [at(data, parse(schema["$ref"]))] if "$ref" in schema else []
    for branch in branches:
        yield from properties(data, branch, seen | {id(schema)})


def leaves(data: Any, schema: Any) -> Iterator[Any]:
    """The alternatives of a schema, with references followed."""
    schema = follow(data, schema)
    branches = [branch for keyword in BRANCHES for branch in schema.get(keyword, ())]
    if not branches:
        yield schema
    for branch in branches:
        yield from leaves(data, branch)


def listed(value: Any) -> list[Any]:
    """The value of `type`, which is one name or a list of names, as a list."""
    return [value] if isinstance(value, str) or value is None else list(value)


def operations(data: Any) -> Iterator[tuple[str, str, str]]:
    """The place of each operation: `paths`, its path, its method."""
    for path, item in (data.get("paths") or {}).items():
        yield from (("paths", path, method) for method in METHODS if method in item)


def parameters(data: Any, operation: Pointer) -> Iterator[tuple[Pointer, Any]]:
    """The parameters of an operation, and those of its path that it does not override; each with its place."""
    seen: set[tuple[str, str]] = set()
    for holder in (operation, operation[:2]):
        for index, item in enumerate(at(data, holder).get("parameters", ())):
            try:
                parameter = follow(data, item)
            except DanglingError:
                continue  # reported by the rules for references
            pointer = place((*holder, "parameters", index), item)
            if (parameter["in"], parameter["name"]) not in seen or holder == operation:
                yield pointer, parameter
            seen.add((parameter["in"], parameter["name"]))


def place(pointer: Pointer, value: Any) -> Pointer:
    """The place of the value, or of its target if it is a reference."""
    return parse(value["$ref"]) if "$ref" in value else pointer


def examples(data: Any, pointer: Pointer, holder: Any) -> Iterator[tuple[Pointer, Any]]:
    """The values in `example` and `examples` of a parameter, a header or a media type, each with its place."""
    if "example" in holder:
        yield (*pointer, "example"), holder["example"]
    for name, stated in holder.get("examples", {}).items():
        # A dangling one is reported by the rules for references; one with `externalValue` has no value.
        with contextlib.suppress(DanglingError):
            where = (*place((*pointer, "examples", name), stated), "value")
            yield where, at(data, where)
