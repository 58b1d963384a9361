"""A copy of the checkout as mutmut wants it: where a module's name follows from its path."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Part(NamedTuple):
    """What is changed together.

    Attributes:
        sources: Patterns of files that are changed.
        tests: Folders whose tests should notice.
    """

    sources: list[str]
    tests: list[str]


PARTS = {
    "glue": Part(["anthropic_models/*"], ["glue", "wire", "client", "errors", "differential", "contract", "hazards"]),
    "codegen": Part(["src/codegen/*"], ["codegen", "fragment", "lowering", "regeneration", "report"]),
}
NOT_CHANGED = ["anthropic_models/testing/*"]
"""The local server stands beside the glue: it is a test's own tool."""

UNFIT = {
    "tests/contract/test_contract_growth.py": "its programs run on copies of what is changed, with mypy",
    "tests/regeneration/test_program.py::test_a_python_without_the_tools_is_told": "mutmut is missing there too",
}
"""Tests that cannot pass on code that mutmut has made its own."""

_TYPES = ["mypy", "--output", "json", "anthropic_models", "src"]
_UNTRUE = ["no-redef", "has-type", "var-annotated", "redundant-expr", "truthy-bool"]
"""What mypy says because mutmut keeps many copies of `__init__` side by side, and of its own `and False`."""


def lay_out(root: Path, where: Path, part: Part) -> None:
    """Copy what is under version control, or new, to `where`; what earlier runs found stays."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=root, check=True, capture_output=True, text=True).stdout.splitlines()
    where.mkdir(parents=True, exist_ok=True)
    _forget(where, {_moved(name) for name in names})
    top = set()
    for name in filter(lambda name: (root / name).is_file(), names):
        target = where / _moved(name)
        top.add(_moved(name).split("/")[0])
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != (root / name).read_bytes():
            shutil.copy(root / name, target)
    for each in (where, where / "mutants"):
        each.mkdir(exist_ok=True)
        if not (each / "scripts").is_symlink():  # where the tests look for them
            (each / "scripts").symlink_to("src")
    settings = (root / "pyproject.toml").read_text("utf-8")
    settings = settings.replace("\nstrict = true\n", "\nstrict = true\nwarn_unused_ignores = false\n")
    settings = settings.replace('"ignore-without-code", ', "")  # mutmut writes such comments
    others = sorted(top - {"anthropic_models", "src", "tests", "pyproject.toml"})
    (where / "pyproject.toml").write_text(settings + _settings(part, others), "utf-8")
    shutil.copy(where / "pyproject.toml", where / "mutants")


def _forget(where: Path, names: set[str]) -> None:
    """Take away what has been removed or renamed since, and what was made of it."""
    shutil.rmtree(where / "mutants" / "tests", ignore_errors=True)  # copied anew
    for file in [*where.rglob("*.py"), *where.rglob("*.meta"), *where.rglob("*.spans")]:
        name = str(file.relative_to(where)).removeprefix("mutants/").removesuffix(".meta").removesuffix(".spans")
        if name not in names and not file.parent.is_symlink():
            file.unlink()


def _moved(name: str) -> str:
    """`scripts` is on the path of its own programs: its modules are named from there, as mutmut takes it of `src`."""
    return "src/" + name.removeprefix("scripts/") if name.startswith("scripts/") else name


def unfit() -> list[str]:
    """As arguments of pytest."""
    return [f"--{'deselect' if '::' in name else 'ignore'}={name}" for name in UNFIT]


def _settings(part: Part, others: list[str]) -> str:
    lines = {
        "source_paths": ["anthropic_models", "src"],
        "only_mutate": part.sources,
        "do_not_mutate": NOT_CHANGED,
        "also_copy": others,
        "type_check_command": [*_TYPES, *(word for code in _UNTRUE for word in ("--disable-error-code", code))],
    }
    return "\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())


def environment(where: Path) -> dict[str, str]:
    """In which programs that tests start find the changed code, and mutmut finds mypy."""
    path = [str(where / "mutants" / each) for each in ("generated", "src", "")]
    tools = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([*path, str(Path(__file__).parent)]),
        "PATH": os.pathsep.join([tools, os.environ["PATH"]]),
    }
