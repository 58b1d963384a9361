"""What the SDK's client sends with every request: its headers, and how the key travels."""

import ast

from .model import Place
from .package import Module, Package


def headers(package: Package) -> dict[str, str]:
    """The headers whose text does not vary, by their names."""
    module, functions = _functions(package)
    for dictionary in _dictionaries(functions.get("default_headers")):
        pairs = zip(dictionary.keys, dictionary.values, strict=True)
        return {str(key.value): _text(value, module) for key, value in pairs if isinstance(key, ast.Constant)}
    raise Place(module.path, 1).not_understood("where the headers of every request are")


def credentials(package: Package) -> dict[str, Place]:
    """The headers that a key or a token is sent in, as `x-api-key` or `authorization: bearer`."""
    module, functions = _functions(package)
    start = functions.get("auth_headers")
    named = {part.attr for part in ast.walk(start) if isinstance(part, ast.Attribute)} if start else set()
    found = {}
    for function in [start, *(functions.get(name) for name in sorted(named))]:
        for dictionary in _dictionaries(function):
            for key, value in zip(dictionary.keys, dictionary.values, strict=True):
                match key, value:
                    case ast.Constant(value=str() as header), ast.JoinedStr(
                        values=[ast.Constant(value=str() as word), _]
                    ):
                        found[f"{header}: {word.strip()}".lower()] = module.place(value)
                    case ast.Constant(value=str() as header), _:
                        found[header.lower()] = module.place(value)
    if not found:
        raise Place(module.path, 1).not_understood("how the key is sent")
    return found


def _functions(package: Package) -> tuple[Module, dict[str, ast.FunctionDef]]:
    """The methods of the client, by name; of two that have one name, the first: the asynchronous client is below."""
    module = package.module(f"{package.name}/_client.py")
    found = [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef)]
    return module, {function.name: function for function in reversed(found)}


def _dictionaries(function: ast.FunctionDef | None) -> list[ast.Dict]:
    return [node for node in ast.walk(function) if isinstance(node, ast.Dict)] if function else []


def _text(value: ast.expr, module: Module) -> str:
    if isinstance(value, ast.Name):
        module, definition = module.find(value.id, module.place(value))
        value = getattr(definition, "value", None) or value
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    raise module.place(value).not_understood(ast.unparse(value))
