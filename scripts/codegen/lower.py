"""Rewrites the fragment into the subset of OpenAPI 3.1 that the generator supports.

The fragment itself describes the wire exactly; what the generator cannot express is rewritten here, in a copy. Rules
match structure, never names, so each also applies to later additions. What no rule covers is an error of the
generator, which is fatal.
"""

import copy
import re
from collections.abc import Iterator
from typing import Any

from codegen import references
from codegen.metaschema import Description

# How each place of a parameter writes a list when the document does not say (OpenAPI 3.1, "style" and "explode").
DEFAULT_EXPLODE = {"header": False, "path": False, "query": True, "cookie": True}
JSON_TYPES = {bool: "boolean", int: "integer", float: "number"}
OBJECT_FORMATS = frozenset({"date", "date-time", "uuid", "binary"})  # the generator makes Python objects of these


def lower(data: Any) -> Any:
    """A copy of the document with all rules applied, in their order."""
    description = Description(copy.deepcopy(data))
    for rule in RULES:
        rule(description)
    return description.data


def constants_and_lists_are_complete(description: Description) -> None:
    """A constant loses its type, which the generator would take instead of it; a list without items gets them.

    A listed null becomes an alternative: the generator takes it for one more type with a name of its own.
    """
    for part in description.parts:
        schema = part.value
        if part.kind != "schema":
            continue
        if "const" in schema:
            schema.pop("type", None)
        if "array" in references.listed(schema.get("type", ())):
            schema.setdefault("items", {})
        if None in schema.get("enum", ()):
            values = [value for value in schema.pop("enum") if value is not None]
            kinds = "integer" if isinstance((values or [""])[0], int) else "string"
            schema.pop("type", None)
            schema["anyOf"] = [*([{"type": kinds, "enum": values}] if values else ()), {"type": "null"}]


def answers_are_json(description: Description) -> None:
    """Where an answer has several content types, the generator takes the first that it knows: only JSON is left."""
    for part in description.parts:
        if part.kind == "response" and any(map(is_json, part.value.get("content", ()))):
            part.value["content"] = {name: body for name, body in part.value["content"].items() if is_json(name)}


def lists_in_one_value_become_strings(description: Description) -> None:
    """A parameter whose list is written as one comma-separated value becomes that string; callers join it.

    The generator refuses lists in headers and drops the whole operation; in paths it would write `['a']`, and in
    queries repeat the parameter though the document says `explode: false`. So would servers that read the
    document and die of an absent list header (Prism 5).
    """
    for parameter, schema in _parameters(description):
        if not is_joined(parameter, schema):
            continue
        lowered: dict[str, Any] = {"type": "string"}
        if schema.get("minItems", 0) > 0:
            lowered["minLength"] = 1
        if isinstance(schema.get("default"), list):
            lowered["default"] = _joined(schema["default"])
        parameter["schema"] = lowered
        for holder in [parameter, *parameter.get("examples", {}).values()]:
            for keyword in ("example", "value"):
                if isinstance(holder.get(keyword), list):
                    holder[keyword] = _joined(holder[keyword])
        parameter.pop("style", None)
        parameter.pop("explode", None)


def constants_in_headers_become_enums(description: Description) -> None:
    """A constant header becomes an enumeration of one value: the generator refuses `const` in headers."""
    for parameter, schema in _parameters(description):
        if parameter["in"] == "header" and "const" in schema:
            value = schema["const"]
            rest = {name: item for name, item in schema.items() if name != "const"}
            parameter["schema"] = {"type": JSON_TYPES.get(type(value), "string"), **rest, "enum": [value]}


def headers_become_plain_values(description: Description) -> None:
    """A header that is more than one plain type loses null, and becomes a string if there is more to it still.

    The generator refuses dates and untyped headers, and hands the objects of unions and UUIDs to httpx as they
    are, which fails only when a request is made.
    """
    for parameter, schema in _parameters(description):
        if parameter["in"] != "header":
            continue
        found = list(references.leaves(description.data, schema))
        types = {name for leaf in found for name in references.listed(leaf.get("type", ()))} - {"null"}
        is_plain = len(types) == 1 and not any(leaf.get("format") in OBJECT_FORMATS for leaf in found)
        if is_plain and all(isinstance(leaf.get("type"), str) and leaf["type"] != "null" for leaf in found):
            continue
        kept = {name: schema[name] for name in ("default", "description", "minLength") if name in schema}
        parameter["schema"] = {"type": types.pop() if is_plain else "string", **kept}


def descriptions_reach_schemas(description: Description) -> None:
    """A parameter's description is its schema's too, where that is written there: the generator reads only that one."""
    for parameter, schema in _parameters(description):
        if "description" in parameter and parameter["schema"] is schema:
            schema.setdefault("description", parameter["description"])


def security_moves_to_operations(description: Description) -> None:
    """Document-level `security` is written at each operation: the generator looks only there."""
    for part in description.parts:
        if part.kind == "operation" and "security" in description.data:
            part.value.setdefault("security", copy.deepcopy(description.data["security"]))


RULES = (
    constants_and_lists_are_complete,
    answers_are_json,
    lists_in_one_value_become_strings,
    constants_in_headers_become_enums,
    headers_become_plain_values,
    descriptions_reach_schemas,
    security_moves_to_operations,
)


def _parameters(description: Description) -> Iterator[tuple[Any, Any]]:
    """Each parameter with its schema, references followed; both may be changed in place of the parameter."""
    for part in description.parts:
        if part.kind == "parameter" and "schema" in part.value:
            for name, example in part.value.get("examples", {}).items():
                part.value["examples"][name] = copy.deepcopy(references.follow(description.data, example))
            yield part.value, references.follow(description.data, part.value["schema"])


def is_json(content_type: str) -> bool:
    """Whether a body of this content type is JSON."""
    return bool(re.fullmatch(r"application/([\w.-]+\+)?json *(;.*)?", content_type, re.ASCII))


def is_joined(parameter: Any, schema: Any) -> bool:
    """Whether the parameter is a list that the wire has as one comma-separated value."""
    explode = parameter.get("explode", DEFAULT_EXPLODE[parameter["in"]]) and parameter["in"] != "header"
    return not explode and "array" in references.listed(schema.get("type", ()))


def _joined(values: list[Any]) -> str:
    return ",".join("true" if value is True else "false" if value is False else str(value) for value in values)
