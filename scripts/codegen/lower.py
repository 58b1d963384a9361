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

# How each place of a parameter writes a list when the document does not say (OpenAPI 3.1, "style" and "explode").
DEFAULT_EXPLODE = {"header": False, "path": False, "query": True, "cookie": True}
OBJECT_FORMATS = frozenset({"date", "date-time", "uuid", "binary"})  # the generator makes Python objects of these


def lower(data: Any) -> Any:
    """A copy of the document that the generator can express."""
    data = copy.deepcopy(data)
    parts = Description(data).parts
    for part in parts:
        if part.kind == "schema":
            _schema(part.value)
        elif part.kind == "response" and any(map(is_json, part.value.get("content", ()))):
            # Of several content types the generator takes the first that it knows.
            part.value["content"] = {name: body for name, body in part.value["content"].items() if is_json(name)}
        elif part.kind == "operation" and "security" in data:
            # The generator looks for it only here.
            part.value.setdefault("security", copy.deepcopy(data["security"]))
    for part in parts:
        if part.kind == "parameter" and "schema" in part.value:
            _parameter(data, part.value)
    return data


def is_json(content_type: str) -> bool:
    """Whether a body of this content type is JSON."""
    return bool(re.fullmatch(r"application/([\w.-]+\+)?json *(;.*)?", content_type, re.ASCII))


def is_joined(parameter: Any, schema: Any) -> bool:
    """Whether the parameter is a list that the wire has as one comma-separated value."""
    explode = parameter.get("explode", DEFAULT_EXPLODE[parameter["in"]]) and parameter["in"] != "header"
    return not explode and "array" in references.listed(schema.get("type", ()))


def _schema(schema: Any) -> None:
    """A constant loses its type, which the generator would take instead of it; a list without items gets them.

    A listed null becomes an alternative: the generator takes it for one more type with a name of its own.
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
    """A list that is written as one comma-separated value becomes that string; callers join it.

    The generator refuses lists in headers and drops the whole operation; in paths it would write `['a']`, and in
    queries repeat the parameter though the document says `explode: false`. So would servers that read the
    document and die of an absent list header (Prism 5).
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
    """A constant becomes an enumeration of one value, and what is more than one plain type loses null, or is a string.

    The generator refuses constants, dates and untyped headers, and hands the objects of unions and UUIDs to httpx as
    they are, which fails only when a request is made.
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
