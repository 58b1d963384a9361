"""The report as a whole: its lines, its JSON, and what it compares with."""

from pathlib import Path
from typing import Any

import pytest
from codegen.problems import CannotRunError
from codegen.report import summary, version
from codegen.report.model import Change

MAJOR, UNKNOWN = version.Move("major", "1.2.3", "2.0.0"), version.Move("minor", "", "")
BREAKS, ADDS = Change("breaking", "Größe", "removed", "it fails"), Change("additive", "b", "new", "it works")


def checkout(folder: Path, current: str, source: str) -> Path:
    """A checkout of this version, with a package of one model in `generated`."""
    (folder / "generated" / "p").mkdir(parents=True)
    (folder / "generated" / "p" / "client.py").write_text(source, encoding="utf-8")
    (folder / "pyproject.toml").write_text('[tool.hatch.version]\npath = "v.py"', encoding="utf-8")
    (folder / "v.py").write_text(f'version = "{current}"', encoding="utf-8")
    return folder


def test_the_report_ends_with_a_line_for_callers() -> None:
    """It counts the changes and says what moves; the version is told if it is known."""
    reports = [
        summary.Report((BREAKS, ADDS, ADDS), MAJOR),
        summary.Report((ADDS,), UNKNOWN),
        summary.Report((), MAJOR),
        summary.Report((), UNKNOWN),
        summary.Report((), MAJOR, "not compared: odd"),
    ]
    part = "part of the version moves"

    assert [list(report.lines()) for report in reports] == [
        [
            "breaking  Größe: removed; it fails",
            "additive  b: new; it works",
            "additive  b: new; it works",
            f"For callers: 1 breaking, 2 additive; the major {part}, 1.2.3 to 2.0.0",
        ],
        ["additive  b: new; it works", f"For callers: 0 breaking, 1 additive; the minor {part}"],
        [f"For callers: no change; with a release the major {part}, 1.2.3 to 2.0.0"],
        [f"For callers: no change; with a release the minor {part}"],
        ["For callers: not compared: odd"],
    ]


def test_the_json_can_be_read_by_people_too() -> None:
    """By two spaces, with letters as they are."""
    assert summary.Report((BREAKS,), MAJOR).as_json() == (
        """{
  "compared": true,
  "reason": null,
  "breaking": 1,
  "additive": 0,
  "changes": [
    {
      "kind": "breaking",
      "where": "Größe",
      "what": "removed",
      "why": "it fails"
    }
  ],
  "version": {
    "part": "major",
    "current": "1.2.3",
    "next": "2.0.0"
  }
}"""
    )


def test_what_is_not_known_is_null() -> None:
    """The version where none can be read; what is next where nothing was compared."""
    import json

    told: dict[str, Any] = {"breaking": 0, "additive": 0, "changes": []}

    assert json.loads(summary.Report((), UNKNOWN).as_json()) == {
        **told,
        "compared": True,
        "reason": None,
        "version": {"part": "minor", "current": None, "next": None},
    }
    assert json.loads(summary.Report((), MAJOR, "odd").as_json()) == {
        **told,
        "compared": False,
        "reason": "odd",
        "version": {"part": None, "current": "1.2.3", "next": None},
    }


def test_callers_break_where_it_is_known() -> None:
    """A first generation breaks nobody; what could not be compared is an error with the reason."""
    reports = [summary.Report(changes, MAJOR) for changes in ((BREAKS, ADDS), (BREAKS, BREAKS), (ADDS,), ())]

    assert [(report.breaking, report.breaks) for report in reports] == [(1, True), (2, True), (0, False), (0, False)]
    assert summary.Report((), MAJOR, summary.FIRST).breaks is False
    with pytest.raises(CannotRunError) as caught:
        assert summary.Report((), MAJOR, "odd").breaks
    assert caught.value.lines == ("odd",)


def test_another_checkout_is_compared_with_its_own_version(tmp_path: Path) -> None:
    """The folder may be given in any form; without one, the old tree of this checkout counts."""
    root = checkout(tmp_path / "here", "5.0.0", "def f(): ...")
    other = checkout(tmp_path / "there", "1.0.0", "def g(): ...")
    old, new = {"p/client.py": b"def h(): ..."}, {"p/client.py": b"def f(): ..."}
    added = "additive  client.f: new; nothing that was there is touched"
    found = [
        list(summary.of(old, new, "generated", root, against).lines())
        for against in (None, other / "generated", root / ".." / "there" / "generated", root / "generated")
    ]

    assert found[0][:2] == ["breaking  client.h: removed; code that names it fails", added]
    assert found[0][2].endswith("5.0.0 to 6.0.0")
    assert found[1][:2] == ["breaking  client.g: removed; code that names it fails", added]
    assert found[1][2].endswith("1.0.0 to 2.0.0")
    assert found[2] == found[1]
    assert found[3] == ["For callers: no change; with a release the patch part of the version moves, 5.0.0 to 5.0.1"]


def test_a_folder_to_compare_with_is_named_in_complaints(tmp_path: Path, refused: Any) -> None:
    """One without a package is refused; one that cannot be read is told with its place, in whichever step it shows."""
    root = checkout(tmp_path / "here", "5.0.0", "def f(")
    new = {"p/client.py": b"def f(): ..."}
    place = f"{root}/generated/p/client.py:1: is not Python: '(' was never closed"

    assert refused(summary.of, new, new, "generated", root, root / "none") == [
        f"--against: there is no generated package in {root}/none"
    ]
    assert refused(summary.of, new, new, "generated", root, root / "generated") == [place]
    assert list(summary.make({"p/a.py": b"("}, new, "old", root).lines()) == [
        "For callers: not compared: old/p/a.py:1: is not Python: '(' was never closed"
    ]
    (root / "generated" / "p" / "client.py").write_text("", encoding="utf-8")
    assert refused(summary.of, new, {"p/a.py": b"("}, "new", root, root / "generated") == [
        "new/p/a.py:1: is not Python: '(' was never closed"
    ]
    assert refused(summary.make, new, {"p/a.py": b"("}, "new", root) == [
        "new/p/a.py:1: is not Python: '(' was never closed"
    ]


def test_the_first_generation_says_so(tmp_path: Path) -> None:
    """So does one that makes nothing."""
    new = {"p/client.py": b""}

    assert [summary.make(*trees, "generated", tmp_path) for trees in (({}, new), (new, {}))] == [
        summary.Report((), version.Move("patch", "", ""), "first generation, nothing to compare with")
    ] * 2
