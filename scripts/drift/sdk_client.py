"""What the SDK's client sends with every request: its headers, and how the key travels."""

import ast
from collections.abc import Iterator

from .model import Place
from .package import Module, Package, entries


def headers(package: Package) -> dict[str, str]:
    """The headers whose text does not vary, by their names."""
    module = package.module(f"{package.name}/_client.py")
    found = {name: _text(value, module) for name, value in _entries(module, "default_headers")}
    if not found:
        raise Place(module.path, 1).not_understood("where the headers of every request are")
    return found


def credentials(package: Package) -> dict[str, Place]:
    """The headers that a key or a token is sent in, as `x-api-key` or `authorization: bearer`."""
    module = package.module(f"{package.name}/_client.py")
    found = {}
    for part in ast.walk(_function(module, "auth_headers")):
        for name, value in _entries(module, part.attr) if isinstance(part, ast.Attribute) else ():
            match value:
                case ast.JoinedStr(values=[ast.Constant(value=str() as scheme), _]):
                    name = f"{name}: {scheme.strip()}"
            found[name.lower()] = module.place(value)
    if not found:
        raise Place(module.path, 1).not_understood("how the key is sent")
    return found


def _function(module: Module, name: str) -> ast.AST:
    """The first of that name: the asynchronous client stands below, and says the same again."""
    found = (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.name == name)
    return next(found, ast.Module([], []))


def _entries(module: Module, name: str) -> Iterator[tuple[str, ast.expr]]:
    """Names and values in the dictionaries of a function."""
    found = entries(_function(module, name))
    return ((str(key.value), value) for key, value in found if isinstance(key, ast.Constant))


def _text(value: ast.expr, module: Module) -> str:
    if isinstance(value, ast.Name):
        module, definition = module.find(value.id, module.place(value))
        value = getattr(definition, "value", None) or value
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    raise module.place(value).not_understood(ast.unparse(value))
