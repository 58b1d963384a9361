"""Python names: how the generator derives them from the fragment, and whether two things get the same name."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from codegen import references
from codegen.document import Document
from codegen.problems import CannotRunError, Problem


def python_name(name: str) -> str:
    """The name of an argument, a field or a module, but for the underscore that keeps it from Python's own."""
    return "_".join(_words(name)).lower()


def class_name(name: str) -> str:
    """The name of a class."""
    return "".join(word if word.isupper() else word.capitalize() for word in _words(name))


def _words(name: str) -> list[str]:
    name = "".join(sign for sign in name if sign.isidentifier() or sign.isdecimal() or sign in " ._-")
    if any(sign.isupper() for sign in name):
        name = " ".join(re.split("([A-Z]?[a-z]+)", name))
    return re.findall(r"[^ ._-]+", name)


def check(fragment: Document, package: Path) -> None:
    """Raise CannotRunError, with the lines of the fragment, if a name means two things in the generated code."""
    problems = []
    for path in sorted(package.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        bound: dict[str, set[str]] = {}
        for name, origin in _bindings(module.body):
            bound.setdefault(name, set()).add(origin)
        problems += [_problem(fragment, name, class_name) for name, origins in bound.items() if len(origins) > 1]
        for node in ast.walk(module) if path.parent.parent.name == "api" else ():
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                arguments = {
                    argument.arg for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                }
                used = {
                    item.id for item in ast.walk(node) if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store)
                }
                problems += [_problem(fragment, name, python_name) for name in arguments & (used | bound.keys())]
    if problems:
        raise CannotRunError(*dict.fromkeys(sorted(problems)))


def _bindings(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Each name of a module, with where it is from."""
    for node in body:
        match node:
            case ast.ImportFrom(module=module, names=names):
                yield from (
                    (each.asname or each.name, f"{(module or '').rpartition('.')[2]} {each.name}") for each in names
                )
            case ast.Import(names=names):
                yield from ((each.asname or each.name, each.name) for each in names)
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, f"line {node.lineno}"
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name, f"line {node.lineno}"
            case ast.If(body=inner):
                yield from _bindings(inner)


def _problem(fragment: Document, name: str, made: Callable[[str], str]) -> Problem:
    """At the schema or the parameter of this name; at the top of the file if none is found."""
    wanted = name.rstrip("_")
    for pointer in fragment.lines:
        said = references.at(fragment.data, pointer) if pointer[-1:] == ("name",) else ""
        if pointer[:2] == ("components", "schemas") and len(pointer) == 3:
            said = pointer[-1]
        if isinstance(said, str) and made(said) == wanted:
            other = "choose another" if made is class_name else "a parameter of this name cannot be generated"
            return fragment.problem(pointer, f"`{name}` is a name that the generated code needs itself: {other}")
    return fragment.problem((), f"`{name}` means two things in the generated code: rename a schema or a parameter")
