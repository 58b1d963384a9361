"""Read the operations of the fragment."""

import re
from collections.abc import Mapping
from typing import Any

import attrs
from codegen import references
from codegen.document import Document, Pointer
from codegen.problems import CannotRunError

from .model import KINDS, Endpoint, Field, Parameter, Place, Type, unclear, union

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
# The keywords that say what a type is. All others say nothing about it (bounds, descriptions, `x-`), but for those
# that are not compared.
TELLING = {"type", "const", "enum", "items", "properties", "required", "additionalProperties"}
COMBINING = {"anyOf", "oneOf", "allOf"}
NOT_COMPARED = {"not", "if", "then", "else", "prefixItems", "contains", "patternProperties", "propertyNames"}
NOT_COMPARED |= {"dependentSchemas", "dependentRequired", "unevaluatedItems", "unevaluatedProperties", "$dynamicRef"}


@attrs.frozen
class Fragment:
    """The document, with the questions that this program asks of it."""

    document: Document

    def place(self, pointer: Pointer) -> Place:
        """The line of a place in the document."""
        return Place(self.document.name, self.document.lines.get(pointer, 1))

    def at(self, pointer: Pointer) -> Any:
        """What stands there, or None."""
        try:
            return references.at(self.document.data, pointer)
        except references.DanglingError:
            return None

    def follow(self, pointer: Pointer) -> Pointer:
        """The place itself, or the one that it refers to."""
        for _ in range(20):
            found = self.at(pointer)
            if not isinstance(found, dict) or "$ref" not in found:
                return pointer
            try:
                target = references.parse(found["$ref"])
                references.at(self.document.data, target)
            except references.DanglingError as error:
                raise self.place(pointer).not_understood(f"$ref to nothing: {error}") from None
            pointer = target
        raise self.place(pointer).not_understood("a $ref that leads round")

    def operations(self) -> list[tuple[str, str]]:
        """Method and path of every operation."""
        paths = self.at(("paths",)) or {}
        return [(method, path) for path, item in paths.items() for method in item if method in METHODS]

    def endpoint(self, method: str, path: str) -> Endpoint:
        """One operation; CannotRunError where the fragment has none, or none that is answered in JSON."""
        here: Pointer = ("paths", path, method)
        if self.at(here) is None:
            raise CannotRunError(f"{self.document.name}: there is no operation {method.upper()} {path}")
        parameters = [
            self._parameter((*start, "parameters", index))
            for start in (here[:2], here)
            for index in range(len(self.at((*start, "parameters")) or ()))
        ]
        success = next((status for status in self.at((*here, "responses")) or () if str(status).startswith("2")), None)
        answer = (*self.follow((*here, "responses", str(success))), "content", "application/json", "schema")
        if self.at(answer) is None:
            raise self.place(here).not_understood("an operation without an answer in JSON")
        return Endpoint(
            method, path, self.type(answer), self.place(here), tuple(parameters), credentials=self._credentials(here)
        )

    def _credentials(self, operation: Pointer) -> Mapping[str, Place] | None:
        stated = self.at((*operation, "security")) or self.at(("security",))
        found = {}
        for name in [name for requirement in stated or () for name in requirement]:
            here = self.follow(("components", "securitySchemes", name))
            scheme = self.at(here) or {}
            header = scheme.get("name", "authorization") + f": {scheme.get('scheme', '')}".rstrip(": ")
            found[header.lower()] = self.place(here)
        return found or None

    def _parameter(self, pointer: Pointer) -> Parameter:
        here = self.follow(pointer)
        stated = self.at(here)
        key = str(here[-1]) if here[0] == "components" else stated["name"]
        return Parameter(
            alias=re.sub(r"(?<=[a-z0-9])(?=[A-Z])|-", "_", key).lower(),
            type=self.type((*here, "schema")),
            required=stated.get("required", False),
            name=stated["name"],
            location=stated["in"],
            default=str(self.at((*here, "schema", "default")) or ""),
            place=self.place(here),
        )

    def type(self, pointer: Pointer, within: tuple[Pointer, ...] = ()) -> Type:
        """The type that a schema states; what cannot be compared is unclear, and what is around it is not."""
        try:
            here = self.follow(pointer)
            kind = self._stated(here, within)
            return attrs.evolve(kind, place=kind.place or self.place(here), pointer=kind.pointer or here)
        except CannotRunError as error:
            return unclear(error, self.place(pointer))

    def _stated(self, here: Pointer, within: tuple[Pointer, ...]) -> Type:
        place, schema = self.place(here), self.at(here)
        if here in within or not isinstance(schema, dict):
            raise place.not_understood("a schema inside itself" if here in within else f"{schema!r} as a schema")
        if found := schema.keys() & NOT_COMPARED:
            raise self.place((*here, min(found))).not_understood(f"the schema keyword {min(found)}")
        within = (*within, here)
        name = str(here[-1]) if here[:2] == ("components", "schemas") and len(here) == 3 else ""
        parts = [
            [self.type((*here, keyword, index), within) for index in range(len(schema[keyword]))]
            for keyword in sorted(COMBINING & schema.keys())
        ]
        own = schema.keys() & TELLING
        if not parts:
            kind = union(self._plain(one, here, within) for one in self._kinds(schema))
        elif len(parts) == 1 and not own and "allOf" not in schema:
            kind = union(parts[0])
        elif "allOf" in schema and len(parts) == 1:
            kind = self._all(
                [*parts[0], *(self._plain(one, here, within) for one in self._kinds(schema) if own)], place
            )
        else:
            raise place.not_understood(f"the schema keywords {', '.join(sorted({*COMBINING, *own} & schema.keys()))}")
        return attrs.evolve(kind, name=name or kind.name)

    def _kinds(self, schema: Any) -> list[str]:
        inferred = list(dict.fromkeys(KINDS.get(type(value), "object") for value in _values(schema)))
        is_object = schema.keys() & {"properties", "required", "additionalProperties"}
        kinds = schema.get("type", inferred or ("object" if is_object else "array" if "items" in schema else "any"))
        return kinds if isinstance(kinds, list) else [kinds]

    def _all(self, parts: list[Type], place: Place) -> Type:
        """What all parts say at once: one type, or an object with the fields of all."""
        if len(parts) == 1:
            return parts[0]
        if any(part.kind != "object" for part in parts):
            raise place.not_understood("allOf of what are not all objects")
        fields = {field.name: field for part in parts for field in part.fields}
        return attrs.evolve(parts[-1], fields=tuple(fields.values()))

    def _plain(self, kind: str, here: Pointer, within: tuple[Pointer, ...]) -> Type:
        schema = self.at(here)
        if kind == "null":
            return Type(kind)
        if values := _values(schema):
            fitting = tuple(one for one in values if KINDS.get(type(one)) in {kind, kind == "number" and "integer"})
            return Type(kind, values=fitting, place=self.place((*here, "enum" if "enum" in schema else "const")))
        if kind == "array" and "items" in schema:
            return Type(kind, items=self.type((*here, "items"), within))
        more = schema.get("additionalProperties")
        if kind == "object" and not schema.get("properties") and more not in (None, False):
            return Type(
                "map", items=Type("any") if more is True else self.type((*here, "additionalProperties"), within)
            )
        fields = tuple(
            Field(
                field,
                self.type((*here, "properties", field), within),
                field in schema.get("required", ()),
                self.place((*here, "properties", field)),
            )
            for field in (schema.get("properties", {}) if kind == "object" else ())
        )
        return Type(kind, schema.get("format", "") if kind == "string" else "", fields=fields)


def _values(schema: Any) -> list[Any]:
    return list(schema.get("enum", [schema["const"]] if "const" in schema else ()))
