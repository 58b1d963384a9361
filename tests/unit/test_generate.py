"""What the generator makes of a document, and what its complaints mean for the author of the fragment."""

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
    """The modules that the generator makes of a document with these settings."""
    compile_once(monkeypatch)
    (tmp_path / "shapes").mkdir()
    templates = generate.TEMPLATES  # ours would need more of a document

    def made(settings: str = SETTINGS, text: str = FRAGMENT) -> list[str]:
        fragment = load(text)
        package = generate.generate(fragment, fragment.data, load(settings), templates, tmp_path)
        return sorted(path.relative_to(package).as_posix() for path in package.rglob("*/**/*.py"))

    return made


@pytest.fixture
def refusals(made: Made, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What is said if these are the generator's complaints."""

    def refusals(*complaints: GeneratorError) -> list[str]:
        monkeypatch.setattr(openapi_python_client.Project, "build", lambda project: complaints)
        return refused(made)

    return refusals


def test_what_was_not_made_is_told(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each operation and each class that is dropped without a word."""
    parse = GeneratorData.from_dict

    def silent(*arguments: Any, **named: Any) -> Any:
        found: Any = parse(*arguments, **named)
        found.endpoint_collections_by_tag.clear()
        found.models = found.enums = []
        return found

    monkeypatch.setattr(GeneratorData, "from_dict", silent)
    dropped = {5: "operation `getThing`", 7: "operation `class`", 13: "`Thing`", 14: "`Word-2.0`"}

    assert refused(made) == [f"it.yaml:{line}: the generator made no module for {it}" for line, it in dropped.items()]


def test_a_crash_in_no_template_is_told_too(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its kind and its words; in a template of the generator's own, with its line."""
    monkeypatch.setattr(openapi_python_client.Project, "build", lambda project: [][1])
    assert refused(made) == ["the generator: the generator stopped: IndexError: list index out of range"]

    monkeypatch.setattr(generate, "TEMPLATES", Path("/nonexistent"))
    assert any(line.endswith("the generator has no template of this name") for line in refused(made))


@each(
    ("header", "detail", "data", "said"),
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
def test_a_complaint_stands_at_what_it_is_about(
    refusals: Callable[..., list[str]], header: str, detail: str, data: Any, said: str
) -> None:
    """At the very words, first those of the operation that is named; else at the operation, or at the component."""
    complaint = ParseError(detail=detail, header=header, data=data and Parameter.model_validate(data))

    assert refusals(complaint, complaint) == [f"it.yaml:{said.format(EXPRESS)}"]


def test_what_is_lost_by_another_mistake_is_not_told(refusals: Callable[..., list[str]]) -> None:
    """Unless nothing else is known."""
    lost = GeneratorError(header="", detail=f"{generate.LOST} or enums")
    cause = GeneratorError(header="/components/schemas/Thing", detail="Odd.")

    assert refusals(lost, cause) == [f"it.yaml:13: {EXPRESS}: Odd."]
    assert refusals(lost) == [f"it.yaml:1: {EXPRESS}: {lost.detail}"]


def test_what_the_generator_misreads_stands_at_the_mistake(made: Made) -> None:
    """As far as its own way into the document leads there; between the steps it names its alternatives."""
    assert refused(made, SETTINGS, FRAGMENT.replace("enum: [a]", "\n      enum: []"))[0].startswith(
        f"it.yaml:15: {EXPRESS}: List should have at least 1 item"
    )
