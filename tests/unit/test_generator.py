"""What the program around the generator answers: what it was given, what it found wrong, and what it made."""

import io
import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import openapi_python_client
import pytest
from codegen import generator
from openapi_python_client.config import MetaType
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.schema import Parameter

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def request_(tmp_path: Path) -> dict[str, Any]:
    """A request for three operations and two classes, with templates below `tmp_path/templates`."""
    names = {"operations": ["getThing", "1st", "class"], "schemas": {"Thing": "BigThing", "2nd": "2nd"}}
    paths = {name: str(tmp_path / name) for name in ("document", "package", "templates")}
    return {**names, **paths, "settings": {"post_hooks": []}}


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Stands in the place of the generator: its settings and templates in each run."""
    given: list[Any] = []
    monkeypatch.setattr(openapi_python_client, "generate", lambda **settings: given.append(settings) or [])
    return given


def test_the_generator_gets_what_the_request_says(request_: Any, runs: list[Any], tmp_path: Path) -> None:
    """The document, the package without anything around it and not over another one, the templates, the settings."""
    request_["settings"] |= {"literal_enums": True}
    generator.answer(request_)
    config = runs[0]["config"]

    assert (config.document_source, config.output_path) == (tmp_path / "document", tmp_path / "package")
    assert runs[0]["custom_template_path"] == tmp_path / "templates"
    assert (config.meta_type, config.overwrite, config.literal_enums) == (MetaType.NONE, False, True)
    assert config.file_encoding == "utf-8"


def test_the_answer_names_the_modules_that_should_be_there(
    request_: Any, runs: list[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the generator makes names, with its prefix if a name could not stand in Python; the answer is JSON."""
    request_["settings"] |= {"field_prefix": "my_"}
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(request_)))
    runpy.run_path(str(generator.__file__), run_name="__main__")
    answer = json.loads(capsys.readouterr().out)

    assert len(answer.pop("known_settings")) > 5
    assert answer == {
        "operations": {"getThing": "get_thing", "1st": "my_1st", "class": "class_"},
        "schemas": {"Thing": "big_thing", "2nd": "my_2_nd"},
        "errors": [],
        "crash": None,
        "unknown_settings": [],
        "wrong_settings": [],
        "unknown_templates": [],
    }


def test_what_the_generator_does_not_know_is_told(request_: Any, runs: list[Any], tmp_path: Path) -> None:
    """Settings and templates, in order, and settings of another type with what is wrong; nothing is generated then."""
    for name in ("b.jinja", "model.py.jinja", "a/model.py.jinja", "property_templates/date_property.py.jinja", "b.txt"):
        (tmp_path / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "templates" / name).touch()
    found = generator.answer({**request_, "settings": {"zzz": 1, "literal_enums": True, "aaa": 2}})
    wrong = generator.answer({**request_, "settings": {"zzz": 1, "literal_enums": "often", "post_hooks": 5}})

    assert (found["unknown_settings"], found["wrong_settings"]) == (["aaa", "zzz"], [])
    assert found["unknown_templates"] == wrong["unknown_templates"] == ["a/model.py.jinja", "b.jinja"]
    assert found["known_settings"] == sorted({*found["known_settings"], "literal_enums", "post_hooks"})
    assert ([name for name, _ in wrong["wrong_settings"]], wrong["unknown_settings"]) == (
        ["post_hooks", "literal_enums"],
        ["zzz"],
    )
    assert all(message.startswith("Input should be a valid ") for _, message in wrong["wrong_settings"])
    assert ("errors" in found, "errors" in wrong, runs) == (False, False, [])


def test_complaints_come_as_data(request_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what they are about as the document has it: only what was said, by its names there."""
    parameter = Parameter.model_validate({"name": "p", "in": "query", "schema": {"type": "object"}})
    errors = [ParseError(header="One", detail="more", data=parameter), GeneratorError(header="Two", detail="less")]
    monkeypatch.setattr(openapi_python_client, "generate", lambda **settings: errors)

    assert generator.answer(request_)["errors"] == [
        {"header": "One", "detail": "more", "data": {"name": "p", "in": "query", "schema": {"type": "object"}}},
        {"header": "Two", "detail": "less", "data": None},
    ]


def test_a_crash_is_an_answer(request_: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With its kind, its words and its place: the innermost template, or the one that is none, or nothing."""
    outer, inner, bad = "\n{% include 'inner.jinja' %}", "\n\n{{ no.thing }}", "\n{% if %}"
    for name, text in (("outer", outer), ("inner", inner), ("bad", bad)):
        (tmp_path / f"{name}.jinja").write_text(text, encoding="utf-8")
    shapes = jinja2.Environment(loader=jinja2.FileSystemLoader(tmp_path), autoescape=False)
    found = {}
    crashes: dict[str, Callable[[], object]] = {
        "outer": lambda: shapes.get_template("outer.jinja").render(),
        "bad": lambda: shapes.get_template("bad.jinja"),
        "none": lambda: [][1],
    }
    for name, crash in crashes.items():
        monkeypatch.setattr(openapi_python_client, "generate", lambda crash=crash, **settings: crash())
        answer = generator.answer(request_)
        found[name] = (answer["crash"].split(",")[0], answer["place"], answer["errors"])

    assert found == {
        "outer": ("UndefinedError: 'no' is undefined", (str(tmp_path / "inner.jinja"), 3), []),
        "bad": ("TemplateSyntaxError: Expected an expression", (str(tmp_path / "bad.jinja"), 2), []),
        "none": ("IndexError: list index out of range", None, []),
    }
