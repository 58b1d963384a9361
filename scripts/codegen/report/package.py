"""A generated package, read as text by its syntax tree: nothing of it is ever imported."""

import ast
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from codegen.problems import CannotRunError, Problem
from codegen.report import operations, wire
from codegen.report.annotations import Atom, Reader, literals
from codegen.report.model import Package, Slot
from codegen.tree import Tree

Modules: TypeAlias = Mapping[tuple[str, ...], ast.Module]
"""By their path within the package, without the ending."""

NO_RENAMES: Mapping[str, str] = {}


def read(tree: Tree, folder: str, renames: Mapping[str, str] = NO_RENAMES) -> Package | None:
    """The package in the tree; None where there is none. Raises CannotRunError with the line that is at fault.

    Args:
        tree: What stands in the folder.
        folder: What messages call it.
        renames: Classes that are to be called by other names.
    """
    name = min((path.split("/")[0] for path in tree if path.count("/") and path.endswith(".py")), default=None)
    if name is None:
        return None
    modules = {
        tuple(path.removesuffix(".py").split("/")[1:]): _parse(content, f"{folder}/{path}")
        for path, content in sorted(tree.items())
        if path.startswith(f"{name}/") and path.endswith(".py") and content is not None
    }
    models = [node for path, module in modules.items() if path[0] == "models" for node in module.body]
    known = dict(_known(models))
    reader = Reader(known, renames)
    classes = {node.name: node for node in models if isinstance(node, ast.ClassDef)}
    document = wire.read(tree.get(f"{name}/openapi.yaml"), f"{folder}/{name}/openapi.yaml")
    found = [
        operations.read(path, module, reader, classes.keys(), document)
        for path, module in modules.items()
        if path[0] == "api" and path[-1] != "__init__"
    ]
    shared = dict(_shared(modules))
    return Package(
        name=name,
        operations={operation.name: operation for operation in found},
        models={renames.get(name, name): _fields(node, reader) for name, node in classes.items()},
        known={renames.get(alias, alias): values for alias, values in known.items()},
        functions={
            label: operations.function(node, reader)
            for label, node in shared.items()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        },
        names=frozenset(shared),
        servers=document.servers,
    )


def _parse(source: bytes, name: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:  # ValueError: older Pythons, of a null byte
        raise CannotRunError(
            Problem(name, getattr(error, "lineno", 0) or 0, f"is not Python: {getattr(error, 'msg', error)}")
        ) from error


def _known(models: list[ast.stmt]) -> Iterator[tuple[str, tuple[Atom, ...]]]:
    for node in models:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript(value=ast.Name(id="Literal")) as values):
                yield name, literals(values)


def _fields(node: ast.ClassDef, reader: Reader) -> dict[str, Slot]:
    return {
        item.target.id: Slot(reader.read(item.annotation), _default(item.value), _wire_name(item.target.id, item.value))
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and item.target.id[0] != "_"
    }


def _default(value: ast.expr | None) -> str | None:
    if isinstance(value, ast.Call):  # `field(default=..., metadata=...)` of attrs
        told = {keyword.arg: keyword.value for keyword in value.keywords}
        value = told.get("default", told.get("factory"))
    return ast.unparse(value) if value else None


def _wire_name(name: str, value: ast.expr | None) -> str:
    match value:
        case ast.Call(keywords=[*_, ast.keyword(arg="metadata", value=ast.Dict(keys=keys, values=values))]):
            told = {ast.unparse(key): ast.unparse(item) for key, item in zip(keys, values, strict=True) if key}
            return f"`{ast.literal_eval(told.get(repr('wire_name'), repr(name)))}` on the wire"
    return f"`{name}` on the wire"


def _shared(modules: Modules) -> Iterator[tuple[str, ast.AST]]:
    """What the modules that serve all others have for callers, methods and settings included."""
    for path, module in modules.items():
        if path[0] in ("api", "models"):
            continue
        prefix = "" if path == ("__init__",) else f"{path[-1]}."
        exported = _exported(module)
        yield from ((prefix + name, module) for name in exported)
        for node in module.body:
            name = _defined(node)
            if name and (name in exported if exported else name[0] != "_"):
                yield prefix + name, node
                inner = node.body if isinstance(node, ast.ClassDef) else []
                yield from ((f"{name}.{item}", part) for part in inner if (item := _defined(part)) and item[0] != "_")


def _exported(module: ast.Module) -> list[str]:
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List(elts=items) | ast.Tuple(elts=items)):
                return [str(item.value) for item in items if isinstance(item, ast.Constant)]
    return []


def _defined(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return ""
