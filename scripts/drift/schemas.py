"""A type of the wire as a schema of the fragment, which takes whatever the client took before."""

import re
from typing import Any

import attrs
from codegen.problems import CannotRunError

from .model import Field, Type, walk

PLAIN = re.compile(r"[\w./ +-]+")


def title(name: str) -> str:
    """A name of the wire as the name of a schema: max_tokens, MaxTokens."""
    return "".join(part[:1].upper() + part[1:] for part in name.replace("-", "_").split("_"))


def why_not(field: Field) -> str:
    """Why a field is left for a person; empty for one that can be written."""
    for part in walk(field.type):
        if part.kind == "unclear":
            return "not understood"
        if part.values and part.kind not in ("string", "integer"):
            return "known values that are no text"
        if not all(PLAIN.fullmatch(str(text)) for text in (field.name, *part.values, *(f.name for f in part.fields))):
            return "a name or a value that is not plain text"
        if part.kind == "union" and sum(member.kind in ("object", "map") for member in part.members) > 1:
            return "a union of objects: what tells them apart has to be required"
    return ""


def schema(kind: Type, owner: str, new: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema; those that it refers to are put into `new`. `owner` names what has no name upstream.

    Nothing is required in it, each field may be null, and known values are an open set, even one alone: answers that
    the client could read while it did not know the field may have less in it, or others.
    """
    stated: dict[str, Any]
    if kind.values or kind.kind == "object":
        name = kind.name or owner
        known = new.setdefault(name, {})  # before those inside it
        if kind.values:
            stated = {"type": kind.kind, "enum": kind.values}
        else:
            fields = {field.name: new_field(field, name, new) for field in kind.fields}
            stated = {"type": "object", "properties": fields}
        if known and known != stated:
            raise CannotRunError(f"upstream has two types that are called {name}")
        known.update(stated)
        reference = {"$ref": f"#/components/schemas/{name}"}
        return _nullable({"anyOf": [{"type": kind.kind}, reference]} if kind.values else reference, kind)
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


def new_field(field: Field, owner: str, new: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema of a field that the fragment does not have yet."""
    return schema(attrs.evolve(field.type, nullable=True), owner + title(field.name), new)


def _nullable(stated: dict[str, Any], kind: Type) -> dict[str, Any]:
    if not kind.nullable:
        return stated
    return {"anyOf": [*stated.get("anyOf", [stated]), {"type": "null"}]}
