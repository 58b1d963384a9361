"""Types as callers see them: read from annotations, and compared by the values that they allow."""

import ast
import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Atom:
    """One alternative of a union."""

    head: str
    args: tuple["Type", ...] = ()
    base: str = ""  # the type of a literal value; empty if this is not a literal
    values: tuple["Atom", ...] = field(default=(), compare=False)  # the known values, if `head` names a set of them


Type: TypeAlias = frozenset[Atom]

NONE, UNSET = Atom("None"), Atom("Unset")
ANYTHING = frozenset({"Any", "object"})
SEQUENCES = frozenset({"list", "set", "tuple"})
NUMBERS = {"bool": ("int", "float"), "int": ("float",)}  # as type checkers accept them


@dataclass(frozen=True)
class Reader:
    """Reads annotations. `known` has the sets of known values by name; `renames` maps old names to new ones."""

    known: Mapping[str, tuple[Atom, ...]]
    renames: Mapping[str, str]

    def read(self, node: ast.expr | None) -> Type:
        """The type of an annotation; `Any` if there is none."""
        match node:
            case None:
                return frozenset({Atom("Any")})
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return self.read(left) | self.read(right)
            case ast.Constant(value=None):
                return frozenset({NONE})
            case ast.Constant(value=str(text)):
                with contextlib.suppress(SyntaxError):  # in an old package that was edited by hand
                    return self.read(ast.parse(text, mode="eval").body)
            case ast.Subscript(value=ast.Name(id="Literal")):
                return frozenset(literals(node))
            case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[kind, *_])):
                return self.read(kind)
            case ast.Subscript(value=head, slice=index):
                name = ast.unparse(head).removeprefix("_")  # `_list`, next to a method that is called `list`
                return frozenset({Atom(name, tuple(map(self.read, _items(index))))})
        name = ast.unparse(node)
        return frozenset({Atom(self.renames.get(name, name), values=self.known.get(name, ()))})


def bounds(node: ast.expr) -> dict[str, Any]:
    """The bounds in an annotation such as `Annotated[int, Bounds(minimum=1)]`, at any depth."""
    calls = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
    return {str(keyword.arg): literal(keyword.value) for call in calls for keyword in call.keywords}


def literal(node: ast.expr | None) -> Any:
    """The value of a literal expression; None for any other expression."""
    with contextlib.suppress(ValueError):
        return ast.literal_eval(node) if node else None


def literals(node: ast.Subscript) -> tuple[Atom, ...]:
    """The values of a `Literal[...]`."""
    return tuple(
        Atom(ast.unparse(item), base=type(item.value).__name__) if isinstance(item, ast.Constant) else Atom("Any")
        for item in _items(node.slice)
    )


def _items(index: ast.expr) -> list[ast.expr]:
    return index.elts if isinstance(index, ast.Tuple) else [index]


def beyond(one: Type, other: Type) -> Type:
    """The alternatives of one type whose values are not all values of the other."""
    return frozenset(atom for atom in one if not _fits_one(atom, other) and not _fit_together(atom, other))


def _fits_one(atom: Atom, kind: Type) -> bool:
    return any(_fits(atom, place) for place in kind)


def _fit_together(atom: Atom, kind: Type) -> bool:
    """Whether each known value fits one of the alternatives, such as those of `Literal['on', 'off']`."""
    return bool(atom.values) and all(_fits_one(value, kind) for value in atom.values)


def _fits(value: Atom, place: Atom) -> bool:
    if value == place or place.head in ANYTHING:
        return True
    if value.values:
        return all(_fits(known, place) for known in value.values)
    if place.values:
        return value in place.values
    if value.base:
        return _fits(Atom(value.base), place)
    if place.head in NUMBERS.get(value.head, ()):
        return True
    is_sequence = place.head == "SequenceNotStr" and value.head in SEQUENCES
    same_form = (value.head == place.head or is_sequence) and len(value.args) == len(place.args)
    return same_form and all(not beyond(one, other) for one, other in zip(value.args, place.args, strict=True))


def walk(kind: Type) -> Iterator[tuple[Atom, Type]]:
    """Every alternative in a type, at any depth, with the union that contains it."""
    for atom in kind:
        yield atom, kind
        for inner in atom.args:
            yield from walk(inner)


def show(kind: Type) -> str:
    """A type as it is written; None and Unset come last."""
    values = sorted(atom.head for atom in kind if atom.base)
    parts = sorted(_show(atom) for atom in kind - {NONE, UNSET} if not atom.base)
    parts += [f"Literal[{', '.join(values)}]"] if values else []
    return " | ".join([*parts, *(atom.head for atom in (NONE, UNSET) if atom in kind)])


def _show(atom: Atom) -> str:
    return f"{atom.head}[{', '.join(map(show, atom.args))}]" if atom.args else atom.head
