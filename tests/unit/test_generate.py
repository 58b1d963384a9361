"""The generator's errors are reported at the place in the fragment that causes them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openapi_python_client
import pytest
from cases import each
from codegen import generate
from fragment.small import refused
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.schema import Parameter
from templates import compile_once

FRAGMENT = """openapi: 3.1.0
info: { title: Small, version: x }
paths:
  /one:
    get: { operationId: getThing, parameters: [{ name: p, in: query, schema: {} }], responses: &done {} }
  /two:
    get:
      operationId: class
      parameters: [{ name: p, in: query, schema: {} }]
      responses: { "200": { description: Done. } }
components:
  schemas:
    Thing: { type: object }
    Word-2.0: { type: string, enum: [a], title: BigThing }
    Any: {}
    Alias: { allOf: [{ $ref: "#/components/schemas/Thing" }] }
    Either: { type: object, oneOf: [{}] }
""".replace("&done {}", '{ "200": { description: Done. } }')
SETTINGS = "post_hooks: []\npackage_name_override: package\n"
EXPRESS = "the generator rejects this"

Made = Callable[..., list[str]]


@pytest.fixture
def made(load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Run the generator on a document with these settings; returns the modules that it makes."""
    compile_once(monkeypatch)
    (tmp_path / "shapes").mkdir()
    templates = generate.TEMPLATES  # ours need a more complete document

    def made(settings: str = SETTINGS, text: str = FRAGMENT) -> list[str]:
        fragment = load(text)
        package = generate.generate(fragment, fragment.data, load(settings), templates, tmp_path)
        return sorted(path.relative_to(package).as_posix() for path in package.rglob("*/**/*.py"))

    return made


@pytest.fixture
def refusals(made: Made, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Run the generator with these errors as its result; returns the lines that are reported."""

    def refusals(*errors: GeneratorError) -> list[str]:
        monkeypatch.setattr(openapi_python_client.Project, "build", lambda project: errors)
        return refused(made)

    return refusals


def test_what_the_generator_drops_silently_is_reported(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each operation and each class without a module is reported."""
    parse = GeneratorData.from_dict

    def silent(*arguments: Any, **named: Any) -> Any:
        found: Any = parse(*arguments, **named)
        found.endpoint_collections_by_tag.clear()
        found.models = found.enums = []
        return found

    monkeypatch.setattr(GeneratorData, "from_dict", silent)
    dropped = {5: "operation `getThing`", 7: "operation `class`", 13: "`Thing`", 14: "`Word-2.0`"}

    assert refused(made) == [f"it.yaml:{line}: the generator made no module for {it}" for line, it in dropped.items()]


def test_a_crash_outside_templates_is_reported(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the exception's type and message; a template that overrides nothing is reported too."""
    monkeypatch.setattr(openapi_python_client.Project, "build", lambda project: [][1])
    assert refused(made) == ["the generator: the generator stopped: IndexError: list index out of range"]

    monkeypatch.setattr(generate, "TEMPLATES", Path("/nonexistent"))
    assert any(line.endswith("the generator has no template of this name") for line in refused(made))


@each(
    ("header", "detail", "data", "line"),
    [
        ("Cannot parse GET /two here", "odd", {"name": "p", "in": "query", "schema": {}}, "9: {} in GET /two: odd"),
        ("Cannot parse", "odd", {"name": "p", "in": "query", "schema": {}}, "5: {}: odd"),
        ("Cannot parse GET /two", "odd", {"name": "q", "in": "query"}, "7: {} in GET /two: odd"),
        ("Cannot", "see /components/schemas/Word-2.0", None, "14: {}: see /components/schemas/Word-2.0"),
        ("Cannot parse", "one\n two\n\nthree", None, "1: {}: one two"),
        ("The header.\n\nMore.", "", None, "1: {}: The header."),
        ("X", "<a.B object at 0x7f00> is no <c object at 0x1>", None, "1: {}: ... is no ..."),
    ],
)
def test_an_error_is_reported_at_its_cause(
    refusals: Callable[..., list[str]], header: str, detail: str, data: Any, line: str
) -> None:
    """The line has the text in question, first within the named operation; else the operation or the component."""
    error = ParseError(detail=detail, header=header, data=data and Parameter.model_validate(data))

    assert refusals(error, error) == [f"it.yaml:{line.format(EXPRESS)}"]


def test_a_consequence_of_another_error_is_not_reported(refusals: Callable[..., list[str]]) -> None:
    """An error that only follows from another one is reported if no other is known."""
    lost = GeneratorError(header="", detail=f"{generate.LOST} or enums")
    cause = GeneratorError(header="/components/schemas/Thing", detail="Odd.")

    assert refusals(lost, cause) == [f"it.yaml:13: {EXPRESS}: Odd."]
    assert refusals(lost) == [f"it.yaml:1: {EXPRESS}: {lost.detail}"]


def test_a_validation_error_is_reported_at_the_mistake(made: Made) -> None:
    """The generator's path leads to the line, although it contains alternatives that are not in the document."""
    assert refused(made, SETTINGS, FRAGMENT.replace("enum: [a]", "\n      enum: []"))[0].startswith(
        f"it.yaml:15: {EXPRESS}: List should have at least 1 item"
    )
