"""The tools that determine the output, in exactly the versions that pyproject.toml pins.

Imports only the standard library, so that it can report what is missing.
"""

import os
import subprocess
import tomllib
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from codegen.problems import CannotRunError, Problem

PINS = "pyproject.toml"
GENERATOR = "openapi-python-client"
FORMATTER = "ruff"
# The environment of child processes, so that the caller's cannot affect the output.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}


def find(root: Path) -> Mapping[str, str]:
    """The versions of the pinned tools. Raises CannotRunError with a line for each that is missing or differs."""
    pins, problems = _pins(root), []
    for name, pinned in pins.items():
        try:
            state = f"{name} {metadata.version(name)} is installed"
        except metadata.PackageNotFoundError:
            state = f"{name} is not installed for this Python"
        if state != f"{name} {pinned} is installed":
            problems.append(f"{state}, {PINS} pins {pinned}: run `make setup`, then `make regenerate`")
    if problems:
        raise CannotRunError(*problems)
    return pins


def run(command: list[str], **settings: Any) -> "subprocess.CompletedProcess[str]":
    """Run a program in the fixed environment."""
    settings = {"env": ENVIRONMENT, "capture_output": True, "encoding": "utf-8", "check": False, **settings}
    return subprocess.run(command, **settings)


def _pins(root: Path) -> dict[str, str]:
    try:
        project = tomllib.loads((root / PINS).read_text(encoding="utf-8"))
        group = project["dependency-groups"]["generate"]
        pins = dict(entry.split("==", 1) for entry in group if isinstance(entry, str) and "==" in entry)
        return {GENERATOR: pins[GENERATOR], FORMATTER: pins[FORMATTER]} | pins
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CannotRunError(Problem(PINS, 0, f"cannot be read: {error}")) from error
    except KeyError as error:
        message = f"has no {error}: [dependency-groups] generate = [...] pins the tools with `==`"
        raise CannotRunError(Problem(PINS, 0, message)) from error
