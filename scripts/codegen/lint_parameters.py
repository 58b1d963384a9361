"""Parameters: each must have a form that HTTP allows, and a valid argument name."""

import keyword
import re
from collections.abc import Iterator
from typing import Any

from codegen import references
from codegen.arguments import ARGUMENT
from codegen.document import Pointer
from codegen.lint_schemas import BELONGS
from codegen.lower import is_joined
from codegen.metaschema import Description, Finding
from codegen.names import python_name

STYLES = {"path": "simple", "header": "simple", "query": "form"}
TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
VISIBLE = re.compile(r"(?:[!-~]+(?:[ \t]+[!-~]+)*)?")
# OpenAPI says that the first three are ignored; the others are the client's own.
HEADERS_OF_OTHERS = frozenset(
    {"accept", "authorization", "content-type", "content-length", "cookie", "host"}
) | frozenset({"connection", "transfer-encoding", "user-agent"})
# Arguments that every method has.
TAKEN = frozenset({"client", "extra_body", "extra_headers", "extra_query", "self", "timeout", "url"})


def how_they_are_written(description: Description) -> Iterator[Finding]:
    """Places, styles and types for which there is one way to write a value, and the client knows it."""
    schemes = description.data.get("components", {}).get("securitySchemes", {}).values()
    credentials = {scheme["name"].lower() for scheme in schemes if scheme.get("in") == "header"}
    for part in description.parts:
        if "parameter" not in part.kinds:
            continue
        parameter, place = part.value, part.value["in"]
        if place == "cookie":
            yield (*part.pointer, "in"), "no cookie is ever sent: leave the parameter out"
            continue
        name = parameter["name"]
        if place == "header" and not TOKEN.fullmatch(name):
            yield (*part.pointer, "name"), f"`{name}` cannot be the name of a header"
        elif place == "header" and name.lower() in HEADERS_OF_OTHERS | credentials:
            yield (
                (*part.pointer, "name"),
                f"`{name}` is set by the client, and OpenAPI or HTTP keeps it from parameters",
            )
        elif place == "path" and not re.fullmatch(r"[A-Za-z_-][\w-]*", name, re.ASCII):
            yield (*part.pointer, "name"), f"`{name}` cannot stand in a path: use letters, digits, `_` and `-`"
        if parameter.get("style", STYLES[place]) != STYLES[place]:
            yield (*part.pointer, "style"), f"a {place} parameter is written in the style `{STYLES[place]}` only"
        for flag in ("allowEmptyValue", "allowReserved"):
            if parameter.get(flag):
                yield (*part.pointer, flag), f"`{flag}` is not supported: values are percent-encoded, and never empty"
        if "schema" in parameter:
            if is_joined(parameter, references.follow(description.data, parameter["schema"])):
                for pointer, message in _in_one_value(description.data, parameter["schema"]):
                    yield (*part.pointer, "schema", *pointer), message
            for pointer, message in _value(description.data, place, parameter["schema"]):
                yield (*part.pointer, "schema", *pointer), message


def _value(data: Any, place: str, schema: Any) -> Iterator[tuple[Pointer, str]]:
    schema = references.follow(data, schema)
    if place == "path" and "default" in schema:
        yield ("default",), "a path parameter is always given"
    if place == "header":
        for name in {"const", "default"} & schema.keys():
            if isinstance(schema[name], str) and not VISIBLE.fullmatch(schema[name]):
                yield (name,), "cannot stand in a header: only visible ASCII characters can"
    for leaf in references.leaves(data, schema):
        types, kinds = _types(leaf)
        items = [_types(item) for item in references.leaves(data, leaf.get("items", {}))]
        if not kinds:
            yield (), "a parameter needs a type"
        elif place == "path" and (types - {"string", "integer"} or leaf.get("format") == "date-time" or bool in kinds):
            yield (), "a value in a path is a string or an integer"
        elif "object" in types:
            yield (), "an object cannot be a parameter: write one parameter for each of its properties"
        elif "array" in types and any({"array", "object"} & types or not kinds for types, kinds in items):
            yield (), "the items of a parameter are plain values: give them a type"


def _in_one_value(data: Any, schema: Any) -> Iterator[tuple[Pointer, str]]:
    """Bounds of a list that is written as one value are not in its type, but for those that any such list has."""
    schema = references.follow(data, schema)
    bound = {"maxItems", "uniqueItems"} & schema.keys() | ({"minItems"} if schema.get("minItems", 0) > 1 else set())
    items = [leaf for leaf in references.leaves(data, schema.get("items", {})) if _is_bound(leaf)]
    yield from (((name,), "a list that is sent as one value has no such bound: describe it") for name in sorted(bound))
    if items:
        yield ("items",), "what is listed in one value has no bounds but not to be empty: describe them"


def _is_bound(schema: Any) -> bool:
    """Whether there is more to a string than that it is not empty."""
    return bool({"maxLength", "pattern", *BELONGS["number"]} & schema.keys()) or schema.get("minLength", 0) > 1


def _types(schema: Any) -> tuple[set[str], set[Any]]:
    """The types that a schema names, and these with those of the values that it lists."""
    types = schema.get("type", [])
    types = {types} if isinstance(types, str) else set(types)
    values = [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else ())]
    return types, types | {type(value) for value in values}


def names_that_callers_give(description: Description) -> Iterator[Finding]:
    """Each argument of a method has a name of its own, which `x-argument` can set."""
    for part in description.parts:
        if "parameter" in part.kinds and ARGUMENT in part.value:
            name = part.value[ARGUMENT]
            if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name) or name[0] == "_":
                yield (*part.pointer, ARGUMENT), f"`{name}` cannot be the name of an argument in Python"
    for part in description.parts:
        if "operation" not in part.kinds or part.pointer[0] != "paths":
            continue
        taken = dict.fromkeys(TAKEN, "an argument that every method has")
        for pointer, parameter in references.parameters(description.data, part.pointer):
            name = str(parameter.get(ARGUMENT, python_name(parameter["name"])))
            if name in taken:
                where = (*pointer, ARGUMENT if ARGUMENT in parameter else "name")
                yield (
                    where,
                    f"callers would give it as `{name}`, like {taken[name]}: set another name with `{ARGUMENT}`",
                )
            taken.setdefault(name, f"the {parameter['in']} parameter `{parameter['name']}`")
