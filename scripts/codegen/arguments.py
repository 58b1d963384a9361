"""Names and types for callers that the generator does not derive: method names, and lists sent as one value."""

import re
from typing import Any

from codegen import lower, references
from codegen.metaschema import Description

ARGUMENT = "x-argument"
"""The key of a parameter that names the argument which callers give it by."""
PYTHON_TYPES = {"boolean": "bool", "integer": "int", "number": "float", "string": "str"}


def of(data: Any) -> dict[str, Any]:
    """For each operationId of the fragment: its method, and what differs about its parameters, by place and name."""
    return {
        part.value["operationId"]: {
            "method": method_name(part.value["operationId"], (part.value.get("tags") or ["default"])[0]),
            "parameters": {
                f"{parameter['in']} {parameter['name']}": _argument(data, parameter)
                for parameter in _parameters(data, part.pointer, part.value)
            },
        }
        for part in Description(data).operations
    }


def method_name(operation_id: str, tag: str) -> str:
    """The operation's name without its tag: `retrieve` for `retrieve_model` of `models`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", operation_id).replace("-", "_").lower().split("_")
    noun = re.sub(r"[^a-z0-9]", "", tag.lower())
    return "_".join(word for word in words if word not in (noun, noun.removesuffix("s"))) or "_".join(words)


def _parameters(data: Any, pointer: Any, operation: Any) -> list[Any]:
    shared = references.at(data, pointer[:2]).get("parameters", ())
    return [references.follow(data, each) for each in (*shared, *operation.get("parameters", ()))]


def _argument(data: Any, parameter: Any) -> dict[str, Any]:
    schema = references.follow(data, parameter.get("schema", {}))
    joined = lower.is_joined(parameter, schema)
    return {
        "argument": parameter.get(ARGUMENT),
        "description": parameter.get("description", ""),
        "items": sorted(_item_types(data, schema.get("items", {}))) if joined else None,
    }


def _item_types(data: Any, schema: Any) -> set[str]:
    """The types of the items of a list: names of Python types, or `#Name` for a schema that has a class."""
    if str(schema.get("$ref", "")).startswith("#/components/schemas/"):
        target = references.follow(data, schema)
        if target.get("type") == "string" and "enum" in target:
            return {"#" + target.get("title", references.parse(schema["$ref"])[-1])}
    schema = references.follow(data, schema)
    branches = [branch for keyword in ("anyOf", "oneOf") for branch in schema.get(keyword, ())]
    if branches:
        return {name for branch in branches for name in _item_types(data, branch)}
    return {PYTHON_TYPES.get(schema.get("type", "string"), "object")}
