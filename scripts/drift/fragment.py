"""Read the operations of the fragment."""

from collections.abc import Mapping
from typing import Any

import attrs
from codegen import references
from codegen.arguments import ARGUMENT
from codegen.document import Document, Pointer
from codegen.names import python_name
from codegen.problems import CannotRunError

from .model import KINDS, NULL, Endpoint, Field, Parameter, Place, Type, unclear, union

# The keywords that determine a type. Others do not, such as bounds, descriptions and `x-`.
TYPE_KEYWORDS = {"type", "const", "enum", "items", "properties", "required", "additionalProperties"}


@attrs.frozen
class Fragment:
    """A document that has passed the lint, with the methods that this program needs to read it."""

    document: Document

    def place(self, pointer: Pointer) -> Place:
        """The line of a place in the document."""
        return Place(self.document.name, self.document.lines.get(pointer, 1))

    def at(self, pointer: Pointer) -> Any:
        """The value there, or None."""
        try:
            return references.at(self.document.data, pointer)
        except references.DanglingError:
            return None

    def follow(self, pointer: Pointer) -> Pointer:
        """The place itself, or the target of the reference there."""
        while isinstance(found := self.at(pointer), dict) and "$ref" in found:
            pointer = references.parse(found["$ref"])
        return pointer

    def operations(self) -> list[tuple[str, str]]:
        """Method and path of every operation."""
        return [(method, path) for _, path, method in references.operations(self.document.data)]

    def endpoint(self, method: str, path: str) -> Endpoint:
        """One operation. Raises CannotRunError if the fragment does not have it, or it has no response in JSON."""
        here: Pointer = ("paths", path, method)
        if self.at(here) is None:
            raise CannotRunError(f"{self.document.name}: there is no operation {method.upper()} {path}")
        parameters = [self._parameter(*found) for found in references.parameters(self.document.data, here)]
        success = next((status for status in self.at((*here, "responses")) or () if status.startswith("2")), None)
        schema = (*self.follow((*here, "responses", str(success))), "content", "application/json", "schema")
        if self.at(schema) is None:
            raise self.place(here).not_understood("an operation without a response in JSON")
        credentials = self._credentials(here)
        return Endpoint(method, path, self.type(schema), self.place(here), tuple(parameters), credentials=credentials)

    def _credentials(self, operation: Pointer) -> Mapping[str, Place] | None:
        stated = self.at((*operation, "security")) or self.at(("security",))
        found = {}
        for name in [name for requirement in stated or () for name in requirement]:
            here = self.follow(("components", "securitySchemes", name))
            scheme = self.at(here) or {}
            header = scheme.get("name", "authorization") + f": {scheme.get('scheme', '')}".rstrip(": ")
            found[header.lower()] = self.place(here)
        return found or None

    def _parameter(self, here: Pointer, stated: Any) -> Parameter:
        return Parameter(
            alias=stated.get(ARGUMENT) or python_name(stated["name"]),
            type=self.type((*here, "schema")),
            required=stated.get("required", False),
            place=self.place(here),
            name=stated["name"],
            location=stated["in"],
            default=str(self.at((*here, "schema", "default")) or ""),
        )

    def type(self, pointer: Pointer, within: tuple[Pointer, ...] = ()) -> Type:
        """The type of a schema. A part that cannot be compared is unclear; the rest is not affected."""
        here = self.follow(pointer)
        if here in within:
            return unclear(self.place(pointer).not_understood("a recursive schema"), self.place(pointer))
        kind = self._stated(here, within)
        return attrs.evolve(kind, place=kind.place or self.place(here), pointer=kind.pointer or here)

    def _stated(self, here: Pointer, within: tuple[Pointer, ...]) -> Type:
        schema, within = self.at(here), (*within, here)
        branches = [(*here, word, n) for word in references.BRANCHES for n in range(len(schema.get(word, ())))]
        parts = [self.type(branch, within) for branch in branches]
        if schema.keys() & TYPE_KEYWORDS or not parts:
            parts += [self._plain(kind, here, within) for kind in _kinds(schema)]
        kind = _all(parts) if "allOf" in schema else union(parts)
        in_components = here[:2] == ("components", "schemas") and len(here) == 3
        return attrs.evolve(kind, name=str(here[-1])) if in_components else kind

    def _plain(self, kind: str, here: Pointer, within: tuple[Pointer, ...]) -> Type:
        schema = self.at(here)
        if kind == "null":
            return NULL
        if values := _values(schema):
            fitting = tuple(one for one in values if KINDS.get(type(one)) in {kind, kind == "number" and "integer"})
            return Type(kind, values=fitting, place=self.place((*here, "enum" if "enum" in schema else "const")))
        if kind == "array" and "items" in schema:
            return Type(kind, items=self.type((*here, "items"), within))
        more, properties = schema.get("additionalProperties"), schema.get("properties", {})
        if kind == "object" and not properties and more not in (None, False):
            items = Type("any") if more is True else self.type((*here, "additionalProperties"), within)
            return Type("map", items=items)
        fields = []
        for name in properties if kind == "object" else ():
            at = (*here, "properties", name)
            fields.append(Field(name, self.type(at, within), self.place(at), name in schema.get("required", ())))
        return Type(kind, schema.get("format", "") if kind == "string" else "", fields=tuple(fields))


def _kinds(schema: Any) -> list[str]:
    inferred = list(dict.fromkeys(KINDS.get(type(value), "object") for value in _values(schema)))
    is_object = schema.keys() & {"properties", "required", "additionalProperties"}
    kinds = schema.get("type", inferred or ("object" if is_object else "array" if "items" in schema else "any"))
    return kinds if isinstance(kinds, list) else [kinds]


def _all(parts: list[Type]) -> Type:
    """The type that combines all parts: one type, or an object with the fields of all."""
    if len(parts) == 1 or any(part.kind == "unclear" for part in parts):
        return next((part for part in parts if part.kind == "unclear"), parts[0])
    fields = {field.name: field for part in parts for field in part.fields}
    return attrs.evolve(parts[-1], fields=tuple(fields.values()))


def _values(schema: Any) -> list[Any]:
    return list(schema.get("enum", [schema["const"]] if "const" in schema else ()))
