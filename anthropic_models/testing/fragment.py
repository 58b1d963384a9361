"""The OpenAPI fragment that the client was generated from, as plain data."""

from collections.abc import Callable
from functools import reduce
from importlib.resources import files
from typing import Any

import yaml
from jsonschema_rs import Draft202012Validator


def read() -> Any:
    """The fragment of the installed generated package."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is ten times faster, and not everywhere
    return yaml.load((files("anthropic_models_api") / "openapi.yaml").read_bytes(), loader)  # noqa: S506 - both are safe


def inlined(node: Any, document: Any, within: tuple[str, ...] = ()) -> Any:
    """The node with what they refer to in place of its references; one that leads back to itself stays."""
    if isinstance(node, list):
        return [inlined(item, document, within) for item in node]
    if not isinstance(node, dict) or node.get("$ref") in within:
        return node
    if "$ref" in node:
        path = node["$ref"].removeprefix("#/").split("/")
        target = reduce(lambda at, key: at[key.replace("~1", "/").replace("~0", "~")], path, document)
        return inlined(target, document, (*within, node["$ref"]))
    kept = {"example", "value"}  # these may be anything
    return {name: each if name in kept else inlined(each, document, within) for name, each in node.items()}


def examples(node: Any) -> list[Any]:
    """What `example` or `examples` of a parameter, header or media type say."""
    return [node["example"]] if "example" in node else [each["value"] for each in node.get("examples", {}).values()]


def types(schema: Any) -> set[str]:
    """The types of JSON that a schema names, in itself or in the alternatives that it is made of."""
    named = schema.get("type", [])
    parts = [part for keyword in ("allOf", "anyOf", "oneOf") for part in schema.get(keyword, [])]
    return set([named] if isinstance(named, str) else named).union(*map(types, parts))


def judge(schema: Any, document: Any) -> Callable[[Any], list[str]]:
    """A judge of values by this schema, formats included: it gives a sentence for each fault, with its place."""
    schema = {"components": document.get("components", {})} | schema
    find = Draft202012Validator(schema, validate_formats=True).iter_errors
    return lambda value: [": ".join([".".join(map(str, e.instance_path)), e.message]).lstrip(": ") for e in find(value)]
