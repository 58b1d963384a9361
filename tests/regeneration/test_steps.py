"""Single steps, where the program as a whole cannot be brought to the point."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import command, document, generate, tree
from codegen.problems import CannotRunError, Problem

Regenerate = Callable[..., tuple[int, list[str], list[str]]]

TWO_OPERATIONS = """openapi: 3.1.0
info: { title: Two, version: "1" }
paths:
  /one:
    get:
      operationId: one
      parameters: [{ name: p, in: header, schema: { type: object } }]
      responses: { "204": { description: Done. } }
  /two:
    get:
      operationId: two
      parameters: [{ name: p, in: header, schema: { type: object } }]
      responses: { "204": { description: Done. } }
components:
  schemas:
    Thing: { type: object }
    Alias: { allOf: [{ $ref: "#/components/schemas/Thing" }] }
    Word: { type: string }
"""


@pytest.fixture
def two(tmp_path: Path) -> document.Document:
    """A document with two operations that say the same."""
    path = tmp_path / "two.yaml"
    path.write_text(TWO_OPERATIONS, encoding="utf-8")
    return document.load(path, "two.yaml")


def test_a_complaint_of_the_generator_stands_at_its_operation(two: document.Document) -> None:
    """Where two operations say the same, the line is that of the one complained about, in plain words."""
    error = {
        "header": "WARNING parsing GET /two within default. Endpoint will not be generated.",
        "detail": "cannot take <some.UntrustedString object at 0x7fd7a43cea50>\n\nmore",
        "data": {"name": "p", "in": "header", "schema": {"type": "object"}},
    }

    assert generate._told(two, two.data, error) == Problem(
        "two.yaml", 12, "the generator cannot express this in GET /two: cannot take ..."
    )


@pytest.mark.parametrize(
    ("detail", "line"), [("removal of:\n/components/schemas/Word", 18), ("nothing that can be found", 1)]
)
def test_a_complaint_without_data_stands_at_its_component(two: document.Document, detail: str, line: int) -> None:
    """The component that the text names, or else the document."""
    error = {"header": "Problem: ", "detail": detail, "data": None}

    assert generate._told(two, two.data, error).line == line


def test_what_the_generator_leaves_out_is_told(
    two: document.Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each operation and each schema that should have become a module and has not is an error, whatever was said."""

    def silent(request: dict[str, Any]) -> dict[str, Any]:
        modules = {kind: {name: name.lower() for name in request[kind]} for kind in ("operations", "schemas")}
        (tmp_path / "package" / "api" / "default").mkdir(parents=True)
        (tmp_path / "package" / "api" / "default" / "one.py").touch()
        nothing: dict[str, Any] = {"unknown_settings": [], "wrong_settings": [], "unknown_templates": []}
        return {**nothing, "errors": [], "crash": None, **modules}

    monkeypatch.setattr(generate, "_ask", silent)
    with pytest.raises(CannotRunError) as caught:
        generate.generate(two, two.data, two, tmp_path / "templates", tmp_path / "package")

    assert caught.value.lines == (
        "two.yaml:10: the generator has made no module of operation `two`",
        "two.yaml:16: the generator has made no module of `Thing`",
    )


def test_a_formatter_of_another_version_is_refused(
    root: Path, regenerate: Regenerate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is what the program itself says, not what its package claims."""
    other = tmp_path / "ruff"
    other.write_text("#!/bin/sh\necho ruff 0.0.1\n", encoding="utf-8")
    other.chmod(0o755)
    monkeypatch.setattr("ruff.find_ruff_bin", lambda: str(other))
    code, _, lines = regenerate(root, "--check")

    assert code == 2
    assert lines[0].startswith("ruff 0.0.1 is installed, pyproject.toml pins ")


def test_a_formatter_that_is_gone_is_told(
    root: Path, regenerate: Regenerate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package whose program is missing counts as not installed."""
    monkeypatch.setattr("ruff.find_ruff_bin", lambda: str(tmp_path / "none"))
    code, _, lines = regenerate(root, "--check")

    assert code == 2
    assert lines[0].startswith("ruff is not installed for this Python, pyproject.toml pins ")


def test_two_runs_at_once_are_refused(checkout: Path, regenerate: Regenerate) -> None:
    """The second of two runs on one checkout says so and ends; the system lets go of the lock by itself."""
    folder = os.open(checkout, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_SH)
    code, _, lines = regenerate(checkout)
    os.close(folder)

    assert code == 2
    assert lines[0] == "another regeneration of this checkout is running: wait for it to end"


def test_what_a_killed_run_has_left_is_put_right_first(checkout: Path, regenerate: Regenerate) -> None:
    """The next run finds the old output again, and cleans up beside it."""
    before = tree.read(checkout / "generated")
    (checkout / ".generated-new" / "half").mkdir(parents=True)
    (checkout / "generated").rename(checkout / ".generated-old")

    assert regenerate(checkout)[:2] == (0, ["generated/ is up to date"])
    assert tree.read(checkout / "generated") == before
    assert not list(checkout.glob(".generated-*"))


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (RuntimeError("oops"), "regenerate: could not run, by a fault of its own; the tree is whole"),
        (KeyboardInterrupt(), "regenerate: interrupted; the tree is whole"),
    ],
    ids=["fault", "interrupt"],
)
def test_a_fault_of_the_program_is_no_drift(
    root: Path, regenerate: Regenerate, monkeypatch: pytest.MonkeyPatch, raised: BaseException, said: str
) -> None:
    """Whatever goes wrong inside, the exit code is that of a run that could not be made."""

    def fail(*arguments: Any) -> int:
        raise raised

    monkeypatch.setattr(command, "_run", fail)
    code, _, lines = regenerate(root, "--check")

    assert (code, lines[-1]) == (2, said)
