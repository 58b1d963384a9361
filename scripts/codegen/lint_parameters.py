"""Parameters: each must have a form that HTTP allows, and a valid argument name."""

import re
from collections.abc import Iterator
from typing import Any

from codegen import references
from codegen.arguments import ARGUMENT
from codegen.lint_schemas import KEYWORDS_BY_TYPE
from codegen.lower import is_joined
from codegen.metaschema import Description, Finding, Part
from codegen.names import is_public, python_name

STYLES = {"path": "simple", "header": "simple", "query": "form"}
TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
VISIBLE = re.compile(r"(?:[!-~]+(?:[ \t]+[!-~]+)*)?")
# OpenAPI ignores parameters with the first three names; the client or HTTP sets the others.
RESERVED_HEADERS = frozenset({"accept", "authorization", "content-type", "content-length", "cookie", "host"})
RESERVED_HEADERS |= {"connection", "transfer-encoding", "user-agent"}
# Arguments that every method has.
RESERVED_ARGUMENTS = ("client", "extra_body", "extra_headers", "extra_query", "self", "timeout", "url")


def place(description: Description, part: Part) -> Iterator[Finding]:
    """Locations, names and styles that the client supports."""
    where, name = part.value["in"], part.value["name"]
    if where == "cookie":
        yield part.at("in"), "cookies are never sent: remove the parameter"
        return
    schemes = description.data.get("components", {}).get("securitySchemes", {}).values()
    credentials = {scheme["name"].lower() for scheme in schemes if scheme.get("in") == "header"}
    if where == "header" and not TOKEN.fullmatch(name):
        yield part.at("name"), f"`{name}` cannot be the name of a header"
    elif where == "header" and name.lower() in RESERVED_HEADERS | credentials:
        yield part.at("name"), f"`{name}` is set by the client, so it cannot be a parameter"
    elif where == "path" and not re.fullmatch(r"[A-Za-z_-][\w-]*", name, re.ASCII):
        yield part.at("name"), f"`{name}` is not valid in a path: use letters, digits, `_` and `-`"
    if part.value.get("style", STYLES[where]) != STYLES[where]:
        yield part.at("style"), f"a {where} parameter must have the style `{STYLES[where]}`"
    for flag in ("allowEmptyValue", "allowReserved"):
        if part.value.get(flag):
            yield part.at(flag), f"`{flag}` is not supported: values are percent-encoded, and never empty"
    name = part.value.get(ARGUMENT, "x")
    if not isinstance(name, str) or not is_public(name):
        yield part.at(ARGUMENT), f"`{name}` cannot be the name of an argument in Python"


def value(description: Description, part: Part) -> Iterator[Finding]:
    """A scalar, or a list of scalars, of a type that its location allows."""
    data, where, schema = description.data, part.value["in"], part.value.get("schema")
    if schema is None:
        return
    schema = references.follow(data, schema)
    if where == "path" and "default" in schema:
        yield part.at("schema", "default"), "a path parameter has no default"
    for name in sorted({"const", "default"} & schema.keys()) if where == "header" else ():
        if isinstance(schema[name], str) and not VISIBLE.fullmatch(schema[name]):
            yield part.at("schema", name), "is not valid in a header: use visible ASCII characters"
    for leaf in references.leaves(data, schema):
        types, kinds = _types(leaf)
        items = [_types(item) for item in references.leaves(data, leaf.get("items", {}))]
        if not kinds:
            yield part.at("schema"), "a parameter needs a type"
        elif where == "path" and (types - {"string", "integer"} or leaf.get("format") == "date-time" or bool in kinds):
            yield part.at("schema"), "a value in a path is a string or an integer"
        elif "object" in types:
            yield part.at("schema"), "an object cannot be a parameter: write one parameter for each of its properties"
        elif "array" in types and any({"array", "object"} & types or not kinds for types, kinds in items):
            yield part.at("schema"), "the items of a parameter must be scalars: give them a type"


def one_value(description: Description, part: Part) -> Iterator[Finding]:
    """A list that is sent as one value has only one bound: the list, or each item, may not be empty."""
    schema = references.follow(description.data, part.value.get("schema", {}))
    if not is_joined(part.value, schema):
        return
    bounds = {"maxItems", "uniqueItems"} & schema.keys() | ({"minItems"} if schema.get("minItems", 0) > 1 else set())
    for name in sorted(bounds):
        yield part.at("schema", name), "a list that is sent as one value cannot have this bound: describe it instead"
    for item in references.leaves(description.data, schema.get("items", {})):
        if {"maxLength", "pattern", *KEYWORDS_BY_TYPE["number"]} & item.keys() or item.get("minLength", 0) > 1:
            yield (
                part.at("schema", "items"),
                "an item of a list that is sent as one value can only have `minLength: 1`: describe other bounds",
            )


def argument_names(description: Description, part: Part) -> Iterator[Finding]:
    """The arguments of a method have different names; `x-argument` can set one."""
    taken = dict.fromkeys(RESERVED_ARGUMENTS, "an argument that every method has")
    for pointer, parameter in references.parameters(description.data, part.pointer):
        name = str(parameter.get(ARGUMENT, python_name(parameter["name"])))
        if name in taken:
            where = (*pointer, ARGUMENT if ARGUMENT in parameter else "name")
            yield where, f"its argument would be named `{name}`, like {taken[name]}: set another name with `{ARGUMENT}`"
        taken.setdefault(name, f"the {parameter['in']} parameter `{parameter['name']}`")


def _types(schema: Any) -> tuple[set[str], set[Any]]:
    """The types that a schema names; and the same together with the types of its listed values."""
    types = set(references.listed(schema.get("type", ())))
    values = [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else ())]
    return types, types | {type(value) for value in values}
