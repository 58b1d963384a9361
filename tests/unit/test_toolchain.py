"""The pinned tools: where the pins are read, what is compared with them, and what is said of a difference."""

from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from cases import each
from codegen import toolchain

PINS = '[dependency-groups]\ngenerate = ["openapi-python-client==1.2", "ruff==0.3", "other==4==5", "wide>=1"]\n'
TO_DO = "run `make setup`, then `make regenerate`"
EXPLAINED = "[dependency-groups] generate = [...] pins the tools"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What this Python has: these packages and no others, and a formatter at /tools/ruff."""
    versions = {"openapi-python-client": "1.2", "ruff": "0.3", "other": "4==5"}

    def version(name: str) -> str:
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr("ruff.find_ruff_bin", lambda: "/tools/ruff")
    return versions


def pin(folder: Path, text: str = PINS) -> Path:
    """A checkout with this pyproject.toml."""
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_tools_are_those_that_are_pinned(tmp_path: Path, installed: dict[str, str], programs: Any) -> None:
    """With exact versions as they are written; the formatter itself is asked, in the fixed environment."""
    programs.answer = (3, "ruff 0.3 (abc 2026-01-01)\n", "")
    tools = toolchain.find(pin(tmp_path))
    ((command, settings),) = programs.ran

    assert tools == toolchain.Toolchain({"openapi-python-client": "1.2", "ruff": "0.3", "other": "4==5"}, "/tools/ruff")
    assert (tools.generator, tools.formatter) == ("openapi-python-client 1.2", "ruff 0.3")
    assert (command, settings["env"]) == (["/tools/ruff", "--version"], toolchain.ENVIRONMENT)


@each(
    ("answer", "state"),
    [
        ((0, "ruff 0.3.1\n", ""), "ruff 0.3.1 is installed"),
        ((0, "ruff\n", ""), "ruff ruff is installed"),
        ((0, "", ""), "ruff is not installed for this Python"),
        (OSError("gone"), "ruff is not installed for this Python"),
    ],
)
def test_a_formatter_that_says_something_else_is_refused(
    tmp_path: Path, installed: dict[str, str], programs: Any, refused: Any, answer: Any, state: str
) -> None:
    """Another version, no answer at all, or one that cannot be started."""
    programs.answer = answer

    assert refused(toolchain.find, pin(tmp_path)) == [f"{state}, pyproject.toml pins 0.3: {TO_DO}"]


def test_every_tool_that_differs_is_told(
    tmp_path: Path, installed: dict[str, str], programs: Any, refused: Any
) -> None:
    """One line for each, in the order of the pins; the others are not told, and nothing is run."""
    installed["openapi-python-client"] = "1.3"
    del installed["other"]

    assert refused(toolchain.find, pin(tmp_path)) == [
        f"openapi-python-client 1.3 is installed, pyproject.toml pins 1.2: {TO_DO}",
        f"other is not installed for this Python, pyproject.toml pins 4==5: {TO_DO}",
    ]
    assert programs.ran == []


@each(
    ("text", "said"),
    [
        ("x = [", ["cannot be read: Invalid value (at end of document)"]),
        ("", [f"has no 'dependency-groups': {EXPLAINED}"]),
        ("[dependency-groups]", [f"has no 'generate': {EXPLAINED}"]),
        (PINS.replace("ruff==", "ruff~="), ["`generate` does not pin ruff with `==`"]),
        (
            PINS.replace("==", ">="),
            [f"`generate` does not pin {name} with `==`" for name in ("openapi-python-client", "ruff")],
        ),
    ],
)
def test_pins_that_are_missing_are_told(tmp_path: Path, refused: Any, text: str, said: list[str]) -> None:
    """No TOML, no group, no entry in it, no exact version of one tool or of both."""
    assert refused(toolchain.find, pin(tmp_path, text)) == [f"pyproject.toml: {line}" for line in said]
