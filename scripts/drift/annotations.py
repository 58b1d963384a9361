"""A type in Python's notation, as the page and the SDK write it, becomes a type of the wire."""

import ast
from collections.abc import Callable

import attrs

from .model import KINDS, Place, Type, union

SCALARS = {
    "str": Type("string"),
    "int": Type("integer"),
    "float": Type("number"),
    "bool": Type("boolean"),
    "datetime": Type("string", format="date-time"),
    "date": Type("string", format="date"),
    "object": Type("any"),
    "Any": Type("any"),
    "Omit": Type("absent"),
    "NotGiven": Type("absent"),
}
LISTS = {"List", "list", "Iterable", "Sequence", "SequenceNotStr"}
MAPS = {"Dict", "dict", "Mapping"}

# The meaning of a name that is not one of the above, with the types in its brackets.
Resolve = Callable[[str, list[Type]], Type]


def parse(text: str, place: Place, resolve: Resolve) -> Type:
    """Read an annotation given as text."""
    try:
        return read(ast.parse(text, mode="eval").body, place, resolve)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise place.not_understood(text) from None


def read(node: ast.expr, place: Place, resolve: Resolve) -> Type:
    """Read an annotation given as a syntax tree; CannotRunError where its form is not known."""

    def inner(part: ast.expr) -> Type:
        return read(part, place, resolve)

    match node:
        case ast.Constant(value=None):
            return Type("null")
        case ast.Constant(value=str() as quoted):
            return parse(quoted, place, resolve)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return union([inner(left), inner(right)])
        case ast.Name(id=name):
            return SCALARS[name] if name in SCALARS else resolve(name, [])
        case ast.Subscript(value=ast.Name(id="Literal"), slice=index):
            return union(_literal(part, place) for part in _parts(index))
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=index):
            return inner(_parts(index)[0])
        case ast.Subscript(value=ast.Name(id=name), slice=index):
            parts = [inner(part) for part in _parts(index)]
            if name == "Optional" and len(parts) == 1:
                return union([*parts, Type("null")])
            if name == "Union":
                return union(parts)
            if name in LISTS and len(parts) == 1:
                return Type("array", items=parts[0])
            if name in MAPS and len(parts) == 2 and parts[0].kind == "string":
                return Type("map", items=parts[1])
            if name in LISTS | MAPS | {"Optional"}:
                raise place.not_understood(ast.unparse(node))
            return resolve(name, parts)
    raise place.not_understood(ast.unparse(node))


def _parts(index: ast.expr) -> list[ast.expr]:
    return index.elts if isinstance(index, ast.Tuple) and index.elts else [index]


def _literal(part: ast.expr, place: Place) -> Type:
    match part:
        case ast.Constant(value=None):
            return Type("null")
        case ast.Constant(value=bool() | int() | str() as value):
            return Type(KINDS[type(value)], values=(value,))
    raise place.not_understood(f"Literal[{ast.unparse(part)}]")


def named(kind: Type, name: str) -> Type:
    """The same type under the name that the source gives it."""
    return kind if kind.name else attrs.evolve(kind, name=name)
