"""Write what is additive into the fragment, as a person would have edited it."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
from codegen.document import Pointer
from codegen.problems import CannotRunError

from .compare import Difference
from .fragment import Fragment
from .insert import Editor
from .model import Field, Parameter, Type
from .schemas import new_field, schema, title

Schema = dict[str, Any]
SCHEMAS: Pointer = ("components", "schemas")
PARAMETERS: Pointer = ("components", "parameters")


@attrs.define
class Writer:
    """Turns additive differences into insertions; `left` says why others are not written."""

    fragment: Fragment
    editor: Editor
    left: dict[Difference, str] = attrs.field(factory=dict, init=False)
    _parameters: dict[str, Schema] = attrs.field(factory=dict, init=False)
    _schemas: dict[str, tuple[str, Schema]] = attrs.field(factory=dict, init=False)

    def write(self, found: Sequence[Difference]) -> str:
        """The new text of the fragment."""
        for difference in found:
            if difference.additive:
                try:
                    self._add(difference)
                except CannotRunError as error:
                    self.left[difference] = str(error)
                except KeyError as error:
                    self.left[difference] = f"the fragment has no {error} there to put it below"
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
            self.editor.append(self.editor.node((*owner.pointer, "enum")), new)

    def _add_parameter(self, new: Parameter, operation: Pointer) -> None:
        name = title(new.name)
        components, listed = self.editor.node(PARAMETERS), self.editor.node((*operation, "parameters"))
        stated = self._named(lambda named: schema(new.type, name, named), str([*self.fragment.at(SCHEMAS)][-1]))
        whole = {"name": new.name, "in": new.location, "required": False, "schema": stated}
        known = self._parameters.get(name) or _bare(self.fragment.at((*PARAMETERS, name)))
        if known is None:
            self._parameters[name] = whole
            self.editor.add_key(components, [*self.fragment.at(PARAMETERS)], name, whole)
        elif {"required": False} | known != whole:
            raise CannotRunError(f"the fragment has another parameter that is called {name}")
        self.editor.append(listed, {"$ref": f"#/components/parameters/{name}"})

    def _add_field(self, new: Field, owner: Type, whole: Type) -> None:
        names = [field.name for field in whole.fields]
        before = names[: names.index(new.name)]
        properties = self.editor.node((*owner.pointer, "properties"))
        after = str(owner.pointer[2] if owner.pointer[:2] == SCHEMAS else [*self.fragment.at(SCHEMAS)][-1])
        stated = self._named(lambda named: new_field(new, owner.name, named), after)
        self.editor.add_key(properties, before, new.name, stated)

    def _named(self, state: Callable[[dict[str, Schema]], Schema], after: str) -> Schema:
        """The schema of a new type; CannotRunError where a name that it needs means something else in the fragment."""
        named: dict[str, Schema] = {}
        stated = state(named)
        for key, one in named.items():
            other = self._schemas[key][1] if key in self._schemas else _bare(self.fragment.at((*SCHEMAS, key)))
            if other is not None and _bare(other) != _bare(one):
                raise CannotRunError(f"the fragment has another schema that is called {key}")
        for key, one in named.items():
            if key not in self.fragment.at(SCHEMAS):
                self._schemas.setdefault(key, (after, one))
        return stated


def _bare(stated: Any) -> Any:
    """A schema without its descriptions."""
    if isinstance(stated, dict):
        return {key: _bare(value) for key, value in stated.items() if key != "description"}
    return [_bare(item) for item in stated] if isinstance(stated, list | tuple) else stated
