"""The pinned tools: where the pins are read, what is compared with them, and how that is told."""

import os
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from codegen import toolchain

Pin = Callable[[str], Path]
Refused = Callable[..., list[str]]

PINS = '[dependency-groups]\ngenerate = ["openapi-python-client==1.2", "ruff==0.3", "other==4==5"]\n'
MEND = "run `make setup`, then `make regenerate`"


@pytest.fixture
def pin(tmp_path: Path) -> Pin:
    """A checkout with this pyproject.toml."""

    def write(text: str) -> Path:
        (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


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


def test_the_tools_are_those_that_are_pinned(pin: Pin, installed: dict[str, str], programs: Any) -> None:
    """With their versions as they are written, and the path of this Python's own formatter."""
    programs.answer = (0, "ruff 0.3\n", "")
    tools = toolchain.find(pin(PINS))

    assert tools == toolchain.Toolchain({"openapi-python-client": "1.2", "ruff": "0.3", "other": "4==5"}, "/tools/ruff")
    assert (tools.generator, tools.formatter) == ("openapi-python-client 1.2", "ruff 0.3")


def test_the_formatter_is_asked_itself(pin: Pin, installed: dict[str, str], programs: Any) -> None:
    """In the fixed environment; its answer may say more than the version, and its exit code does not matter."""
    programs.answer = (3, "ruff 0.3 (abc 2026-01-01)\n", "")
    toolchain.find(pin(PINS))
    ((command, settings),) = programs.ran

    assert command == ["/tools/ruff", "--version"]
    assert settings == {"env": toolchain.ENVIRONMENT, "capture_output": True, "text": True, "check": False}


def test_programs_see_nothing_of_the_callers_environment() -> None:
    """Only where the system's own programs are, the encoding, and a fixed hash seed."""
    seen = dict(toolchain.ENVIRONMENT)

    assert seen == {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}


def test_a_formatter_that_says_something_else_is_refused(
    pin: Pin, installed: dict[str, str], programs: Any, refused: Refused
) -> None:
    """Another version, or no answer at all, or one that cannot be started."""
    said = {}
    for answer in ("ruff 0.3.1\n", "ruff\n", "", OSError("gone")):
        programs.answer = answer if isinstance(answer, OSError) else (0, answer, "")
        (said[str(answer)],) = refused(toolchain.find, pin(PINS))

    assert said == {
        "ruff 0.3.1\n": f"ruff 0.3.1 is installed, pyproject.toml pins 0.3: {MEND}",
        "ruff\n": f"ruff ruff is installed, pyproject.toml pins 0.3: {MEND}",
        "": f"ruff is not installed for this Python, pyproject.toml pins 0.3: {MEND}",
        "gone": f"ruff is not installed for this Python, pyproject.toml pins 0.3: {MEND}",
    }


def test_every_tool_that_differs_is_told(pin: Pin, installed: dict[str, str], programs: Any, refused: Refused) -> None:
    """One line for each, in the order of the pins; the others are not told, and nothing is run."""
    installed["openapi-python-client"] = "1.3"
    del installed["other"]

    assert refused(toolchain.find, pin(PINS)) == [
        f"openapi-python-client 1.3 is installed, pyproject.toml pins 1.2: {MEND}",
        f"other is not installed for this Python, pyproject.toml pins 4==5: {MEND}",
    ]
    assert programs.ran == []


def test_other_entries_of_the_group_are_no_pins(pin: Pin, installed: dict[str, str], programs: Any) -> None:
    """What has no exact version is not held to one; what includes another group is none."""
    programs.answer = (0, "ruff 0.3\n", "")
    more = PINS.replace('"other==4==5"', '"wide>=1", { include-group = "more" }') + 'more = ["ruff==9"]\n'

    assert dict(toolchain.find(pin(more)).versions) == {"openapi-python-client": "1.2", "ruff": "0.3"}


def test_pins_that_cannot_be_read_are_told(pin: Pin, tmp_path: Path, refused: Refused) -> None:
    """No file, no text, no TOML: with the reason."""
    missing = refused(toolchain.find, tmp_path / "none")
    broken = refused(toolchain.find, pin("x = [\n"))
    (tmp_path / "pyproject.toml").write_bytes(b"# \xff")
    binary = refused(toolchain.find, tmp_path)

    assert missing == [
        f"pyproject.toml: cannot be read: [Errno 2] No such file or directory: '{tmp_path}/none/pyproject.toml'"
    ]
    assert [line.startswith("pyproject.toml: cannot be read: ") for line in broken] == [True]
    assert [line.split(" in position")[0] for line in binary] == [
        "pyproject.toml: cannot be read: 'utf-8' codec can't decode byte 0xff"
    ]


def test_pins_that_are_missing_are_told(pin: Pin, refused: Refused) -> None:
    """No group, no entry in it, no exact version of one tool or of both."""
    explained = "[dependency-groups] generate = [...] pins the tools"

    assert [refused(toolchain.find, pin(text)) for text in ("", "[dependency-groups]", PINS.replace("==", ">="))] == [
        [f"pyproject.toml: has no 'dependency-groups': {explained}"],
        [f"pyproject.toml: has no 'generate': {explained}"],
        [
            "pyproject.toml: `generate` does not pin openapi-python-client with `==`",
            "pyproject.toml: `generate` does not pin ruff with `==`",
        ],
    ]
    assert refused(toolchain.find, pin(PINS.replace("ruff==", "ruff~="))) == [
        "pyproject.toml: `generate` does not pin ruff with `==`"
    ]


def test_the_pins_are_read_as_utf8(
    pin: Pin, installed: dict[str, str], programs: Any, request: pytest.FixtureRequest
) -> None:
    """Whatever the machine takes text for."""
    programs.answer = (0, "ruff 0.3\n", "")
    root = pin(f"# é\n{PINS}")
    request.getfixturevalue("bare_locale")

    assert toolchain.find(root).ruff == "/tools/ruff"
