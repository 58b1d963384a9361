"""The source code of the official SDK: a wheel or a folder, read as syntax trees; it is not imported or run."""

import ast
import contextlib
import hashlib
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import Any

import attrs
from codegen.names import defined
from codegen.problems import CannotRunError, Problem

from . import limits
from .model import Place

Files = dict[str, Callable[[], Any]]
Definition = ast.ClassDef | ast.Assign | ast.AnnAssign
READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # zipfile unpacks these only as far as they are read


def entries(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Keys and values of all dictionaries in a tree, except what `**` unpacks into them."""
    for node in ast.walk(tree):
        pairs = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
        yield from ((key, value) for key, value in pairs if key is not None)


@attrs.define(slots=False)
class Module:
    """One file of the SDK."""

    package: "Package"
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree. Raises CannotRunError if the file does not parse."""
        self.package.count("characters to parse", len(self.text), limits.MOST_PARSED)
        try:
            return ast.parse(self.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Place(self.path, getattr(error, "lineno", None) or 1).not_understood(str(error)) from None

    def place(self, node: ast.stmt | ast.expr) -> Place:
        """The line of a part of the tree."""
        return Place(self.path, node.lineno)

    def find(self, name: str, place: Place) -> "tuple[Module, Definition]":
        """The definition of a name, in this module or in the module of the SDK that it is imported from."""
        for node in self.tree.body:
            if isinstance(node, Definition) and defined(node) == name:
                return self, node
        for imported in (node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom) and node.level):
            for alias in imported.names:
                if (alias.asname or alias.name) == name:
                    return self._relative(imported).find(alias.name, self.place(imported))
        raise place.not_understood(f"{name} is not defined there")

    def _relative(self, imported: ast.ImportFrom) -> "Module":
        folder = PurePosixPath(self.path).parents[imported.level - 1]
        base = folder.joinpath(*(imported.module or "").split("."))
        for path in (f"{base}.py", f"{base}/__init__.py"):
            if path != self.path and path in self.package.files:
                return self.package.module(path)
        raise self.place(imported).not_understood(ast.unparse(imported))


@attrs.define(slots=False)
class Package:
    """One release of the SDK; paths are relative to the folder that holds its package."""

    name: str  # of the distribution
    version: str
    sha256: str  # of the wheel; empty for a folder
    files: Files
    _modules: dict[str, Module] = attrs.field(factory=dict, init=False)
    _counts: Counter[str] = attrs.field(factory=Counter, init=False)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def identity(self) -> dict[str, str]:
        """What identifies this release."""
        return {"name": self.name, "version": self.version, "sha256": self.sha256}

    def module(self, path: str) -> Module:
        """One file. Raises CannotRunError if it cannot be read."""
        if path not in self._modules:
            try:
                with self.files[path]() as file:
                    content = file.read(limits.MOST_CODE + 1)
                self._modules[path] = Module(self, path, content.decode())
            except (KeyError, OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
                raise CannotRunError(Problem(path, 0, f"cannot be read: {error}")) from None
            self.count("bytes of code", len(content), limits.MOST_CODE)
        return self._modules[path]

    def modules(self, folder: str) -> Iterator[Module]:
        """The files under a folder, in the order of their names."""
        return (self.module(path) for path in sorted(self.files) if path.startswith(folder))

    def count(self, what: str, number: int, limit: int) -> None:
        """Count what is read of the release. Raises LimitError if the limit is exceeded."""
        self._counts[what] += number
        if self._counts[what] > limit:
            raise limits.LimitError(f"{self}: more than {limit} {what}")


@contextlib.contextmanager
def open_package(path: Path, distribution: str) -> Iterator[Package]:
    """The SDK in a wheel, or in a folder such as `site-packages`."""
    with contextlib.ExitStack() as stack:
        try:
            package = _folder(path, distribution) if path.is_dir() else _wheel(path, distribution, stack)
        except (OSError, IndexError, zipfile.BadZipFile, NotImplementedError) as error:
            raise CannotRunError(f"{path}: not a wheel: {error}") from None
        if f"{distribution}/__init__.py" not in package.files:
            raise CannotRunError(f"{path}: there is no package {distribution} in it")
        yield package


def _folder(path: Path, distribution: str) -> Package:
    infos = sorted(path.glob(f"{distribution}-*.dist-info"))
    version = infos[-1].name.split("-")[1].removesuffix(".dist") if infos else f"in {path}"
    found = (path / distribution).rglob("*.py")
    return Package(distribution, version, "", {f.relative_to(path).as_posix(): partial(f.open, "rb") for f in found})


def _wheel(path: Path, distribution: str, stack: contextlib.ExitStack) -> Package:
    if path.stat().st_size > limits.LARGEST_WHEEL:
        raise limits.LimitError(f"{path}: larger than {limits.LARGEST_WHEEL // limits.MIB} MiB")
    wheel = stack.enter_context(zipfile.ZipFile(path))
    found = [one for one in wheel.infolist() if one.compress_type in READABLE and one.filename.endswith(".py")]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Package(distribution, path.name.split("-")[1], digest, {f.filename: partial(wheel.open, f) for f in found})
