"""A type of the wire as a schema for the fragment, which accepts every response that was accepted before."""

from typing import Any

import attrs
from codegen.names import class_name
from codegen.problems import CannotRunError

from .model import PLAIN_TEXT, Field, Type, walk

Schema = dict[str, Any]
NULL = {"type": "null"}


def why_not(field: Field) -> str:
    """Why a field is left for a person; empty for one that can be written."""
    for part in walk(field.type):
        if part.kind == "unclear":
            return "not understood"
        if part.values and part.kind not in ("string", "integer"):
            return "known values that are neither strings nor integers"
        texts = (field.name, *part.values, *(inner.name for inner in part.fields))
        if not all(PLAIN_TEXT.fullmatch(str(text)) for text in texts):
            return "a name or a value that is not plain text"
        if part.kind == "union" and sum(member.kind in ("object", "map") for member in part.members) > 1:
            return "a union of objects: what distinguishes them has to be required"
    return ""


def schema(kind: Type, owner: str, new: dict[str, Schema]) -> Schema:
    """The schema; those that it refers to are added to `new`. `owner` names a type that has no name upstream.

    Nothing in it is required, each field may be null, and known values are an open set, even a single one, because
    responses that the client could read before it knew the field may lack parts of it or have other values.
    """
    alternatives: list[Schema] = []
    if kind.values or kind.kind == "object":
        name = kind.name or owner
        stated: Schema = {"type": kind.kind}
        known = new.setdefault(name, {})  # before the schemas inside it
        if kind.values:
            alternatives, stated["enum"] = [{"type": kind.kind}], kind.values
        else:
            stated["properties"] = {field.name: new_field(field, name, new) for field in kind.fields}
        if known and known != stated:
            raise CannotRunError(f"upstream has two types named {name}")
        known.update(stated)
        alternatives.append({"$ref": f"#/components/schemas/{name}"})
    elif kind.kind == "union":
        alternatives = [schema(member, f"{owner}{n}", new) for n, member in enumerate(kind.members, 1)]
    elif kind.kind == "any":
        return {}
    if alternatives:
        alternatives += [NULL] * kind.nullable
        return {"anyOf": alternatives} if len(alternatives) > 1 else alternatives[0]
    word = "object" if kind.kind == "map" else kind.kind
    plain: Schema = {"type": [word, "null"] if kind.nullable else word}
    if kind.format:
        plain["format"] = kind.format
    if kind.items:
        plain["items" if kind.kind == "array" else "additionalProperties"] = schema(kind.items, owner, new)
    return plain


def new_field(field: Field, owner: str, new: dict[str, Schema]) -> Schema:
    """The schema of a field that the fragment does not have yet."""
    return schema(attrs.evolve(field.type, nullable=True), owner + class_name(field.name), new)
