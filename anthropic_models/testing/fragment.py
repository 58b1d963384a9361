"""The OpenAPI fragment that the client was generated from, as plain data."""

from collections.abc import Callable
from functools import reduce
from importlib.resources import files
from typing import Any

import yaml
from jsonschema_rs import Draft202012Validator


def read() -> Any:
    """The fragment of the installed generated package."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is ten times faster, but not always available
    return yaml.load((files("anthropic_models_api") / "openapi.yaml").read_bytes(), loader)  # noqa: S506 - both are safe


def inlined(node: Any, document: Any, within: tuple[str, ...] = ()) -> Any:
    """The node with its references replaced by their targets; circular references stay."""
    if isinstance(node, list):
        return [inlined(item, document, within) for item in node]
    if not isinstance(node, dict) or node.get("$ref") in within:
        return node
    if "$ref" in node:
        path = node["$ref"].removeprefix("#/").split("/")
        target = reduce(lambda at, key: at[key.replace("~1", "/").replace("~0", "~")], path, document)
        return inlined(target, document, (*within, node["$ref"]))
    kept = {"example", "value"}  # their values are data
    return {name: each if name in kept else inlined(each, document, within) for name, each in node.items()}


def examples(node: Any) -> list[Any]:
    """The values in `example` or `examples` of a parameter, header or media type."""
    return [node["example"]] if "example" in node else [each["value"] for each in node.get("examples", {}).values()]


def types(schema: Any) -> set[str]:
    """The JSON types that a schema names, directly or in its `allOf`, `anyOf` and `oneOf`."""
    named = schema.get("type", [])
    parts = [part for keyword in ("allOf", "anyOf", "oneOf") for part in schema.get(keyword, [])]
    return set([named] if isinstance(named, str) else named).union(*map(types, parts))


def judge(schema: Any, document: Any) -> Callable[[Any], list[str]]:
    """A function that validates values by this schema, including formats: it returns a sentence for each fault."""
    schema = {"components": document.get("components", {})} | schema
    find = Draft202012Validator(schema, validate_formats=True).iter_errors
    return lambda value: [": ".join([".".join(map(str, e.instance_path)), e.message]).lstrip(": ") for e in find(value)]
