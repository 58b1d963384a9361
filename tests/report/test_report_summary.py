"""The report as a whole: what it says of the version, as JSON, and of trees that it cannot compare."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cases import each
from codegen.problems import CannotRunError
from codegen.report import summary, version

Small = Callable[..., dict[str, bytes | None]]
PROJECT = '[tool.hatch.version]\npath = "it/_version.py"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout of version 0.4.1, as far as its version goes."""
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "it").mkdir()
    (tmp_path / "it" / "_version.py").write_text('"""One."""\n\n__version__ = "0.4.1"\n', encoding="utf-8")
    return tmp_path


@each(
    ("current", "kinds", "part", "following"),
    [
        ("1.2.3", ["breaking", "additive"], "major", "2.0.0"),
        ("1.2.3", ["additive"], "minor", "1.3.0"),
        ("1.2.3", [], "patch", "1.2.4"),
        ("0.4.1", ["breaking"], "minor", "0.5.0"),
        ("0.4.1", ["additive"], "patch", "0.4.2"),
        ("0.4.1", [], "patch", "0.4.2"),
        ("1.0.0rc1", ["breaking"], "major", ""),
        ("", ["additive"], "minor", ""),
    ],
)
def test_which_part_of_the_version_moves(current: str, kinds: list[str], part: str, following: str) -> None:
    """As semver.org has it; before 1.0.0 the minor part stands for what breaks, and the patch part for the rest."""
    move = version.move(kinds, current)

    assert (move.part, move.following) == (part, following)


def test_the_last_line_is_about_the_version(small: Small, root: Path) -> None:
    """It counts the changes and names the version that is due, read as text from the checkout."""
    report = summary.make(small(), small(thing="class Thing:\n    title: str"), "generated", root)

    assert [*report.lines()] == [
        "breaking  Thing.name: removed; code that reads it fails",
        "breaking  Thing.title: new and required, `str`; answers without it are refused",
        "For callers: 2 breaking, 0 additive; the minor part of the version moves, 0.4.1 to 0.5.0",
    ]


def test_no_change_is_one_line(small: Small, root: Path) -> None:
    """Docstrings and the inside of functions are nothing to callers."""
    report = summary.make(small(), small(thing='class Thing:\n    """One."""\n    name: str'), "generated", root)

    assert [*report.lines()] == [
        "For callers: no change; with a release the patch part of the version moves, 0.4.1 to 0.4.2"
    ]


def test_the_first_generation_has_nothing_to_compare_with(small: Small, root: Path) -> None:
    """It does not count as breaking."""
    report = summary.make({}, small(), "generated", root)

    assert [*report.lines()] == ["For callers: first generation, nothing to compare with"]
    assert not report.breaks


@each(
    ("path", "content", "told"),
    [
        (
            "package/models/thing.py",
            b"class Thing:\n<<<<<<< HEAD\n",
            "generated/package/models/thing.py:2: is not Python",
        ),
        ("package/client.py", b"\0", "generated/package/client.py: is not Python"),
        ("package/openapi.yaml", b"{", "generated/package/openapi.yaml: cannot be read"),
        ("package/openapi.yaml", b"paths: []", "generated/package/openapi.yaml: cannot be read"),
    ],
)
def test_an_old_package_that_cannot_be_read_is_told(
    path: str, content: bytes, told: str, small: Small, root: Path
) -> None:
    """With the line; and it is never taken for one that breaks nothing."""
    report = summary.make({**small(), path: content}, small(), "generated", root)

    assert [line.startswith(f"For callers: not compared: {told}") for line in report.lines()] == [True]
    with pytest.raises(CannotRunError, match="not compared"):
        assert report.breaks


def test_the_json_form(small: Small, root: Path) -> None:
    """Its keys are those that docs/report.md describes."""
    report = summary.make(small(), small(thing="class Thing:\n    name: int"), "generated", root)
    told: Any = json.loads(report.as_json())

    assert told == {
        "compared": True,
        "reason": None,
        "breaking": 1,
        "additive": 0,
        "changes": [
            {
                "kind": "breaking",
                "where": "Thing.name",
                "what": "`str` is now `int`",
                "why": "code written for `str` does not expect `int`",
            }
        ],
        "version": {"part": "minor", "current": "0.4.1", "next": "0.5.0"},
    }


def test_nothing_of_a_package_is_run(small: Small, root: Path) -> None:
    """A module that would do harm when it is imported is read like any other."""
    harmful = {**small(), "package/errors.py": b"raise SystemExit('imported')"}

    assert summary.make(harmful, small(), "generated", root).changes == ()
