"""Names and types for callers that the generator does not derive: method names, and lists sent as one value."""

import re
from typing import Any

from codegen import references

ARGUMENT = "x-argument"
"""The key of a parameter that sets the name of its argument in Python."""
PYTHON_TYPES = {"boolean": "bool", "integer": "int", "number": "float", "string": "str"}


def tag_of(operation: Any) -> str:
    """The tag of an operation, which names its resource."""
    return str((operation.get("tags") or ["default"])[0])


def method_name(operation_id: str, tag: str) -> str:
    """The operation's name without its tag: `retrieve` for `retrieve_model` of `models`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", operation_id).replace("-", "_").lower().split("_")
    noun = re.sub(r"[^a-z0-9]", "", tag.lower())
    return "_".join(word for word in words if word not in (noun, noun.removesuffix("s"))) or "_".join(words)


def item_types(data: Any, schema: Any) -> set[str]:
    """The types of the items of a list: names of Python types, or `#Name` for a schema that has a class."""
    target = references.follow(data, schema)
    is_component = str(schema.get("$ref", "")).startswith("#/components/schemas/")
    if is_component and target.get("type") == "string" and "enum" in target:
        return {"#" + target.get("title", references.parse(schema["$ref"])[-1])}
    branches = [branch for keyword in ("anyOf", "oneOf") for branch in target.get(keyword, ())]
    if branches:
        return {name for branch in branches for name in item_types(data, branch)}
    return {PYTHON_TYPES.get(target.get("type", "string"), "object")}
