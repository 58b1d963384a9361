"""Write what is additive into the fragment, as a person would have edited it."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
from codegen.document import Pointer
from codegen.problems import CannotRunError

from .compare import Difference
from .fragment import Fragment
from .insert import Editor
from .model import Field, Parameter, Type
from .schemas import example, schema, title

SCHEMAS: Pointer = ("components", "schemas")
PARAMETERS: Pointer = ("components", "parameters")


@attrs.define
class Writer:
    """Turns additive differences into insertions; what has no place in the text is left."""

    fragment: Fragment
    editor: Editor
    _required: dict[Pointer, list[tuple[list[str], str]]] = attrs.field(factory=dict, init=False)
    _parameters: dict[str, dict[str, Any]] = attrs.field(factory=dict, init=False)
    _schemas: dict[str, tuple[str, dict[str, Any]]] = attrs.field(factory=dict, init=False)

    def write(self, found: Sequence[Difference]) -> str:
        """The new text of the fragment."""
        for difference in found:
            if difference.additive:
                with contextlib.suppress(KeyError):  # the fragment has not the key that it belongs under
                    self._add(difference)
        for owner, required in self._required.items():
            self._require(owner, required)
        for name, (after, stated) in self._schemas.items():
            self.editor.add_key(self.editor.node(SCHEMAS), [*self.fragment.at(SCHEMAS), after], name, stated)
        return self.editor.result()

    def _add(self, difference: Difference) -> None:
        owner, new = difference.owner, difference.new
        if isinstance(new, Parameter):
            self._add_parameter(new, difference.operation)
        elif isinstance(new, Field) and owner and difference.whole:
            self._add_field(new, owner, difference.whole)
        elif difference.what == "known value" and owner:
            self.editor.append(self.editor.node((*owner.pointer, "enum")), difference.upstream)

    def _add_parameter(self, new: Parameter, operation: Pointer) -> None:
        name = title(new.name)
        components, listed = self.editor.node(PARAMETERS), self.editor.node((*operation, "parameters"))
        stated = self._schema(new.type, name, str([*self.fragment.at(SCHEMAS)][-1]))
        if name in self.fragment.at(PARAMETERS) or stated is None:
            return
        whole = {"name": new.name, "in": new.location, "required": False, "schema": stated}
        if self._parameters.setdefault(name, whole) is whole:  # another operation may have added it
            self.editor.add_key(components, [*self.fragment.at(PARAMETERS)], name, whole)
        if self._parameters[name] == whole:
            self.editor.append(listed, {"$ref": f"#/components/parameters/{name}"})

    def _add_field(self, new: Field, owner: Type, whole: Type) -> None:
        names = [field.name for field in whole.fields]
        before = names[: names.index(new.name)]
        properties = self.editor.node((*owner.pointer, "properties"))
        after = str(owner.pointer[2] if owner.pointer[:2] == SCHEMAS else [*self.fragment.at(SCHEMAS)][-1])
        stated = self._schema(new.type, owner.name + title(new.name), after)
        if stated is None:
            return
        self.editor.add_key(properties, before, new.name, stated)
        if new.required:
            self._required.setdefault(owner.pointer, []).append((before, new.name))
            for pointer in self._examples(owner):
                if new.name not in self.fragment.at(pointer):
                    self.editor.add_key(self.editor.node(pointer), before, new.name, example(new.type))

    def _schema(self, kind: Type, name: str, after: str) -> dict[str, Any] | None:
        """The schema of a new type; None where a name that it needs means something else in the fragment."""
        named: dict[str, dict[str, Any]] = {}
        stated = schema(kind, name, named)
        for key, one in named.items():
            other = self._schemas[key][1] if key in self._schemas else _bare(self.fragment.at((*SCHEMAS, key)))
            if other is not None and other != _bare(one) and other != one:
                return None
        for key, one in named.items():
            if key not in self.fragment.at(SCHEMAS):
                self._schemas.setdefault(key, (after, one))
        return stated

    def _require(self, owner: Pointer, required: list[tuple[list[str], str]]) -> None:
        if self.fragment.at((*owner, "required")):
            for before, name in required:
                self.editor.add_item(self.editor.node((*owner, "required")), before, name)
        else:
            before_properties = [key for key in self.fragment.at(owner) if key != "properties"]
            self.editor.add_key(self.editor.node(owner), before_properties, "required", [name for _, name in required])

    def _examples(self, owner: Type) -> Iterator[Pointer]:
        """Every object in the fragment's examples that is of a type."""
        for pointer in self.fragment.document.lines:
            media = self.fragment.at(pointer)
            if isinstance(media, dict) and isinstance(media.get("schema"), dict):
                shown: list[Pointer] = [(*pointer, "example")] if "example" in media else []
                shown += [(*pointer, "examples", name, "value") for name in media.get("examples", ())]
                with contextlib.suppress(CannotRunError):  # a schema of another kind, which has no such part
                    kind = self.fragment.type((*pointer, "schema"))
                    yield from (place for start in shown for place in self._parts(start, kind, owner))

    def _parts(self, pointer: Pointer, kind: Type, owner: Type) -> Iterator[Pointer]:
        shown = self.fragment.at(pointer)
        if kind.kind == "object" and isinstance(shown, dict):
            if kind.pointer == owner.pointer:
                yield pointer
            for field in kind.fields:
                if field.name in shown:
                    yield from self._parts((*pointer, field.name), field.type, owner)
        elif kind.kind == "array" and kind.items and isinstance(shown, list):
            for index in range(len(shown)):
                yield from self._parts((*pointer, index), kind.items, owner)


def _bare(stated: Any) -> Any:
    """A schema without its descriptions."""
    if isinstance(stated, dict):
        return {key: _bare(value) for key, value in stated.items() if key != "description"}
    return [_bare(item) for item in stated] if isinstance(stated, list | tuple) else stated
