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
from typing import Any

from codegen.problems import CannotRunError, Problem, one_line

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

    def named(self, tool: str) -> str:
        """Name and version of a tool."""
        return f"{tool} {self.versions[tool]}"


def find(root: Path) -> Toolchain:
    """The pinned tools. Raises CannotRunError with a line for each that is missing or of another version."""
    pins = _pins(root)
    installed: dict[str, str | None] = {}
    for name in pins:
        try:
            installed[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            installed[name] = None
    if installed != pins:
        raise CannotRunError(
            *(_difference(name, pins, installed[name]) for name in pins if installed[name] != pins[name])
        )
    ruff: str = ""
    try:
        ruff = importlib.import_module("ruff").find_ruff_bin()
        version = run([ruff, "--version"]).stdout.removeprefix("ruff ").split(" ")[0].strip()
    except OSError:
        version = ""
    if version != pins[FORMATTER]:
        raise CannotRunError(_difference(FORMATTER, pins, version or None))
    return Toolchain(pins, ruff)


def run(command: list[str], **settings: Any) -> "subprocess.CompletedProcess[str]":
    """Run a program in the fixed environment."""
    settings = {"env": ENVIRONMENT, "capture_output": True, "encoding": "utf-8", "check": False, **settings}
    return subprocess.run(command, **settings)


def last_words(done: "subprocess.CompletedProcess[str]") -> str:
    """What a program that failed said last; if it said nothing, its exit code."""
    return one_line((done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1])


def _pins(root: Path) -> dict[str, str]:
    try:
        project = tomllib.loads((root / PINS).read_text(encoding="utf-8"))
        group = project["dependency-groups"]["generate"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CannotRunError(Problem(PINS, 0, f"cannot be read: {error}")) from error
    except KeyError as error:
        message = f"has no {error}: [dependency-groups] generate = [...] pins the tools"
        raise CannotRunError(Problem(PINS, 0, message)) from error
    pins = dict(entry.split("==", 1) for entry in group if isinstance(entry, str) and "==" in entry)
    missing = [f"`generate` does not pin {name} with `==`" for name in (GENERATOR, FORMATTER) if name not in pins]
    if missing:
        raise CannotRunError(*(Problem(PINS, 0, message) for message in missing))
    return pins


def _difference(name: str, pins: Mapping[str, str], installed: str | None) -> str:
    state = f"{name} {installed} is installed" if installed else f"{name} is not installed for this Python"
    return f"{state}, {PINS} pins {pins[name]}: run `make setup`, then `make regenerate`"
