"""Rewrites the fragment into the subset of OpenAPI 3.1 that the generator supports.

The fragment itself describes the wire exactly; what the generator cannot express is rewritten here, in a copy. Rules
match structure, never names, so each also applies to later additions. What no rule covers is an error of the
generator, which is fatal.
"""

import copy
import re
from typing import Any

from codegen import references
from codegen.metaschema import Description

# The default of `explode` in OpenAPI 3.1, by the location of the parameter.
DEFAULT_EXPLODE = {"header": False, "path": False, "query": True, "cookie": True}
OBJECT_FORMATS = frozenset({"date", "date-time", "uuid", "binary"})  # the generator makes Python objects of these


def lower(data: Any) -> Any:
    """A copy of the document that the generator supports."""
    data = copy.deepcopy(data)
    parts = Description(data).parts
    for part in parts:
        if part.kind == "schema":
            _schema(part.value)
        elif part.kind == "response" and any(map(is_json, part.value.get("content", ()))):
            # Of several content types, the generator uses the first that it knows.
            part.value["content"] = {name: body for name, body in part.value["content"].items() if is_json(name)}
        elif part.kind == "operation" and "security" in data:
            # The generator ignores the `security` of the document.
            part.value.setdefault("security", copy.deepcopy(data["security"]))
    for part in parts:
        if part.kind == "parameter" and "schema" in part.value:
            _parameter(data, part.value)
    return data


def is_json(content_type: str) -> bool:
    """Whether a body of this content type is JSON."""
    return bool(re.fullmatch(r"application/([\w.-]+\+)?json *(;.*)?", content_type, re.ASCII))


def is_joined(parameter: Any, schema: Any) -> bool:
    """Whether the parameter is a list that is sent as one comma-separated value."""
    explode = parameter.get("explode", DEFAULT_EXPLODE[parameter["in"]]) and parameter["in"] != "header"
    return not explode and "array" in references.listed(schema.get("type", ()))


def _schema(schema: Any) -> None:
    """Remove the type of a constant, which the generator would use instead; allow any items in a list without `items`.

    A null in `enum` becomes an alternative, because the generator would give it a type and a name of its own.
    """
    if "const" in schema:
        schema.pop("type", None)
    if "array" in references.listed(schema.get("type", ())):
        schema.setdefault("items", {})
    if None in schema.get("enum", ()):
        values = [value for value in schema.pop("enum") if value is not None]
        kind = "integer" if isinstance((values or [""])[0], int) else "string"
        schema.pop("type", None)
        schema["anyOf"] = [*([{"type": kind, "enum": values}] if values else ()), {"type": "null"}]


def _parameter(data: Any, parameter: Any) -> None:
    for name, example in parameter.get("examples", {}).items():
        parameter["examples"][name] = copy.deepcopy(references.follow(data, example))
    schema = references.follow(data, parameter["schema"])
    if is_joined(parameter, schema):
        _join(parameter, schema)
    if parameter["in"] == "header":
        _header(data, parameter)
    # The generator reads only a schema's description.
    if "description" in parameter and "$ref" not in parameter["schema"]:
        parameter["schema"].setdefault("description", parameter["description"])


def _join(parameter: Any, schema: Any) -> None:
    """Replace a list that is sent as one comma-separated value with that string; callers join it.

    The generator drops an operation that has a list in a header, writes `['a']` into a path, and repeats a query
    parameter even if the document has `explode: false`. Prism 5 crashes if a header that is a list is missing.
    """
    parameter["schema"] = {"type": "string"}
    if schema.get("minItems", 0) > 0:
        parameter["schema"]["minLength"] = 1
    holders = [
        (parameter["schema"], "default", schema.get("default")),
        (parameter, "example", parameter.get("example")),
    ]
    holders += [(each, "value", each.get("value")) for each in parameter.get("examples", {}).values()]
    for holder, keyword, values in holders:
        if isinstance(values, list):
            words = {True: "true", False: "false"}
            holder[keyword] = ",".join(words[each] if isinstance(each, bool) else str(each) for each in values)
    for keyword in ("style", "explode"):
        parameter.pop(keyword, None)


def _header(data: Any, parameter: Any) -> None:
    """Replace a constant with an enumeration of one value, a nullable type with that type, several types with a string.

    A header without a type, or with a type that becomes a Python object, is a string too. The generator rejects
    constants, dates and untyped headers; it passes unions and UUIDs to httpx as objects, so each request would fail.
    """
    schema = references.follow(data, parameter["schema"])
    if "const" in schema:
        value = schema["const"]
        kind = {bool: "boolean", int: "integer"}.get(type(value), "string")
        rest = {name: item for name, item in schema.items() if name != "const"}
        parameter["schema"] = schema = {"type": kind, **rest, "enum": [value]}
    found = list(references.leaves(data, schema))
    types = {name for leaf in found for name in references.listed(leaf.get("type", ()))} - {"null"}
    is_plain = len(types) == 1 and not any(leaf.get("format") in OBJECT_FORMATS for leaf in found)
    if not is_plain or not all(isinstance(leaf.get("type"), str) and leaf["type"] != "null" for leaf in found):
        kept = {name: schema[name] for name in ("default", "description", "minLength") if name in schema}
        parameter["schema"] = {"type": types.pop() if is_plain else "string", **kept}
