"""Converts the SDK's classes and aliases to types of the wire."""

import ast

from codegen.problems import CannotRunError

from . import annotations, limits
from .model import Field, Type, unclear
from .package import Module

Bound = dict[str, Type]
ROOTS = {"BaseModel", "TypedDict", "Generic", "BasePage", "BaseSyncPage"}  # base classes without fields


def read(node: ast.expr, module: Module, within: tuple[str, ...] = (), bound: Bound | None = None) -> Type:
    """The type that an annotation of a module stands for; `bound` maps type variables to types."""
    place = module.place(node)
    module.package.count("types to compare", 1, limits.MOST_TYPES)

    def resolve(name: str, parts: list[Type]) -> Type:
        if bound and name in bound:
            return bound[name]
        if name in within:
            raise place.not_understood(f"{name} refers to itself")
        home, definition = module.find(name, place)
        if isinstance(definition, ast.ClassDef):
            return _class(definition, home, (*within, name), parts)
        if definition.value is None or parts:
            raise place.not_understood(name)
        return read(definition.value, home, (*within, name)).called(name)

    return annotations.read(node, place, resolve)


def _class(definition: ast.ClassDef, module: Module, within: tuple[str, ...], parts: list[Type]) -> Type:
    place = module.place(definition)
    bases = {base: ast.unparse(getattr(base, "value", base)) for base in definition.bases}
    variables = [
        ast.unparse(b.slice) for b, name in bases.items() if name == "Generic" and isinstance(b, ast.Subscript)
    ]
    if len(variables) != len(parts) or definition.keywords:
        raise place.not_understood(f"class {definition.name}")
    bound = dict(zip(variables, parts, strict=True))
    fields: dict[str, Field] = {}
    for base, name in bases.items():
        if name not in ROOTS:
            fields |= {field.name: field for field in read(base, module, within).fields}
    for statement in definition.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                field = _field(name, statement, module, within, bound)
                fields[field.name] = field
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                continue
            case ast.FunctionDef() | ast.AsyncFunctionDef() if variables:  # how a page fetches the next one
                continue
            case _:
                raise module.place(statement).not_understood(ast.unparse(statement).splitlines()[0])
    return Type("object", fields=tuple(fields.values()), name=definition.name, place=place)


def _field(name: str, stated: ast.AnnAssign, module: Module, within: tuple[str, ...], bound: Bound) -> Field:
    """One field. If its type is not understood, it is unclear, and the other fields are still read."""
    place = module.place(stated)
    for part in ast.walk(stated):  # an alias in its annotation or default is its name on the wire
        match part:
            case ast.keyword(arg="alias", value=ast.Constant(value=alias)):
                name = str(alias)
            case ast.keyword(arg="alias"):
                raise place.not_understood(ast.unparse(part))
    try:
        kind, default = read(stated.annotation, module, within, bound), stated.value
        if isinstance(default, ast.Call):
            default = next((keyword.value for keyword in default.keywords if keyword.arg == "default"), None)
        is_null = isinstance(default, ast.Constant) and default.value is None and kind.nullable
        if default and not is_null:
            raise place.not_understood(ast.unparse(default))
        return Field(name, kind, place)
    except CannotRunError as error:
        return Field(name, unclear(error, place), place)
