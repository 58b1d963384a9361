"""Nothing is swapped in that was not tried: what a call would do wrong stops regeneration, at the line of its cause."""

import contextlib
import copy as copies
import io
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import anthropic_models_api.models
import pytest
import yaml
from anthropic_models_api.models import ModelInfo
from cases import each
from codegen import document, toolchain, trial
from codegen.problems import CannotRunError
from facts import FRAGMENT
from regeneration.copies import ROOT, copied

import anthropic_models

PACKAGE = "generated/anthropic_models_api"
MODEL, RETRIEVE = f"{PACKAGE}/models/model_info.py", f"{PACKAGE}/api/models/retrieve_model.py"
RESOURCE = f"{PACKAGE}/api/models/__init__.py"
PATH = next(iter(FRAGMENT["paths"]))
OPERATION, EXAMPLE = "get:", "                  value:\n"


@pytest.fixture
def said(monkeypatch, tmp_path):
    """What is said of the package and the client as they are in this process, after a change of the operation."""

    def run(command, **settings):
        out = io.StringIO()
        with monkeypatch.context() as patch, contextlib.redirect_stdout(out):
            patch.setattr("sys.stdin", io.StringIO(settings["input"]))
            runpy.run_path(command[-1], run_name="__main__")
        return subprocess.CompletedProcess(command, 0, out.getvalue(), "")

    def said(change=bool, root=ROOT):
        data = copies.deepcopy(FRAGMENT)
        data["paths"] = {PATH: data["paths"][PATH]}
        change(data["paths"][PATH]["get"])
        (tmp_path / "it.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
        monkeypatch.setattr(toolchain, "run", run)
        lines = (tmp_path / "it.yaml").read_text(encoding="utf-8").splitlines()
        found = told(tmp_path / "it.yaml", root, ROOT / PACKAGE)
        return [f"{lines[int(line.split(':')[1]) - 1].strip()} {line.partition(': ')[2]}" for line in found]

    return said


def told(fragment: Path, root: Path, package: Path) -> list[str]:
    """The lines with which the trial refuses a package; none if it passes."""
    try:
        trial.check(document.load(fragment, "it.yaml"), root, package)
    except CannotRunError as error:
        return list(error.lines)
    return []


@each(
    "faults",
    [
        [("", MODEL, "import datetime", "import nothing", "the new package cannot be tested: ModuleNotFoundError: ")],
        [(EXAMPLE, RETRIEVE, '"method": "get"', '"methods": "get"', "KeyError: 'method'")],
        [
            (EXAMPLE, MODEL, "display_name: str", "display_name: int", "display_name: expected an integer, got "),
            (OPERATION, RESOURCE, '"betas": betas', '"betas": UNSET', "`betas` accepts an invalid value"),
            (OPERATION, RESOURCE, "Annotated[str, Bounds(minLength=1)],", "str = 'm',", "`model_id` can be omitted"),
        ],
    ],
)
def test_a_package_that_does_something_else_is_refused(tmp_path, faults):
    """A module that is not there, a wrong type, an argument that is not looked at, one that is not missed."""
    shutil.rmtree(tmp_path)
    fragment = copied(tmp_path) / "openapi" / "models.yaml"
    for _, file, old, new, _ in faults:
        source = (tmp_path / file).read_text(encoding="utf-8")
        assert old in source
        (tmp_path / file).write_text(source.replace(old, new, 1), encoding="utf-8")
    lines = told(fragment, tmp_path, tmp_path / PACKAGE)

    for place, *_, complaint in faults:
        number = fragment.read_text(encoding="utf-8").split(place)[0].count("\n") + 1 if place else 0
        start = f"it.yaml:{number}: test call: " if place else ""
        assert any(line.startswith(start) and complaint in line for line in lines), lines


JSON = FRAGMENT["paths"][PATH]["get"]["responses"]["200"]["content"]["application/json"]
FAR = {**JSON, "examples": {"far": {"externalValue": "https://example.com"}}}
NEEDED = {"name": "model_id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^zz$"}}
BETAS = {"name": "anthropic-beta", "in": "header", "schema": {"type": "array", "minItems": 9, "items": {}}}


def answer(content: Any) -> Any:
    """The change to an answer with this content."""
    return lambda operation: operation["responses"].update({"200": {"description": "", "content": content}})


@each(
    ("change", "lines"),
    [
        (answer({"application/json": FAR, "text/csv": {"example": {}}}), []),
        (answer({"a/b": {}}), []),
        (lambda it: it["responses"].update({key: {"description": "It."} for key in ("4XX", "default")}), []),
        (
            answer({"application/json": {"example": {"id": 5}}}),
            ["example: test call: MismatchError: id: expected a string, got 5"],
        ),
        (
            lambda it: it["parameters"].__setitem__(0, NEEDED),
            ["- name: model_id test call: add an `example`: no valid value could be guessed"],
        ),
        (lambda it: it["parameters"].__setitem__(0, {**NEEDED, "example": "zz"}), []),
        (lambda it: it["parameters"].__setitem__(2, BETAS), []),  # one that is not needed is left out
        (lambda it: it.update(tags=["close"]), ["tags: test call: `close` is already a client attribute"]),
    ],
)
def test_each_answer_is_read_and_each_parameter_given(change, lines, said):
    """Whatever the example, the status and the content type; what is wrong is told at the example or the parameter."""
    assert said(change) == lines


def test_every_schema_is_a_type_of_the_client(said, monkeypatch):
    """Under its own name."""
    monkeypatch.setattr(anthropic_models_api.models, "__all__", ("BaseModel",))
    monkeypatch.setattr(anthropic_models_api.models, "BaseModel", object, raising=False)

    assert said() == ["schemas: test call: anthropic_models.types has a different `BaseModel`"]


def test_what_was_read_is_written_again(said, monkeypatch):
    """A model that loses something on the way is told at its first example."""
    written = ModelInfo.to_dict
    monkeypatch.setattr(ModelInfo, "to_dict", lambda self, **more: {**written(self, **more), "id": "other"})

    assert said() == ["value: test call: it changes when it is parsed and written again"]


def test_a_client_that_sends_nothing_is_told(said, monkeypatch):
    """Neither does it refuse anything."""

    class Client:
        def __init__(self, **_: Any) -> None:
            self.models = self

        def retrieve(self, **_: Any) -> None:
            """Say nothing."""

    monkeypatch.setattr(anthropic_models, "Anthropic", Client)

    assert said(root=ROOT / "openapi") == []  # without a client the package is imported only
    assert {line.partition(" test call: ")[2] for line in said()} >= {
        "0 requests were sent",
        "`model_id` accepts an invalid value",
        "`model_id` can be omitted",
        "`anthropic_version` accepts an invalid value",
        "`betas` accepts an invalid value",
    }
