"""The command line: its options, what comes before any result, and what is said where there is none."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import command, pipeline, toolchain
from codegen.problems import CannotRunError, Problem

Run = Callable[..., tuple[int, list[str], list[str]]]


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


def test_the_lowered_document_is_printed_alone(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As JSON, and nothing else is said."""
    roots: list[Path] = []
    monkeypatch.setattr(toolchain, "find", lambda root: toolchain.Toolchain({}, ""))
    monkeypatch.setattr(pipeline, "lowered", lambda root: roots.append(root) or ("fragment", {"lowered": "é"}))

    assert run("--print-lowered") == (0, ["{", '  "lowered": "é"', "}"], [])
    assert roots == [tmp_path]


def test_a_run_that_cannot_be_made_says_why(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_the_tools_are_looked_for_first(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In this very checkout; without them nothing else is begun."""
    roots: list[Path] = []

    def find(root: Path) -> toolchain.Toolchain:
        roots.append(root)
        raise CannotRunError("no tools")

    monkeypatch.setattr(toolchain, "find", find)
    monkeypatch.setattr(pipeline, "lowered", roots.append)

    assert run("--print-lowered")[0] == 2
    assert roots == [tmp_path]
