"""A virtual environment for each contender, with what its installation brings and nothing else. Made once."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import TYPE_CHECKING

from .contenders import ROOT

if TYPE_CHECKING:
    from .contenders import Contender

FOLDER = ROOT / ".venv-bench"
_OWN_SOURCES = ("anthropic_models", "generated", "pyproject.toml")


class Environment:
    """Where one contender is installed."""

    def __init__(self, contender: Contender) -> None:
        self.contender = contender
        self.folder = FOLDER / contender.key
        variables = {"base": str(self.folder), "platbase": str(self.folder)}
        self.python = self.folder / "bin" / "python"
        self.packages = Path(sysconfig.get_path("purelib", "venv", vars=variables))

    def prepare(self, *, fresh: bool) -> bool:
        """Install the contender where it is not there as it should be. Tells whether anything was done."""
        stamp = self.folder / ".stamp"
        wanted = self._wanted()
        if not fresh and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return False
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
        venv.create(self.folder, clear=True, symlinks=True, with_pip=False)
        _run(sys.executable, "-m", "pip", "--python", self.python, "install", *self.contender.requirements)
        if self.contender.folder is not None:
            copy = self.packages / self.contender.folder.name
            shutil.copytree(self.contender.folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
            _run(self.python, "-m", "compileall", "-q", copy)  # as pip does with what it installs
        stamp.write_text(wanted, encoding="utf-8")
        return True

    def _wanted(self) -> str:
        contents = hashlib.sha256()
        if any(str(ROOT) in requirement for requirement in self.contender.requirements) or self.contender.folder:
            for name in _OWN_SOURCES:
                for file in sorted(_files(ROOT / name)):
                    contents.update(str(file).encode() + file.read_bytes())
        return f"{sys.version}\n{self.contender.requirements}\n{contents.hexdigest()}\n"

    def version(self) -> str:
        """The version of the contender's distribution."""
        code = f"import importlib.metadata as m; print(m.version({self.contender.distribution!r}))"
        return _run(self.python, "-I", "-c", code).strip()

    def size(self) -> int:
        """Bytes that are installed, without bytecode."""
        return sum(file.stat().st_size for file in _files(self.packages))


def _files(path: Path) -> list[Path]:
    every = [path] if path.is_file() else path.rglob("*")
    return [file for file in every if file.is_file() and "__pycache__" not in file.parts]


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stderr[-2000:]}")
    return done.stdout
