"""What a trial finds in the package and the client as they are, for fragments and packages that say something else."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anthropic_models_api.models
import pytest
import yaml
from anthropic_models_api.models import ModelInfo
from codegen import references, trial

import anthropic_models

ROOT = Path(__file__).resolve().parents[2]
FRAGMENT = yaml.safe_load((ROOT / "openapi" / "models.yaml").read_text(encoding="utf-8"))
((PATH, ITEM),) = FRAGMENT["paths"].items()
GET = ("paths", PATH, "get")


def found(change: Callable[[Any], object] = bool, **settings: Any) -> dict[str, str]:
    """What is said, by the place as a reference would name it, after a change of the operation."""
    data = copy.deepcopy(FRAGMENT)
    change(data["paths"][PATH]["get"])
    told = trial.findings(data, "anthropic_models_api", **{"has_client": True, **settings})
    return {references.write(tuple(place)): message for place, message in told}


def test_the_package_does_what_the_fragment_says() -> None:
    """And is imported at least if there is no client."""
    assert (found(), found(has_client=False)) == ({}, {})


def test_an_example_that_cannot_be_read_is_told() -> None:
    """At the example, with what is wrong with it."""
    content = (*GET, "responses", "200", "content", "application/json")

    def change(operation: Any) -> None:
        body = operation["responses"]["200"]["content"]["application/json"]
        body.pop("examples")
        body["example"] = {"id": 5}

    assert found(change) == {
        references.write((*content, "example")): "MismatchError: id: expected a string, got 5",
    }


def test_answers_of_other_forms_are_tried_too() -> None:
    """Without an example, with one elsewhere, with a range or the rest of the statuses, with another content type."""

    def change(operation: Any) -> None:
        body = operation["responses"]["200"]["content"]["application/json"]
        body["examples"] = {"far": {"externalValue": "https://example.com"}}
        operation["responses"] = {
            "200": {
                **operation["responses"]["200"],
                "content": {"text/csv": {"examples": {}}, "application/json": body},
            },
            "4XX": {"description": "It."},
            "default": {"description": "It."},
        }

    assert found(change) == {}
    assert (
        found(lambda operation: operation.update(responses={"200": {"description": "", "content": {"a/b": {}}}})) == {}
    )


def test_a_parameter_that_is_needed_needs_an_example() -> None:
    """If no guess fits; one that is not needed is left out."""
    schema = {"type": "string", "pattern": "^zz$"}

    def change(operation: Any) -> None:
        operation["parameters"][0] = {"name": "model_id", "in": "path", "required": True, "schema": schema}

    place = references.write((*GET, "parameters", 0))

    assert found(change) == {place: "give it an `example`: none was guessed"}
    beta = {"name": "anthropic-beta", "in": "header", "schema": {"type": "array", "minItems": 9, "items": {}}}
    assert found(lambda operation: operation["parameters"].__setitem__(2, beta)) == {}


def test_a_resource_does_not_hide_what_the_client_has() -> None:
    """The tag is told."""
    assert found(lambda operation: operation.update(tags=["close"])) == {
        references.write((*GET, "tags")): "`close` is an attribute of the client already"
    }


def test_every_schema_is_a_type_of_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under its own name."""
    monkeypatch.setattr(anthropic_models_api.models, "__all__", ("BaseModel",))
    monkeypatch.setattr(anthropic_models_api.models, "BaseModel", object, raising=False)

    assert found() == {"#/components/schemas/BaseModel": "anthropic_models.types has another `BaseModel`"}


def test_what_was_read_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that loses something on the way is told at its example."""
    written = ModelInfo.to_dict
    monkeypatch.setattr(ModelInfo, "to_dict", lambda self, **more: {**written(self, **more), "id": "other"})

    assert set(found().values()) == {"what was read is not what is written again"}


def test_a_client_that_sends_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither does it refuse anything."""

    class Client:
        models = None

        def __init__(self, **_: Any) -> None:
            self.models = self

        def retrieve(self, **_: Any) -> None:
            """Say nothing."""

    monkeypatch.setattr(anthropic_models, "Anthropic", Client)
    del Client.models

    told = trial.findings(FRAGMENT, "anthropic_models_api", has_client=True)
    assert {message for _, message in told} == {
        "0 requests were sent",
        "`model_id` is taken whatever it is",
        "`model_id` can be left out",
        "`anthropic_version` is taken whatever it is",
        "`betas` is taken whatever it is",
    }
