"""A package is tried before it is swapped in: a call that goes wrong stops regeneration, with the line of its cause."""

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
def trial_errors(monkeypatch, tmp_path):
    """Try the package and the client of this process after a change of the operation; returns the errors."""

    def run(command, **settings):
        out = io.StringIO()
        with monkeypatch.context() as patch, contextlib.redirect_stdout(out):
            patch.setattr("sys.stdin", io.StringIO(settings["input"]))
            runpy.run_path(command[-1], run_name="__main__")
        return subprocess.CompletedProcess(command, 0, out.getvalue(), "")

    def trial_errors(change=bool, root=ROOT):
        data = copies.deepcopy(FRAGMENT)
        data["paths"] = {PATH: data["paths"][PATH]}
        change(data["paths"][PATH]["get"])
        (tmp_path / "it.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
        monkeypatch.setattr(toolchain, "run", run)
        lines = (tmp_path / "it.yaml").read_text(encoding="utf-8").splitlines()
        found = errors_of(tmp_path / "it.yaml", root, ROOT / PACKAGE)
        return [f"{lines[int(line.split(':')[1]) - 1].strip()} {line.partition(': ')[2]}" for line in found]

    return trial_errors


def errors_of(fragment: Path, root: Path, package: Path) -> list[str]:
    """The error lines of the trial of a package; none if it passes."""
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
def test_a_wrong_package_is_refused(tmp_path, faults):
    """A missing module, a wrong type, an unchecked argument and an omissible required argument are found."""
    shutil.rmtree(tmp_path)
    fragment = copied(tmp_path) / "openapi" / "models.yaml"
    for _, file, old, new, _ in faults:
        source = (tmp_path / file).read_text(encoding="utf-8")
        assert old in source
        (tmp_path / file).write_text(source.replace(old, new, 1), encoding="utf-8")
    lines = errors_of(fragment, tmp_path, tmp_path / PACKAGE)

    for place, *_, message in faults:
        number = fragment.read_text(encoding="utf-8").split(place)[0].count("\n") + 1 if place else 0
        start = f"it.yaml:{number}: test call: " if place else ""
        assert any(line.startswith(start) and message in line for line in lines), lines


JSON = FRAGMENT["paths"][PATH]["get"]["responses"]["200"]["content"]["application/json"]
FAR = {**JSON, "examples": {"far": {"externalValue": "https://example.com"}}}
REQUIRED = {"name": "model_id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^zz$"}}
BETAS = {"name": "anthropic-beta", "in": "header", "schema": {"type": "array", "minItems": 9, "items": {}}}


def respond_with(content: Any) -> Any:
    """A change of the operation: its response has this content."""
    return lambda operation: operation["responses"].update({"200": {"description": "", "content": content}})


@each(
    ("change", "lines"),
    [
        (respond_with({"application/json": FAR, "text/csv": {"example": {}}}), []),
        (respond_with({"a/b": {}}), []),
        (lambda it: it["responses"].update({key: {"description": "It."} for key in ("4XX", "default")}), []),
        (
            respond_with({"application/json": {"example": {"id": 5}}}),
            ["example: test call: MismatchError: id: expected a string, got 5"],
        ),
        (
            lambda it: it["parameters"].__setitem__(0, REQUIRED),
            ["- name: model_id test call: add an `example`: no valid value could be guessed"],
        ),
        (lambda it: it["parameters"].__setitem__(0, {**REQUIRED, "example": "zz"}), []),
        (lambda it: it["parameters"].__setitem__(2, BETAS), []),  # optional, so it is omitted
        (lambda it: it.update(tags=["close"]), ["tags: test call: `close` is already a client attribute"]),
    ],
)
def test_each_response_is_parsed_and_each_parameter_passed(change, lines, trial_errors):
    """All examples, statuses and content types are tried; the line of an error is the example or the parameter."""
    assert trial_errors(change) == lines


def test_every_schema_is_a_type_of_the_client(trial_errors, monkeypatch):
    """Each schema is in `anthropic_models.types` under its own name; another type with that name is an error."""
    monkeypatch.setattr(anthropic_models_api.models, "__all__", ("BaseModel",))
    monkeypatch.setattr(anthropic_models_api.models, "BaseModel", object, raising=False)

    assert trial_errors() == ["schemas: test call: anthropic_models.types has a different `BaseModel`"]


def test_a_model_that_loses_data_is_refused(trial_errors, monkeypatch):
    """A model that changes when it is parsed and written again is reported at its first example."""
    written = ModelInfo.to_dict
    monkeypatch.setattr(ModelInfo, "to_dict", lambda self, **more: {**written(self, **more), "id": "other"})

    assert trial_errors() == ["value: test call: it changes when it is parsed and written again"]


def test_a_client_that_rejects_valid_responses_is_refused(trial_errors, monkeypatch):
    """The error of the client is reported at the example, also if it has the status of the response."""
    monkeypatch.setattr("anthropic_models.responses.decode", lambda content: 1)

    assert "value: test call: APIResponseValidationError" in trial_errors()[0]


def test_a_client_that_does_nothing_is_refused(trial_errors, monkeypatch):
    """A client that sends no request and accepts every argument has an error for each."""

    class Client:
        def __init__(self, **_: Any) -> None:
            self.models = self

        def retrieve(self, **_: Any) -> None:
            """Do nothing."""

    monkeypatch.setattr(anthropic_models, "Anthropic", Client)

    assert trial_errors(root=ROOT / "openapi") == []  # without a client the package is imported only
    assert {line.partition(" test call: ")[2] for line in trial_errors()} >= {
        "0 requests were sent",
        "`model_id` accepts an invalid value",
        "`model_id` can be omitted",
        "`anthropic_version` accepts an invalid value",
        "`betas` accepts an invalid value",
    }
