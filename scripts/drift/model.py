"""What a source says about one endpoint: the same form for the page, the SDK and the fragment."""

from collections.abc import Iterable, Mapping

import attrs
from codegen.problems import CannotRunError, Problem


@attrs.frozen
class Place:
    """A line of a file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def not_understood(self, what: str) -> CannotRunError:
        """The error for a line whose form this program does not know."""
        return CannotRunError(Problem(self.file, self.line, f"not understood: {what}"))


@attrs.frozen
class Type:
    """A type of the wire. Names, places and the order of things do not make two types differ."""

    kind: str  # string, integer, number, boolean, any, null, absent, array, map, object, union
    format: str = ""
    values: tuple[str, ...] = attrs.field(default=(), eq=frozenset)
    is_open: bool = attrs.field(default=False, eq=False)  # other values than the known ones are allowed
    nullable: bool = False
    items: "Type | None" = None  # of an array or a map
    members: "tuple[Type, ...]" = attrs.field(default=(), eq=frozenset)  # of a union
    fields: "tuple[Field, ...]" = attrs.field(default=(), eq=frozenset)  # of an object
    name: str = attrs.field(default="", eq=False)
    place: Place | None = attrs.field(default=None, eq=False)
    pointer: tuple[str | int, ...] = attrs.field(default=(), eq=False)  # where the fragment states it

    @property
    def is_constant(self) -> bool:
        """Whether there is one value only."""
        return len(self.values) == 1 and not self.is_open

    def __str__(self) -> str:
        if self.values:
            known = ", ".join(self.values)
            text = f"always {known}" if self.is_constant else f"string (known: {known})"
        else:
            text = {
                "array": f"array of {self.items}",
                "map": f"map of {self.items}",
                "object": self.name or "object",
                "union": " or ".join(map(str, self.members)),
            }.get(self.kind, f"{self.kind} ({self.format})" if self.format else self.kind)
        return f"{text} or null" if self.nullable else text


@attrs.frozen
class Field:
    """A field of an object."""

    name: str
    type: Type
    required: bool | None = attrs.field(eq=False)  # None: the source does not tell null from missing
    place: Place | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Parameter:
    """A parameter of the request. What a source does not tell is empty."""

    alias: str  # the SDK's name for it
    type: Type
    required: bool
    name: str = ""  # on the wire
    location: str = ""
    default: str = ""
    only_variant: bool = False  # only another form of the method takes it
    place: Place | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Endpoint:
    """One operation, as a source describes it."""

    method: str
    path: str
    parameters: tuple[Parameter, ...]
    answer: Type
    client_headers: Mapping[str, str] | None = None  # sent with every request; None: the source does not tell


def union(members: Iterable[Type]) -> Type:
    """One type for several: null becomes nullability, known strings and any string become one open set."""
    flat = [part for member in members for part in (member.members or (member,))]
    nullable = any(part.nullable or part.kind == "null" for part in flat)
    parts = [attrs.evolve(part, nullable=False) for part in flat if part.kind not in ("null", "absent")]
    if len(parts) > 1 and all(part.kind == "string" and not part.format for part in parts):
        known = next((part for part in parts if part.values), parts[0])
        values = tuple(dict.fromkeys(value for part in parts for value in part.values))
        is_open = any(part.is_open or not part.values for part in parts)
        parts = [attrs.evolve(known, values=values, is_open=is_open)]
    if not parts:
        return Type("null")
    whole = parts[0] if len(parts) == 1 else Type("union", members=tuple(parts))
    return attrs.evolve(whole, nullable=nullable)


def objects(kind: Type) -> Iterable[Type]:
    """Every object that a type names, itself first, without repeats."""
    found: dict[str, Type] = {}
    todo = [kind]
    while todo:
        current = todo.pop(0)
        if current.kind == "object" and current.name not in found:
            found[current.name] = current
            todo.extend(field.type for field in current.fields)
        todo.extend(current.members)
        todo.extend([current.items] if current.items else [])
    return found.values()
