"""Read the operations of the fragment."""

import re
from typing import Any

import attrs
from codegen import references
from codegen.document import Document, Pointer
from codegen.problems import CannotRunError

from .model import Endpoint, Field, Parameter, Place, Type, union

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
SCALARS = {"string", "integer", "number", "boolean", "null"}
# Keywords that say nothing about the type.
SILENT = {"default", "deprecated", "description", "example", "examples", "format", "pattern", "readOnly", "title"}
SILENT |= {f"{bound}{what}" for bound in ("min", "max") for what in ("Length", "Items", "imum")} | {"uniqueItems"}


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
                pointer = references.parse(found["$ref"])
                references.at(self.document.data, pointer)
            except references.DanglingError as error:
                raise self.place(pointer).not_understood(f"$ref to nothing: {error}") from None
        raise self.place(pointer).not_understood("a $ref that leads round")

    def operations(self) -> list[tuple[str, str]]:
        """Method and path of every operation."""
        paths = self.at(("paths",)) or {}
        return [(method, path) for path, item in paths.items() for method in item if method in METHODS]

    def endpoint(self, method: str, path: str) -> Endpoint:
        """One operation; CannotRunError where the fragment has none, or states it in a way not known here."""
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
        return Endpoint(method, path, tuple(parameters), self.type(answer))

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
        """The type that a schema states."""
        here = self.follow(pointer)
        place, schema = self.place(here), self.at(here)
        if here in within or not isinstance(schema, dict):
            raise place.not_understood("a schema inside itself" if here in within else f"{schema!r} as a schema")
        name = str(here[-1]) if here[:2] == ("components", "schemas") else ""
        within = (*within, here)
        rest = schema.keys() - SILENT
        alternatives = next((keyword for keyword in ("anyOf", "oneOf") if rest == {keyword}), None)
        if alternatives:
            members = [self.type((*here, alternatives, index), within) for index in range(len(schema[alternatives]))]
            return attrs.evolve(union(members), name=union(members).name or name)
        kinds = schema.get("type", "string" if rest & {"const", "enum"} else "any" if not rest else "object")
        return union(
            self._plain(str(kind), here, within, rest) for kind in (kinds if isinstance(kinds, list) else [kinds])
        )

    def _plain(self, kind: str, here: Pointer, within: tuple[Pointer, ...], rest: set[str]) -> Type:
        schema, place = self.at(here), self.place(here)
        told = Type(
            kind, name=str(here[-1]) if here[:2] == ("components", "schemas") else "", place=place, pointer=here
        )
        known = rest - {"type"}
        if kind == "string" and known == {"const"}:
            return attrs.evolve(told, values=(str(schema["const"]),))
        if kind == "string" and known == {"enum"}:
            values = tuple(str(value) for value in schema["enum"] if value is not None)
            return attrs.evolve(told, values=values, place=self.place((*here, "enum")))
        if kind in SCALARS and not known:
            return attrs.evolve(told, format=schema.get("format", "") if kind == "string" else "")
        if kind == "array" and known == {"items"}:
            return attrs.evolve(told, items=self.type((*here, "items"), within))
        if kind == "object" and known == {"additionalProperties"} and isinstance(schema["additionalProperties"], dict):
            return attrs.evolve(told, kind="map", items=self.type((*here, "additionalProperties"), within))
        if kind == "object" and known <= {"properties", "required", "additionalProperties"}:
            fields = tuple(
                Field(
                    field,
                    self.type((*here, "properties", field), within),
                    field in schema.get("required", ()),
                    self.place((*here, "properties", field)),
                )
                for field in schema.get("properties", {})
            )
            return attrs.evolve(told, fields=fields)
        if kind == "any" and not known:
            return told
        raise place.not_understood(f"the schema keywords {', '.join(sorted(rest))}")
