"""Converts a type annotation, as the page and the SDK write it, to a type of the wire."""

import ast
from collections.abc import Callable

from .model import KINDS, NULL, Place, Type, union

SCALARS = {
    "str": Type("string"),
    "int": Type("integer"),
    "float": Type("number"),
    "bool": Type("boolean"),
    "datetime": Type("string", format="date-time"),
    "date": Type("string", format="date"),
    **dict.fromkeys(("object", "Any"), Type("any")),
    **dict.fromkeys(("Omit", "NotGiven"), Type("absent")),
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
    """Read an annotation given as a syntax tree. Raises CannotRunError if its form is unknown."""

    def inner(part: ast.expr) -> Type:
        return read(part, place, resolve)

    match node:
        case ast.Constant(value=None):
            return NULL
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
            match name, [inner(part) for part in _parts(index)]:
                case "Optional", [kind]:
                    return union([kind, NULL])
                case "Union", kinds:
                    return union(kinds)
                case _, [kind] if name in LISTS:
                    return Type("array", items=kind)
                case _, [Type(kind="string"), kind] if name in MAPS:
                    return Type("map", items=kind)
                case _, kinds if name not in LISTS | MAPS | {"Optional"}:
                    return resolve(name, kinds)
    raise place.not_understood(ast.unparse(node))


def _parts(index: ast.expr) -> list[ast.expr]:
    return index.elts if isinstance(index, ast.Tuple) and index.elts else [index]


def _literal(part: ast.expr, place: Place) -> Type:
    match part:
        case ast.Constant(value=None):
            return NULL
        case ast.Constant(value=bool() | int() | str() as value):
            return Type(KINDS[type(value)], values=(value,))
    raise place.not_understood(f"Literal[{ast.unparse(part)}]")
