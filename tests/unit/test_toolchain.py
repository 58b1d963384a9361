"""The pinned tools: where the pins are read, what is compared with them, and what is said of a difference."""

from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from cases import each
from codegen import toolchain

PINS = '[dependency-groups]\ngenerate = ["openapi-python-client==1.2", "ruff==0.3", "other==4==5", "wide>=1", {}]\n'
TO_DO = "run `make setup`, then `make regenerate`"


def pin(folder: Path, text: str = PINS) -> Path:
    """A checkout with this pyproject.toml."""
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def test_every_tool_that_differs_is_told(tmp_path: Path, refused: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for each, in the order of the pins, as they are written."""
    versions = {"openapi-python-client": "1.3", "ruff": "0.3"}

    def version(name: str) -> str:
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(metadata, "version", version)
    assert refused(toolchain.find, pin(tmp_path)) == [
        f"openapi-python-client 1.3 is installed, pyproject.toml pins 1.2: {TO_DO}",
        f"other is not installed for this Python, pyproject.toml pins 4==5: {TO_DO}",
    ]

    versions |= {"openapi-python-client": "1.2", "other": "4==5"}
    assert toolchain.find(tmp_path) == versions


@each(
    ("code", "stderr", "said"),
    [(1, "Traceback:\n  File x\nImportError: no\t such\n\n", "ImportError: no such"), (-9, " \n", "exit code -9")],
)
def test_the_last_words_of_a_failure_are_kept(programs: Any, code: int, stderr: str, said: str) -> None:
    """In one line; without any, the exit code is."""
    programs.answer = (code, "{}", stderr)

    assert toolchain.last_words(toolchain.run(["x"])) == said
