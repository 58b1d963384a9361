"""Finds the part of the OpenAPI specification that describes each part of a document.

Derived from the official meta-schemas of OpenAPI 3.1 and JSON Schema 2020-12, so that no rule needs its own list of
the allowed keywords.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeAlias
from urllib.parse import urldefrag, urljoin

from openapi_schema_validator import OAS31_BASE_DIALECT_ID, OAS31Validator
from openapi_schema_validator._specifications import REGISTRY  # no public name for the OpenAPI vocabulary
from openapi_spec_validator.schemas import schema_v31
from referencing import Resource

from codegen import references
from codegen.document import Pointer

OPENAPI_ID = str(schema_v31["$id"])
# The official "schema-base": the structure of OpenAPI with its schemas in the dialect of OpenAPI.
OPENAPI: Mapping[str, Any] = {
    "$schema": schema_v31["$schema"],
    "$id": f"{OPENAPI_ID}/with-schemas",
    "$ref": OPENAPI_ID,
    "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": OAS31_BASE_DIALECT_ID}},
}
SPECIFICATIONS = (Resource.from_contents(dict(schema_v31)) @ REGISTRY).crawl()  # once, not for every document
Finding: TypeAlias = tuple[Pointer, str]  # a place, and the fault that it has
Applied: TypeAlias = tuple[Any, str]  # a schema, and the URI that its references are relative to


@dataclass(frozen=True)
class Part:
    """A place of the document, with the part of the specification that describes it."""

    pointer: Pointer
    value: Any
    kinds: tuple[str, ...]
    """Names of the definitions that apply, outermost first: `parameter`, `reference`, `schema`, ..."""
    schemas: tuple[Mapping[str, Any], ...]

    def at(self, *steps: str | int) -> Pointer:
        """The pointer to a place below this one."""
        return (*self.pointer, *steps)

    @property
    def expected(self) -> str:
        """The kind that is expected here: `schema`, `parameter`, `openapi`, ...; empty for a map of such objects."""
        return (*self.kinds, "")[0] if self.pointer else "openapi"

    @property
    def kind(self) -> str:
        """The kind that is here: `reference`, or the expected kind."""
        return "reference" if "reference" in self.kinds else self.expected

    @cached_property
    def names(self) -> frozenset[str]:
        """The keywords that are allowed here."""
        return frozenset(name for schema in self.schemas for name in schema.get("properties", ()))

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """Regular expressions for further names that are allowed here."""
        return tuple(pattern for schema in self.schemas for pattern in schema.get("patternProperties", ()))

    def allows(self, name: str) -> bool:
        """Whether the name is allowed here."""
        is_closed = self.kind == "schema" or any(each.get("unevaluatedProperties") is False for each in self.schemas)
        is_known = name in self.names or name.startswith("x-")
        return not is_closed or is_known or any(re.search(pattern, name) for pattern in self.patterns)


class Description:
    """An OpenAPI document with its parts: every place that the specification describes, parents first.

    Examples and the like are opaque.
    """

    def __init__(self, data: Any) -> None:
        self.data = data
        found = tuple(_walk((), data, [_referred(OPENAPI_ID, "")]))
        self.parts = tuple(part for part in found if isinstance(part.value, dict))
        self.boolean_schemas = tuple(part for part in found if isinstance(part.value, bool))

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The expected kind of each place, by the text of a reference to it."""
        return {references.write(part.pointer): part.expected for part in self.parts}

    @property
    def operations(self) -> Iterator[Part]:
        """The operations that callers can call: those of paths, but not of callbacks or webhooks."""
        return (part for part in self.parts if part.kind == "operation" and part.pointer[0] == "paths")


def _walk(pointer: Pointer, value: Any, expected: list[Applied]) -> Iterator[Part]:
    kinds: list[str] = []
    applied = [found for schema, base in expected for found in _apply(schema, base, value, kinds)]
    if isinstance(value, dict) or (isinstance(value, bool) and "schema" in kinds):
        yield Part(pointer, value, tuple(kinds), tuple(schema for schema, _ in applied))
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in entries:
        below = [(sub, base) for schema, base in applied for sub in _below(schema, key)]
        if below:
            yield from _walk((*pointer, key), item, below)


@cache
def _referred(base: str, reference: str) -> Applied:
    uri = urljoin(base, reference)
    return SPECIFICATIONS.resolver().lookup(uri).contents, urldefrag(uri).url


def _apply(schema: Any, base: str, value: Any, kinds: list[str]) -> Iterator[Applied]:
    """The schema, and all schemas that it applies to this value."""
    if not isinstance(schema, Mapping):
        return
    yield schema, base
    for keyword in ("$ref", "$dynamicRef"):
        if keyword in schema:
            is_schema = keyword == "$dynamicRef"
            kinds.append("schema" if is_schema else schema["$ref"].rpartition("/")[2].removesuffix("-or-reference"))
            found = _referred(base, OAS31_BASE_DIALECT_ID if is_schema else schema["$ref"])
            yield from _apply(*found, value, kinds)
    branches = [branch for keyword in ("allOf", "anyOf", "oneOf") for branch in schema.get(keyword, ())]
    if "if" in schema:
        branches.append(schema.get("then" if OAS31Validator(schema["if"]).is_valid(value) else "else"))
    if isinstance(value, dict):
        branches += [branch for name, branch in schema.get("dependentSchemas", {}).items() if name in value]
    for branch in branches:
        yield from _apply(branch, base, value, kinds)


def _below(schema: Mapping[str, Any], key: str | int) -> Iterator[Any]:
    """The subschemas for one entry of an object or a list."""
    if isinstance(key, int):
        if "items" in schema:
            yield schema["items"]
        return
    named = [schema["properties"][key]] if key in schema.get("properties", ()) else []
    named += [sub for pattern, sub in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
    yield from named or filter(None, [schema.get("additionalProperties")])
