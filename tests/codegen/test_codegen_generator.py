"""What the program around the generator answers: what it was given, what it found wrong, and what it made."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import openapi_python_client
import pytest
from codegen import generator
from openapi_python_client.config import Config, MetaType
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.schema import Parameter

Answer = Callable[..., dict[str, Any]]


class Runs:
    """Stands in the place of the generator: remembers its settings, and does as it is told.

    Attributes:
        given: The settings and the templates of each run.
        errors: What it complains of.
        crash: Raises what it dies of.
    """

    def __init__(self) -> None:
        self.given: list[tuple[Config, Path]] = []
        self.errors: list[GeneratorError] = []
        self.crash: Callable[[], object] = lambda: None

    def __call__(self, *, config: Config, custom_template_path: Path) -> list[GeneratorError]:
        """As `openapi_python_client.generate`."""
        self.given.append((config, custom_template_path))
        self.crash()
        return self.errors


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """The generator; see there."""
    runs = Runs()
    monkeypatch.setattr(openapi_python_client, "generate", runs)
    return runs


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """The answer to a request with these settings; templates are below `tmp_path/templates`."""

    def ask(**settings: Any) -> dict[str, Any]:
        request = {
            "document": str(tmp_path / "document.json"),
            "package": str(tmp_path / "package"),
            "settings": settings,
            "templates": str(tmp_path / "templates"),
            "operations": ["getThing", "1st", "class"],
            "schemas": {"Thing": "BigThing", "2nd": "2nd"},
        }
        return generator.answer(request)

    return ask


def test_the_generator_gets_what_the_request_says(answer: Answer, runs: Runs, tmp_path: Path) -> None:
    """The document in UTF-8, the package without anything around it and not over another one, and the templates."""
    answer(literal_enums=True, post_hooks=[])
    ((config, templates),) = runs.given

    assert (config.document_source, config.output_path, templates) == (
        tmp_path / "document.json",
        tmp_path / "package",
        tmp_path / "templates",
    )
    assert (config.meta_type, config.overwrite, config.literal_enums) == (MetaType.NONE, False, True)
    assert config.file_encoding.lower() == "utf-8"


def test_the_answer_names_the_modules_that_should_be_there(answer: Answer, runs: Runs) -> None:
    """As the generator makes names, with its prefix where a name could not stand in Python."""
    found = answer(field_prefix="my_", post_hooks=[])

    assert {name: found[name] for name in ("operations", "schemas", "errors", "crash")} == {
        "operations": {"getThing": "get_thing", "1st": "my_1st", "class": "class_"},
        "schemas": {"Thing": "big_thing", "2nd": "my_2_nd"},
        "errors": [],
        "crash": None,
    }
    assert (found["unknown_settings"], found["unknown_templates"], found["wrong_settings"]) == ([], [], [])


def test_settings_that_the_generator_does_not_know_are_told(answer: Answer, runs: Runs) -> None:
    """In order, beside all that it knows; nothing is generated then."""
    found = answer(zzz=1, literal_enums=True, aaa=2)

    assert (found["unknown_settings"], found["wrong_settings"]) == (["aaa", "zzz"], [])
    assert found["known_settings"] == sorted(found["known_settings"])
    assert {"literal_enums", "post_hooks", "package_name_override"} <= set(found["known_settings"])
    assert "errors" not in found
    assert runs.given == []


def test_settings_of_another_type_are_told(answer: Answer, runs: Runs) -> None:
    """By name, each with what is wrong, beside those that are not known."""
    found = answer(literal_enums="often", post_hooks=5, zzz=1)

    assert [name for name, _ in found["wrong_settings"]] == ["post_hooks", "literal_enums"]
    assert all(message.startswith("Input should be a valid ") for _, message in found["wrong_settings"])
    assert (found["unknown_settings"], found["unknown_templates"]) == (["zzz"], [])
    assert runs.given == []


def test_templates_that_the_generator_does_not_have_are_told(answer: Answer, runs: Runs, tmp_path: Path) -> None:
    """By their paths, in order; other files are no templates; nothing is generated then."""
    for name in ("b.jinja", "model.py.jinja", "a/model.py.jinja", "property_templates/date_property.py.jinja", "b.txt"):
        (tmp_path / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "templates" / name).touch()
    found = answer()

    assert found["unknown_templates"] == ["a/model.py.jinja", "b.jinja"]
    assert runs.given == []


def test_complaints_come_as_data(answer: Answer, runs: Runs) -> None:
    """With what they are about as the document has it: only what was said, by its names there."""
    parameter = Parameter.model_validate({"name": "p", "in": "query", "schema": {"type": "object"}})
    runs.errors = [
        ParseError(header="One", detail="more", data=parameter),
        ParseError(header="Two"),
        GeneratorError(header="Three", detail="less"),
    ]

    assert answer()["errors"] == [
        {
            "header": "One",
            "detail": "more",
            "data": {"name": "p", "in": "query", "schema": {"type": "object"}},
        },
        {"header": "Two", "detail": None, "data": None},
        {"header": "Three", "detail": "less", "data": None},
    ]


def test_a_crash_is_an_answer(answer: Answer, runs: Runs, tmp_path: Path) -> None:
    """With its kind, its words and its place: the innermost template, or the one that is none, or nothing."""
    folder = tmp_path / "shapes"
    folder.mkdir()
    texts = {
        "outer.jinja": "\n{% include 'middle.jinja' %}",
        "middle.jinja": "{% include 'inner.jinja' %}",
        "inner.jinja": "\n\n{{ no.thing }}",
        "bad.jinja": "\n{% if %}",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    shapes = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=False)
    crashes: dict[str, Callable[[], object]] = {
        "outer": lambda: shapes.get_template("outer.jinja").render(),
        "bad": lambda: shapes.get_template("bad.jinja"),
        "none": lambda: [][1],
    }
    found = {}
    for name, crash in crashes.items():
        runs.crash = crash
        told = answer()
        found[name] = (told["crash"].split(".")[0], told["place"], told["errors"])

    assert found == {
        "outer": ("UndefinedError: 'no' is undefined", (str(folder / "inner.jinja"), 3), []),
        "bad": (
            "TemplateSyntaxError: Expected an expression, got 'end of statement block'",
            (str(folder / "bad.jinja"), 2),
            [],
        ),
        "none": ("IndexError: list index out of range", None, []),
    }
