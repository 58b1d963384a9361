"""The program around the generator, as the step before starts it: it makes a package, or says why not."""

import contextlib
import io
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openapi_python_client
import pytest
from codegen import generate

FRAGMENT = """openapi: 3.1.0
info: { title: Small, version: x }
paths:
  /one: { get: { operationId: getThing, responses: { "200": { description: Done. } } } }
  /two: { get: { operationId: class, responses: { "200": { description: Done. } } } }
components:
  schemas:
    Thing: { type: object }
    Other: { type: string, enum: [a], title: BigThing }
"""
Make = Callable[[str], list[str]]


@pytest.fixture
def make(load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Generate with these settings; gives the modules. The program runs in this process."""

    def run(command: list[str], **settings: Any) -> "subprocess.CompletedProcess[str]":
        out = io.StringIO()
        with monkeypatch.context() as patch, contextlib.redirect_stdout(out):
            patch.setattr(sys, "stdin", io.StringIO(settings["input"]))
            runpy.run_path(command[-1], run_name="__main__")
        return subprocess.CompletedProcess(command, 0, out.getvalue(), "")

    monkeypatch.setattr(subprocess, "run", run)
    (tmp_path / "shapes").mkdir()

    def made(text: str) -> list[str]:
        fragment, settings = load(FRAGMENT), load(text)
        generate.generate(fragment, fragment.data, settings, tmp_path / "shapes", tmp_path / "package")
        return sorted(path.relative_to(tmp_path / "package").as_posix() for path in tmp_path.rglob("package/*/**/*.py"))

    return made


def test_the_package_has_a_module_for_all_that_was_asked_for(make: Make) -> None:
    """Named as the generator names them, without anything around the package."""
    modules = [name for name in make("post_hooks: []") if not name.endswith("__init__.py")]

    assert modules == ["api/default/class_.py", "api/default/get_thing.py", "models/big_thing.py", "models/thing.py"]


def test_a_crash_in_no_template_is_told_too(make: Make, refused: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its kind and its words."""
    monkeypatch.setattr(openapi_python_client.Project, "build", lambda project: [][1])

    assert refused(make, "post_hooks: []") == [
        "the generator: the generator stopped: IndexError: list index out of range"
    ]


def test_every_setting_that_is_wrong_is_told_at_once(make: Make, refused: Any) -> None:
    """Those that the generator does not know, and those of another type."""
    lines = refused(make, "literal_enums: often\npost_hook: []\n")

    assert [line.split(":")[:2] for line in lines] == [["it.yaml", "2"], ["it.yaml", "1"]]
    assert "did you mean `post_hooks`?" in lines[0]
    assert "`literal_enums` is not what the generator takes: Input should be a valid " in lines[1]


def test_a_document_that_it_cannot_read_is_told_with_the_place(tmp_path: Path) -> None:
    """Step by step, with what is wrong there."""
    from codegen import generator

    (tmp_path / "document.json").write_text(
        '{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}, '
        '"components": {"schemas": {"A": {"enum": []}}}}',
        encoding="utf-8",
    )
    paths = {"templates": str(tmp_path), "package": str(tmp_path / "p"), "document": str(tmp_path / "document.json")}
    told = generator.answer({**paths, "settings": {"post_hooks": []}, "operations": {}, "schemas": {}})
    (error,) = told["errors"]

    assert [step for step in error["loc"] if step != "other"] == ["components", "schemas", "A", "enum"]
    assert "at least 1 item" in error["detail"]
