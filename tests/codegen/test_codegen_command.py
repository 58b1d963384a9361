"""The command line: its options, what it prints where, and its exit codes."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import command, pipeline, toolchain, tree
from codegen.problems import CannotRunError, Problem

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


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The exit code, the lines of stdout and those of stderr."""

    def go(*arguments: str) -> tuple[int, list[str], list[str]]:
        code = command.main(list(arguments), tmp_path)
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    return go


def test_the_help_tells_every_option_and_exit_code() -> None:
    """In full: these are the words that the documentation leans on."""
    parser = command._parser()
    options = {
        action.option_strings[-1]: (action.help, action.choices, action.default, action.metavar)
        for action in parser._actions
        if not isinstance(action, argparse._HelpAction)
    }

    assert options == {
        "--check": ("write nothing, tell what differs", None, False, None),
        "--print-lowered": ("print the document that the generator gets", None, False, None),
        "--report": (
            "what changed for callers, for people or for machines; with json, nothing else goes to stdout",
            ("text", "json"),
            "text",
            None,
        ),
        "--fail-on": ("write nothing if something breaks for callers", ("breaking",), None, None),
        "--against": (
            "report against another generated/, say that of the last release",
            None,
            None,
            "FOLDER",
        ),
    }
    assert (parser.prog, parser.description) == ("regenerate.py", "Make generated/ from openapi/.")
    assert parser.epilog == (
        "Exit codes: 0 up to date or written; 1 generated/ differs (--check), or callers break and nothing was "
        "written (--fail-on breaking); 2 could not run. docs/report.md says what breaks callers."
    )


def test_arguments_are_read_into_options() -> None:
    """The folder is a path; the two modes exclude each other; what is not known could not run."""
    options = command._parser().parse_args(["--check", "--report", "json", "--fail-on", "breaking", "--against", "a/b"])

    assert vars(options) == {
        "check": True,
        "print_lowered": False,
        "report": "json",
        "fail_on": "breaking",
        "against": Path("a/b"),
    }
    for wrong in (["--check", "--print-lowered"], ["--report", "xml"], ["--fail-on", "additive"], ["more"]):
        with pytest.raises(SystemExit) as caught:
            command._parser().parse_args(wrong)
        assert caught.value.code == 2


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


def test_the_lowered_document_is_printed_alone(
    run: Run, new: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is built for it."""
    roots: list[Path] = []
    monkeypatch.setattr(pipeline, "lowered", lambda root: roots.append(root) or ("fragment", {"lowered": "é"}))

    assert run("--print-lowered") == (0, ["{", '  "lowered": "é"', "}"], [])
    assert (roots, new["calls"]) == ([tmp_path], [])


def test_a_run_that_cannot_be_made_says_why(run: Run, new: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A complaint in its lines, an interrupt without a word more, a fault of the program with its traceback."""
    said = {}
    for error in (CannotRunError(Problem("a", 1, "odd"), "even"), KeyboardInterrupt(), RuntimeError("oops")):

        def fail(root: Path, error: BaseException = error) -> Any:
            raise error

        monkeypatch.setattr(toolchain, "find", fail)
        code, out, err = run("--check")
        assert (code, out) == (2, [])
        said[type(error).__name__] = err

    assert said["CannotRunError"] == ["a:1: odd", "even", "regenerate: could not run; nothing was changed"]
    assert said["KeyboardInterrupt"] == ["regenerate: interrupted; the tree is whole"]
    assert said["RuntimeError"][0] == "Traceback (most recent call last):"
    assert said["RuntimeError"][-2:] == [
        "RuntimeError: oops",
        "regenerate: could not run, by a fault of its own; the tree is whole",
    ]


def test_the_tools_are_looked_for_first(
    run: Run, new: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In this very checkout; without them nothing else is begun."""
    roots: list[Path] = []

    def find(root: Path) -> toolchain.Toolchain:
        roots.append(root)
        raise CannotRunError("no tools")

    monkeypatch.setattr(toolchain, "find", find)

    assert run("--print-lowered")[0] == 2
    assert (roots, new["calls"]) == ([tmp_path], [])


def test_all_diffs_together_have_two_hundred_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """The files are told to the last, though their diffs are not."""
    changes = [tree.Change("changed", name, tuple(f"{name}{number}" for number in range(90))) for name in "abcd"]
    command._list(changes, "out", written=False, diffs=True)
    lines = capsys.readouterr().out.splitlines()
    command._list(changes, "out", written=True, diffs=False)

    assert [line for line in lines if not line.startswith("    ")] == [f"changed: out/{name}" for name in "abcd"]
    assert [sum(line.startswith(f"    {name}") for line in lines) for name in "abcd"] == [90, 90, 20, 0]
    assert capsys.readouterr().out.splitlines() == [f"changed: out/{name}" for name in "abcd"]
