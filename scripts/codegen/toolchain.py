"""The tools that determine the output, in exactly the versions that pyproject.toml pins.

Imports only the standard library, so that it can report what is missing.
"""

import importlib
import os
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from codegen.problems import CannotRunError, Problem

PINS = "pyproject.toml"
GENERATOR = "openapi-python-client"
FORMATTER = "ruff"
# What child processes see: nothing of the caller's environment can reach the output.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}


@dataclass(frozen=True)
class Toolchain:
    """The tools, all of the pinned versions."""

    versions: Mapping[str, str]
    ruff: str
    """Path of the formatter that belongs to this interpreter, whatever is on PATH."""

    @property
    def generator(self) -> str:
        """Name and version of the generator."""
        return f"{GENERATOR} {self.versions[GENERATOR]}"

    @property
    def formatter(self) -> str:
        """Name and version of the formatter."""
        return f"{FORMATTER} {self.versions[FORMATTER]}"


def find(root: Path) -> Toolchain:
    """The pinned tools. Raises CannotRunError with a line for each that is missing or of another version."""
    pins = _pins(root)
    installed = {name: _installed(name) for name in pins}
    problems = [_difference(name, pins[name], installed[name]) for name in pins if installed[name] != pins[name]]
    if problems:
        raise CannotRunError(*problems)
    try:
        ruff: str = importlib.import_module("ruff").find_ruff_bin()
        answer = subprocess.run([ruff, "--version"], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CannotRunError(_difference(FORMATTER, pins[FORMATTER], None)) from error
    version = answer.stdout.removeprefix("ruff ").split(" ")[0].strip()
    if version != pins[FORMATTER]:
        raise CannotRunError(_difference(FORMATTER, pins[FORMATTER], version or None))
    return Toolchain(pins, ruff)


def _pins(root: Path) -> dict[str, str]:
    try:
        project = tomllib.loads((root / PINS).read_text(encoding="utf-8"))
        group = project["dependency-groups"]["generate"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CannotRunError(Problem(PINS, 0, f"cannot be read: {error}")) from error
    except KeyError as error:
        raise CannotRunError(
            Problem(PINS, 0, f"has no {error}: [dependency-groups] generate = [...] pins the tools")
        ) from error
    pins = dict(entry.split("==", 1) for entry in group if isinstance(entry, str) and "==" in entry)
    missing = [f"`generate` does not pin {name} with `==`" for name in (GENERATOR, FORMATTER) if name not in pins]
    if missing:
        raise CannotRunError(*(Problem(PINS, 0, message) for message in missing))
    return pins


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _difference(name: str, pinned: str, installed: str | None) -> str:
    state = f"{name} {installed} is installed" if installed else f"{name} is not installed for this Python"
    return f"{state}, {PINS} pins {pinned}: run `make setup`, then `make regenerate`"
