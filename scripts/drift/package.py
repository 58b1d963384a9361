"""The text of the official SDK: a wheel or a folder, read as syntax trees; nothing of it is imported or run."""

import ast
import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import attrs
from codegen.problems import CannotRunError, Problem

from .model import Place

LARGEST = 200 * 2**20  # bytes
Definition = ast.ClassDef | ast.Assign | ast.AnnAssign


@attrs.define(slots=False)
class Module:
    """One file of the SDK."""

    package: "Package"
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree; CannotRunError where the file does not parse."""
        try:
            return ast.parse(self.text)
        except (SyntaxError, ValueError, RecursionError) as error:
            raise Place(self.path, getattr(error, "lineno", None) or 1).not_understood(str(error)) from None

    def place(self, node: ast.stmt | ast.expr) -> Place:
        """Where a part of the tree stands."""
        return Place(self.path, node.lineno)

    def find(self, name: str, place: Place) -> "tuple[Module, Definition]":
        """The definition of a name, here or where it is imported from inside the SDK."""
        for node in self.tree.body:
            match node:
                case ast.ClassDef(name=defined) | ast.AnnAssign(target=ast.Name(id=defined)) if defined == name:
                    return self, node
                case ast.Assign(targets=[ast.Name(id=defined)]) if defined == name:
                    return self, node
        for imported in ast.walk(self.tree):
            if isinstance(imported, ast.ImportFrom) and imported.level:
                for alias in imported.names:
                    if (alias.asname or alias.name) == name:
                        return self._relative(imported).find(alias.name, self.place(imported))
        raise place.not_understood(f"{name} is not defined there")

    def _relative(self, imported: ast.ImportFrom) -> "Module":
        folder = posixpath.dirname(self.path)
        for _ in range(imported.level - 1):
            folder = posixpath.dirname(folder)
        base = posixpath.join(folder, *(imported.module or "").split("."))
        for path in (f"{base.rstrip('/')}.py", posixpath.join(base, "__init__.py")):
            if path != self.path and path in self.package.files:
                return self.package.module(path)
        raise self.place(imported).not_understood(ast.unparse(imported))


@attrs.define(slots=False)
class Package:
    """All files of the SDK; paths are relative to the folder that holds its package."""

    name: str
    files: dict[str, bytes]
    _modules: dict[str, Module] = attrs.field(factory=dict, init=False)

    def module(self, path: str) -> Module:
        """One file; CannotRunError where it cannot be read."""
        if path not in self._modules:
            try:
                self._modules[path] = Module(self, path, self.files[path].decode())
            except (KeyError, ValueError) as error:
                raise CannotRunError(Problem(path, 0, f"cannot be read: {error}")) from None
        return self._modules[path]

    def modules(self, folder: str) -> Iterator[Module]:
        """The files under a folder, in the order of their names."""
        return (self.module(path) for path in sorted(self.files) if path.startswith(folder))


def open_package(path: Path, distribution: str) -> Package:
    """The SDK in a wheel, or in a folder such as `site-packages`."""
    name, files = _folder(path, distribution) if path.is_dir() else _wheel(path)
    if f"{distribution}/__init__.py" not in files:
        raise CannotRunError(f"{path}: there is no package {distribution} in it")
    return Package(name, files)


def _folder(path: Path, distribution: str) -> tuple[str, dict[str, bytes]]:
    infos = sorted(path.glob(f"{distribution}-*.dist-info"))
    name = infos[-1].name.removesuffix(".dist-info").replace("-", " ") if infos else str(path)
    files = (path / distribution).rglob("*.py")
    return name, {file.relative_to(path).as_posix(): file.read_bytes() for file in files}


def _wheel(path: Path) -> tuple[str, dict[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as wheel:
            infos = [info for info in wheel.infolist() if info.filename.endswith(".py")]
            if sum(info.file_size for info in infos) > LARGEST:
                raise CannotRunError(f"{path}: more than {LARGEST // 2**20} MiB of code")
            return " ".join(path.name.split("-")[:2]), {info.filename: wheel.read(info) for info in infos}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise CannotRunError(f"{path}: not a wheel: {error}") from None
