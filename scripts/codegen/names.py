"""Python names: how the generator derives them from the fragment, and whether two things get the same name."""

import ast
import keyword
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from codegen import references
from codegen.document import Document
from codegen.problems import CannotRunError, Problem


def python_name(name: str) -> str:
    """The name of an argument, a field or a module, without the underscore that follows a name reserved in Python."""
    return "_".join(_words(name)).lower()


def class_name(name: str) -> str:
    """The name of a class."""
    return "".join(word if word.isupper() else word.capitalize() for word in _words(name))


def is_public(name: str) -> bool:
    """Whether Python allows the name for something that callers use."""
    return name.isidentifier() and not keyword.iskeyword(name) and name[0] != "_"


def defined(node: ast.stmt) -> str:
    """The name that a statement defines; empty if it defines none."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return ""


def _words(name: str) -> list[str]:
    name = "".join(sign for sign in name if sign.isidentifier() or sign.isdecimal() or sign in " ._-")
    if any(sign.isupper() for sign in name):
        name = " ".join(re.split("([A-Z]?[a-z]+)", name))
    return re.findall(r"[^ ._-]+", name)


def check(fragment: Document, package: Path) -> None:
    """Raise CannotRunError, with the lines of the fragment, if two things in the generated code have the same name."""
    problems = set()
    for path in sorted(package.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        bound: dict[str, set[str]] = {}
        for name, origin in _bindings(module.body):
            bound.setdefault(name, set()).add(origin)
        problems |= {_problem(fragment, name, class_name) for name, origins in bound.items() if len(origins) > 1}
        for node in ast.walk(module) if path.parent.parent.name == "api" else ():
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                arguments = {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
                names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
                used = {each.id for each in names if isinstance(each.ctx, ast.Store)}
                problems |= {_problem(fragment, name, python_name) for name in arguments & (used | bound.keys())}
    if problems:
        raise CannotRunError(*sorted(problems))


def _bindings(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Each name that a module binds, with its origin."""
    for node in body:
        match node:
            case ast.ImportFrom(names=names) | ast.Import(names=names):
                module = (getattr(node, "module", None) or "").rpartition(".")[2]
                yield from ((each.asname or each.name, f"{module} {each.name}") for each in names)
            case ast.If(body=inner):
                yield from _bindings(inner)
            case _ if name := defined(node):
                yield name, f"line {node.lineno}"


def _problem(fragment: Document, name: str, made: Callable[[str], str]) -> Problem:
    """A problem at the schema or the parameter of this name; at the top of the file if none is found."""
    for pointer in fragment.lines:
        is_schema = pointer[:2] == ("components", "schemas") and len(pointer) == 3
        if is_schema or pointer[-1:] == ("name",):
            original = pointer[-1] if is_schema else references.at(fragment.data, pointer)
            if made(str(original)) == name.rstrip("_"):
                other = "choose another" if made is class_name else "a parameter of this name cannot be generated"
                return fragment.problem(pointer, f"`{name}` is already a name in the generated code: {other}")
    return fragment.problem((), f"`{name}` has two meanings in the generated code: rename a schema or a parameter")
