"""A type of the wire as a schema of the fragment."""

from typing import Any

from codegen.problems import CannotRunError

from .model import Type


def title(name: str) -> str:
    """A name of the wire as the name of a schema: max_tokens, MaxTokens."""
    return "".join(part[:1].upper() + part[1:] for part in name.replace("-", "_").split("_"))


def schema(kind: Type, owner: str, new: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema; those that it refers to are put into `new`. `owner` names what has no name upstream."""
    if kind.is_constant:
        return _nullable({"const": kind.values[0]}, kind)
    stated: dict[str, Any]
    if kind.values:
        name = kind.name or owner
        stated = {"type": "string", "enum": kind.values}
        if new.setdefault(name, stated) != stated:
            raise CannotRunError(f"upstream has two types that are called {name}")
        return _nullable({"anyOf": [{"type": "string"}, _reference(name)]}, kind)
    if kind.kind == "object":
        name = kind.name or owner
        known = new.setdefault(name, {})  # before those inside it
        properties = {field.name: schema(field.type, name + title(field.name), new) for field in kind.fields}
        required = [field.name for field in kind.fields if field.required]
        stated = {"type": "object"} | ({"required": required} if required else {}) | {"properties": properties}
        if known and known != stated:
            raise CannotRunError(f"upstream has two types that are called {name}")
        known.update(stated)
        return _nullable(_reference(name), kind)
    if kind.kind == "union":
        return _nullable({"anyOf": [schema(m, f"{owner}{n}", new) for n, m in enumerate(kind.members, 1)]}, kind)
    if kind.kind == "any":
        return {}
    told: dict[str, Any] = {"type": {"map": "object"}.get(kind.kind, kind.kind)}
    if kind.nullable:
        told["type"] = [told["type"], "null"]
    if kind.format:
        told["format"] = kind.format
    if kind.items:
        told["items" if kind.kind == "array" else "additionalProperties"] = schema(kind.items, owner, new)
    return told


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _nullable(stated: dict[str, Any], kind: Type) -> dict[str, Any]:
    if not kind.nullable:
        return stated
    return {"anyOf": [*stated.get("anyOf", [stated]), {"type": "null"}]}
