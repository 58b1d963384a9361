"""A virtual environment for each contender, with nothing but what its installation requires."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .contenders import Contender

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv-bench"
_OURS = "anthropic-models"
_GENERATED = ROOT / "generated" / "anthropic_models_api"


class Environment:
    """Where one contender is installed. Environments are reused; this checkout is reinstalled if it changed."""

    def __init__(self, contender: Contender) -> None:
        self.contender = contender
        self.folder = FOLDER / contender.environment
        self.python = self.folder / "bin" / "python"
        variables = {"base": str(self.folder), "platbase": str(self.folder)}
        self.packages = Path(sysconfig.get_path("purelib", "venv", vars=variables))

    def prepare(self, wheel: Path, *, fresh: bool) -> None:
        """Install the contender, unless it is up to date."""
        wanted = f"{sys.version}\n{self.contender.requirements}\n"
        contents = _digest(wheel) if any("{wheel}" in each for each in self.contender.requirements) else ""
        contents += "".join(map(_digest, _files(_GENERATED))) if self.contender.generated else ""
        stamp = self.folder / ".stamp"
        found = stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
        if found == wanted + contents and not fresh:
            return
        print(f"Installing {self.contender.environment}", flush=True)
        stamp.unlink(missing_ok=True)
        if fresh or not found.startswith(wanted):
            venv.create(self.folder, clear=True, symlinks=True)
        else:  # its dependencies stay, so that runs before and after a change differ only in it
            _pip("--python", self.python, "uninstall", "--yes", _OURS)
        _pip("--python", self.python, "install", *(each.format(wheel=wheel) for each in self.contender.requirements))
        if self.contender.generated:
            copy = self.packages / _GENERATED.name
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(_GENERATED, copy, ignore=shutil.ignore_patterns("__pycache__"))
            _run(self.python, "-m", "compileall", "-q", copy)  # as pip does with what it installs
        stamp.write_text(wanted + contents, encoding="utf-8")

    def title(self) -> str:
        """The contender's title with its version."""
        described = [*self.packages.glob(f"{self.contender.module}-*.dist-info")]
        return self.contender.title.format(version=described[0].stem.rpartition("-")[2] if described else "")

    def size(self) -> int:
        """Bytes that are installed, without bytecode."""
        return sum(file.stat().st_size for file in _files(self.packages))


def wheel() -> Path:
    """The wheel of this checkout, as users install it: the same bytes for the same sources."""
    folder = FOLDER / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    return next(folder.iterdir())


def _files(path: Path) -> list[Path]:
    return [file for file in sorted(path.rglob("*")) if file.is_file() and "__pycache__" not in file.parts]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _pip(*arguments: str | Path) -> None:
    _run(sys.executable, "-m", "pip", *arguments)


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stderr[-2000:]}")
