"""What a source says about one endpoint: the same form for the page, the SDK and the fragment."""

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs
from codegen.problems import CannotRunError, Problem, one_line

PLAIN_TEXT = re.compile(r"[\w./ +-]+")
KINDS = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


@attrs.frozen
class Place:
    """A line of a file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def not_understood(self, what: str) -> CannotRunError:
        """The error for a line in an unknown form."""
        return CannotRunError(Problem(self.file, self.line, f"not understood: {one_line(what)}"))


@attrs.frozen
class Type:
    """A type of the wire. Names, places and order do not affect equality."""

    kind: str  # string, integer, number, boolean, any, null, absent, array, map, object, union, unclear
    format: str = ""  # of an unclear type: the reason
    values: tuple[str | float, ...] = attrs.field(default=(), eq=frozenset)
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

    def called(self, name: str) -> "Type":
        """The same type under the name that its source gives it."""
        return self if self.name or not name else attrs.evolve(self, name=name)

    def __str__(self) -> str:
        known = ", ".join(map(str, self.values))
        match self.kind:
            case "unclear":
                text = self.format
            case "array" | "map":
                text = f"{self.kind} of {self.items}"
            case "object":
                text = self.name or "object"
            case "union":
                text = " or ".join(map(str, self.members))
            case _ if self.is_constant:
                text = f"always {known}"
            case _:
                detail = f"known: {known}" if known else self.format
                text = f"{self.kind} ({detail})" if detail else self.kind
        return f"{text} or null" if self.nullable else text


@attrs.frozen
class Field:
    """A field of an object."""

    name: str
    type: Type
    place: Place = attrs.field(eq=False)
    required: bool = attrs.field(default=True, eq=False)  # upstream does not distinguish null from missing


@attrs.frozen
class Parameter:
    """A parameter of the request. What a source does not state is empty."""

    alias: str  # the name of its argument
    type: Type
    required: bool
    place: Place
    name: str = ""  # on the wire
    location: str = ""
    default: str = ""


@attrs.frozen
class Endpoint:
    """One operation, as a source describes it. None: the source does not state it."""

    method: str
    path: str
    response: Type
    place: Place
    parameters: tuple[Parameter, ...] | None = None
    client_headers: Mapping[str, str] | None = None  # sent with every request
    credentials: Mapping[str, Place] | None = None  # the headers that a key or a token can be sent in
    variants: "tuple[Endpoint, ...]" = ()  # other forms of the same operation
    unclear: tuple[str, ...] = ()  # the parts that were not understood


def unclear(error: CannotRunError, place: Place) -> Type:
    """The type of something that was not understood, which is not compared."""
    return Type("unclear", format=str(error), place=place)


NULL = Type("null")


def union(members: Iterable[Type]) -> Type:
    """One type for several: null becomes nullability, known values and any value become one open set."""
    flat = [part for member in members for part in (member.members or (member,))]
    plain = (attrs.evolve(part, nullable=False) for part in flat if part.kind not in ("null", "absent"))
    parts = list(dict.fromkeys(plain))
    if lost := [part for part in parts if part.kind == "unclear"]:
        return lost[0]
    if len({part.kind for part in parts}) == 1 and not any(p.format or p.items or p.fields for p in parts):
        known = next((part for part in parts if part.values), parts[0])
        values = tuple(dict.fromkeys(value for part in parts for value in part.values))
        is_open = bool(values) and any(part.is_open or not part.values for part in parts)
        parts = [attrs.evolve(known, values=values, is_open=is_open)]
    if not parts:
        return NULL
    whole = parts[0] if len(parts) == 1 else Type("union", members=tuple(parts))
    return attrs.evolve(whole, nullable=any(part.nullable or part.kind == "null" for part in flat))


def walk(kind: Type) -> Iterator[Type]:
    """A type and all that it is made of, itself first; objects of one name once."""
    todo, seen = [kind], set[str]()
    for current in todo:  # which grows
        if current.kind != "object" or current.name not in seen:
            seen |= {current.name} if current.kind == "object" else set()
            todo += [*(field.type for field in current.fields), *current.members, *filter(None, [current.items])]
            yield current
