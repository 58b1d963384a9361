"""Write additive differences into the fragment, as a person would edit it."""

from collections.abc import Sequence
from typing import Any

import attrs
from codegen.arguments import ARGUMENT
from codegen.document import Pointer
from codegen.names import class_name, python_name
from codegen.problems import CannotRunError

from .compare import Difference
from .fragment import Fragment
from .insert import Editor
from .model import Field, Parameter
from .schemas import Schema, new_field, schema

SCHEMAS: Pointer = ("components", "schemas")
PARAMETERS: Pointer = ("components", "parameters")


@attrs.define
class Writer:
    """Turns additive differences into insertions; `left` has the reasons why others are not written."""

    fragment: Fragment
    editor: Editor
    left: dict[Difference, str] = attrs.field(factory=dict, init=False)
    _new: dict[Pointer, tuple[Schema, str]] = attrs.field(factory=dict, init=False)  # each with what precedes it

    def write(self, found: Sequence[Difference]) -> str:
        """The new text of the fragment."""
        for difference in found:
            try:
                self._add(difference)
            except CannotRunError as error:
                self.left[difference] = str(error)
            except KeyError as error:
                self.left[difference] = f"the fragment has no {error} there to add it to"
        for pointer, (stated, after) in self._new.items():
            self.editor.add(pointer[:2], {str(pointer[2]): stated}, [after])
        return self.editor.result()

    def _add(self, difference: Difference) -> None:
        new, into, last = difference.new, difference.into, self._last(SCHEMAS)
        named: dict[str, Schema] = {}
        if isinstance(new, Field):
            stated = new_field(new, difference.name.split(".")[0], named)
            self._declare(SCHEMAS, named, str(into[2]) if into[:2] == SCHEMAS else last)
            self.editor.add(into, {new.name: stated}, difference.after)
        elif isinstance(new, Parameter):
            name = class_name(new.name)
            argument = {ARGUMENT: new.alias} if new.alias != python_name(new.name) else {}
            whole = {"name": new.name, **argument, "in": new.location, "required": False}
            whole["schema"] = schema(new.type, name, named)
            self._declare(SCHEMAS, named, last)
            self._declare(PARAMETERS, {name: whole}, self._last(PARAMETERS))
            self.editor.append(into, {"$ref": f"#/components/parameters/{name}"})
        elif new is not None:  # the parts of a new field are written with it
            self.editor.append(into, new)

    def _last(self, components: Pointer) -> str:
        return str([*(self.fragment.at(components) or [""])][-1])

    def _declare(self, components: Pointer, named: dict[str, Schema], after: str) -> None:
        """Add components. Raises CannotRunError if the fragment has a different one of the same name."""
        for name, stated in named.items():
            self.editor.node(components)
            new, _ = self._new.get((*components, name), (None, ""))
            other = new or self.fragment.at((*components, name))
            if other and _bare(other) != _bare(stated):
                raise CannotRunError(f"the fragment has a different {str(components[1])[:-1]} named {name}")
        for name, stated in named.items():
            if self.fragment.at((*components, name)) is None:
                self._new.setdefault((*components, name), (stated, after))


def _bare(stated: Any) -> Any:
    """A schema or a parameter without the keys that do not affect what is sent."""
    if isinstance(stated, dict):
        bare = {key: _bare(value) for key, value in stated.items() if key not in ("description", ARGUMENT)}
        return {"required": False} | bare if "in" in stated else bare
    return [_bare(item) for item in stated] if isinstance(stated, list | tuple) else stated
