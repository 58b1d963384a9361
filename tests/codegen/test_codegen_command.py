"""The command line: what it prints of a result, and its exit codes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import command, pipeline, toolchain, tree

Run = Callable[..., tuple[int, list[str], list[str]]]

TOOLS = toolchain.Toolchain({}, "")
OLD: tree.Tree = {"p/a.py": b"def f(x: int): ...\n", "p/b.py": b"", "lock.json": b"{}"}
SAME: tree.Tree = {**OLD}
MORE: tree.Tree = {"p/a.py": b"def f(x: int): ...\ndef g(): ...\n", "p/c.py": b"", "lock.json": b"{}"}
LESS: tree.Tree = {"p/a.py": b"", "p/b.py": b"", "lock.json": b"{}"}

GAINED = "additive  a.g: new; nothing that was there is touched"
LOST = "breaking  a.f: removed; code that names it fails"
MINOR, MAJOR = (
    f"For callers: {text} part of the version moves"
    for text in ("0 breaking, 1 additive; the minor", "1 breaking, 0 additive; the major")
)


@pytest.fixture
def new(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is made of `OLD`: `tree` is what comes out, `calls` is what was asked for."""
    made: dict[str, Any] = {"tree": SAME, "calls": []}

    def build(root: Path, tools: Any, say: Any) -> pipeline.Result:
        made["calls"].append(("build", root, tools))
        say("lint")
        return pipeline.Result(OLD, made["tree"])

    def regenerate(root: Path, tools: Any, say: Any, accept: Any) -> pipeline.Result:
        result = build(root, tools, say)
        made["calls"][-1] = ("regenerate", root, tools)
        made["calls"].append(accept(result))
        return result

    monkeypatch.setattr(toolchain, "find", lambda root: TOOLS)
    monkeypatch.setattr(pipeline, "build", build)
    monkeypatch.setattr(pipeline, "regenerate", regenerate)
    return made


def test_a_check_tells_what_differs(run: Run, new: dict[str, Any], tmp_path: Path) -> None:
    """Each file with its diff, then the report, then what to do; nothing is written."""
    same = run("--check")
    new["tree"] = MORE

    assert same == (0, ["generated/ is up to date"], ["regenerate: lint"])
    assert run("--check") == (
        1,
        [
            "changed: generated/p/a.py",
            "    --- as it is",
            "    +++ as it should be",
            "    @@ -1 +1,2 @@",
            "     def f(x: int): ...",
            "    +def g(): ...",
            "extra: generated/p/b.py",
            "missing: generated/p/c.py",
            GAINED,
            MINOR,
            "generated/ is not what openapi/ says (3 files): run `make regenerate`",
        ],
        ["regenerate: lint"],
    )
    assert new["calls"] == [("build", tmp_path, TOOLS)] * 2


def test_a_run_tells_what_it_has_done(run: Run, new: dict[str, Any], tmp_path: Path) -> None:
    """Without the diffs; what breaks is told, and written all the same."""
    same = run()
    new["tree"] = MORE
    more = run()
    new["tree"] = LESS

    assert same == (0, ["generated/ is up to date"], ["regenerate: lint"])
    assert more[:2] == (
        0,
        [
            "changed: generated/p/a.py",
            "removed: generated/p/b.py",
            "added: generated/p/c.py",
            GAINED,
            MINOR,
            "generated/ is up to date now (3 files changed)",
        ],
    )
    assert run()[:2] == (
        0,
        ["changed: generated/p/a.py", LOST, MAJOR, "generated/ is up to date now (1 files changed)"],
    )
    assert new["calls"] == [("regenerate", tmp_path, TOOLS), True] * 3


def test_what_breaks_callers_may_be_refused(run: Run, new: dict[str, Any]) -> None:
    """With --fail-on: exit code 1 and nothing written; what does not break is as without it."""
    found = {}
    for name, made in (("same", SAME), ("more", MORE), ("less", LESS)):
        new["tree"] = made
        for mode in ((), ("--check",)):
            code, out, _ = run(*mode, "--fail-on", "breaking")
            found[name, *mode] = (code, out[-1])
    refused = "callers break (--fail-on breaking): generated/ is as it was"

    assert found == {
        ("same",): (0, "generated/ is up to date"),
        ("same", "--check"): (0, "generated/ is up to date"),
        ("more",): (0, "generated/ is up to date now (3 files changed)"),
        ("more", "--check"): (1, "generated/ is not what openapi/ says (3 files): run `make regenerate`"),
        ("less",): (1, refused),
        ("less", "--check"): (1, refused),
    }
    new["tree"] = LESS
    assert run("--fail-on", "breaking")[1][:2] == ["changed: generated/p/a.py", LOST]
    assert new["calls"][-2:] == [("regenerate", new["calls"][-2][1], TOOLS), False]


def test_the_report_for_machines_is_alone_on_stdout(run: Run, new: dict[str, Any]) -> None:
    """All that people read goes to stderr; the lines of the report are not said twice."""
    new["tree"] = LESS
    code, out, err = run("--report", "json")

    assert (code, json.loads("\n".join(out))["breaking"]) == (0, 1)
    assert err == ["regenerate: lint", "changed: generated/p/a.py", "generated/ is up to date now (1 files changed)"]


def test_another_release_is_reported_against(run: Run, new: dict[str, Any], tmp_path: Path) -> None:
    """Also where nothing has changed since."""
    (tmp_path / "there" / "p").mkdir(parents=True)
    (tmp_path / "there" / "p" / "a.py").write_bytes(b"def f(x: int): ...\ndef old(): ...\n")
    (tmp_path / "there" / "p" / "b.py").touch()

    assert run("--against", str(tmp_path / "there"))[:2] == (
        0,
        ["breaking  a.old: removed; code that names it fails", MAJOR, "generated/ is up to date"],
    )


def test_all_diffs_together_have_two_hundred_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """The files are told to the last, though their diffs are not."""
    changes = [tree.Change("changed", name, tuple(f"{name}{number}" for number in range(90))) for name in "abcd"]
    command._list(changes, "out", written=False, diffs=True)
    lines = capsys.readouterr().out.splitlines()
    command._list(changes, "out", written=True, diffs=False)

    assert [line for line in lines if not line.startswith("    ")] == [f"changed: out/{name}" for name in "abcd"]
    assert [sum(line.startswith(f"    {name}") for line in lines) for name in "abcd"] == [90, 90, 20, 0]
    assert capsys.readouterr().out.splitlines() == [f"changed: out/{name}" for name in "abcd"]
