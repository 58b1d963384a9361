"""A generated package, read as text by its syntax tree: it is never imported."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from codegen.names import defined
from codegen.problems import CannotRunError, Problem
from codegen.report import operations, wire
from codegen.report.annotations import UNSET, Atom, Reader, bounds, literal, literals
from codegen.report.model import LEFT_OUT, Package, Slot
from codegen.tree import Tree

Modules: TypeAlias = Mapping[tuple[str, ...], ast.Module]
"""The syntax tree of each module, by its path in the package without the suffix."""

INTERNAL = frozenset({"", "Bounds", "Operation", "Parameter", "no_fields", "read"})
"""Names that only the generated modules use; the empty one is that of a statement that defines no name."""
NO_RENAMES: Mapping[str, str] = {}


def read(tree: Tree, folder: str, renames: Mapping[str, str] = NO_RENAMES) -> Package | None:
    """The package in the tree; None if there is none. Raises CannotRunError with the line of the fault.

    Args:
        tree: The files in the folder.
        folder: Its name in messages.
        renames: New names for some of its classes and sets of known values.
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
    classes = {renames.get(node.name, node.name): node for node in models if isinstance(node, ast.ClassDef)}
    document = wire.read(tree.get(f"{name}/openapi.yaml"), f"{folder}/{name}/openapi.yaml")
    methods = dict(_methods(modules))
    shared = dict(_shared(modules))
    functions = {label: node for label, node in shared.items() if isinstance(node, operations.Definition)}
    known = {renames.get(alias, alias): values for alias, values in known.items()}
    return Package(
        name=name,
        operations={
            path[-1]: operations.read(path, modules[path], reader, document, method) for path, method in methods.items()
        },
        models={alias: _fields(node, reader) for alias, node in classes.items()},
        known=known,
        functions={label: operations.function(node, reader) for label, node in functions.items()},
        names=frozenset({*shared, *classes, *known}),
        servers=document.servers,
        resources=frozenset(label.rpartition(".")[0] for label, _ in methods.values()),
    )


def _parse(source: bytes, name: str) -> ast.Module:
    try:
        return _tree(source)
    except (SyntaxError, ValueError) as error:  # ValueError: a null byte, in older Pythons
        line, message = getattr(error, "lineno", None) or 0, getattr(error, "msg", error)
        raise CannotRunError(Problem(name, line, f"is not Python: {message}")) from error


@lru_cache(64)
def _tree(source: bytes) -> ast.Module:
    return ast.parse(source)  # cached: the packages of a comparison have most files in common


def _methods(modules: Modules) -> Iterator[tuple[tuple[str, ...], operations.Method]]:
    """The methods of the blocking client, which are in the first class of each tag, by the operation that they call."""
    for path, module in modules.items():
        classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
        for name, method in operations.functions(classes[0]).items() if classes and path[0] == "api" else ():
            for operation in re.findall(r"\b(\w+)\.OPERATION\b", ast.unparse(method)):
                yield (*path[:-1], operation), (f"client.{path[1]}.{name}", method)


def _known(models: list[ast.stmt]) -> Iterator[tuple[str, tuple[Atom, ...]]]:
    for node in models:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript(value=ast.Name("Literal")) as values):
                yield name, literals(values)


def _fields(node: ast.ClassDef, reader: Reader) -> dict[str, Slot]:
    return {
        name: _field(name, item, reader)
        for item in node.body
        if isinstance(item, ast.AnnAssign) and (name := defined(item)) and name[0] != "_"
    }


def _field(name: str, node: ast.AnnAssign, reader: Reader) -> Slot:
    """A field, with the arguments in `field(default=..., metadata=...)`."""
    options = {each.arg: each.value for each in node.value.keywords} if isinstance(node.value, ast.Call) else {}
    value = options.get("default") if options else node.value
    default = LEFT_OUT if "factory" in options else ast.unparse(value) if value else None
    kind, metadata = reader.read(node.annotation), literal(options.get("metadata")) or {}
    # None means that the field is missing, and null only if the metadata say so.
    null = {} if default != LEFT_OUT or UNSET in kind or "is_nullable" in metadata else {wire.NULL: "rejected"}
    return Slot(kind, default, wire.Sent(f"field {metadata.get('wire_name', name)}", bounds(node.annotation) | null))


def _shared(modules: Modules) -> Iterator[tuple[str, ast.AST]]:
    """The public names of the shared modules, including methods and settings."""
    for path, module in modules.items():
        if path[0] in ("api", "models"):
            continue
        prefix = "" if path == ("__init__",) else f"{path[-1]}."
        nodes = {defined(node): node for node in module.body}
        exported = literal(getattr(nodes.get("__all__"), "value", None))
        for name in {*(exported or (name for name in nodes if not name.startswith("_")))} - INTERNAL:
            node = nodes.get(name, module)
            yield prefix + name, node
            members = node.body if isinstance(node, ast.ClassDef) else []
            yield from ((f"{name}.{item}", part) for part in members if (item := defined(part)) and item[0] != "_")
