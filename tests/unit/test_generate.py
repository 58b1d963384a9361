"""What the generator is asked for, and what its answers mean for the author of the fragment."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cases import each
from codegen import generate, toolchain

FRAGMENT = """openapi: 3.1.0
info: { title: Small, version: x }
paths:
  /one:
    get: { operationId: one, parameters: [{ name: p, in: query }] }
  /two:
    get: { operationId: two }
    put:
      operationId: three
      parameters:
        - { name: p, in: query }
        - { name: q, in: query }
components:
  pathItems: { Shared: { get: { operationId: shared } } }
  schemas:
    Thing: { type: object }
    Word-2.0: { type: string, enum: [a], title: Words }
    Any: {}
    Alias: { allOf: [{ $ref: "#/components/schemas/Thing" }] }
    Either: { type: object, oneOf: [{}] }
  parameters:
    P: { name: r, in: query }
"""
ANSWER: dict[str, Any] = {
    "known_settings": ["good", "better"],
    "unknown_settings": [],
    "wrong_settings": [],
    "unknown_templates": [],
    "operations": {"one": "one_module", "two": "two", "three": "three"},
    "schemas": {"Thing": "thing", "Word-2.0": "words"},
}
MADE = ["api/a/one_module.py", "api/b/two.py", "api/b/three.py", "models/thing.py", "models/words.py"]

Refusals = Callable[..., list[str]]


@pytest.fixture
def refusals(load: Any, refused: Any, programs: Any, tmp_path: Path) -> Refusals:
    """What is said of the fragment above if this is the generator's answer, and these modules are there."""

    def refusals(answer: dict[str, Any], made: tuple[str, ...] = ()) -> list[str]:
        for file in made:
            (tmp_path / "package" / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "package" / file).touch()
        programs.answer = (0, json.dumps({**ANSWER, **answer}), "it says much\n")
        fragment, settings = load(FRAGMENT), load("good: 1\nbad: 2\n")
        return refused(
            generate.generate, fragment, fragment.data, settings, tmp_path / "open" / "shapes", tmp_path / "package"
        )

    return refusals


def test_the_generator_is_asked_apart_from_everything(refusals: Refusals, programs: Any, tmp_path: Path) -> None:
    """By this Python, in UTF-8, without the caller's environment; for operations of paths, and for classes."""
    refusals({"crash": "X", "place": None})
    ((command, settings),) = programs.ran

    assert command[:5] == [sys.executable, "-P", "-s", "-X", "utf8"]
    assert (settings["env"], settings["cwd"], settings["encoding"]) == (toolchain.ENVIRONMENT, tmp_path, "utf-8")
    asked = json.loads(settings["input"])
    assert list(asked.pop("operations")) == ["one", "two", "three"]
    assert asked == {
        "document": str(tmp_path / "document.json"),
        "package": str(tmp_path / "package"),
        "settings": {"good": 1, "bad": 2},
        "templates": str(tmp_path / "open" / "shapes"),
        "schemas": {"Thing": "Thing", "Word-2.0": "Words"},
    }
    assert json.loads((tmp_path / "document.json").read_text(encoding="utf-8"))["openapi"] == "3.1.0"


@each(
    ("answer", "said"),
    [
        ((1, "", "Traceback:\n  File x\nImportError: no\t such\n\n"), "ImportError: no such"),
        ((-9, "{}", " \n"), "exit code -9"),
    ],
)
def test_the_last_words_of_a_failure_are_told(
    load: Any, refused: Any, programs: Any, tmp_path: Path, answer: Any, said: str
) -> None:
    """In one line; without any, the exit code is."""
    programs.answer = answer
    document = load(FRAGMENT)
    (line,) = refused(generate.generate, document, document.data, load("a: 1"), tmp_path, tmp_path / "package")

    assert line == f"the generator could not be run: {said}"


def test_settings_and_templates_that_are_wrong_are_told_where_they_stand(refusals: Refusals) -> None:
    """With what was probably meant, or with the generator's reason."""
    answer = {"unknown_settings": ["bad", "goood"], "wrong_settings": [["good", "odd"]]}

    assert refusals({**answer, "unknown_templates": ["b/c.jinja"]}) == [
        "it.yaml:2: `bad` is not a setting of the generator",
        "it.yaml:1: `goood` is not a setting of the generator: did you mean `good`?",
        "it.yaml:1: `good` is not what the generator takes: odd",
        "open/shapes/b/c.jinja: overrides nothing: the generator has no template of this name",
    ]


def test_a_crash_is_told_with_its_place(refusals: Refusals, tmp_path: Path) -> None:
    """In a template of ours, in one of the generator's, or nowhere that is known; in one line."""
    places = [[f"{tmp_path}/open/shapes/b/c.jinja", 7], ["/lib/model.jinja", 3], None, ["", 0]]
    told = [refusals({"crash": "Odd:\n  words", "place": place}) for place in places]

    assert told == [
        [f"{where}: the generator stopped: Odd: words"]
        for where in ("open/shapes/b/c.jinja:7", "/lib/model.jinja:3", "the generator", "the generator")
    ]


def test_what_was_not_made_is_told(refusals: Refusals) -> None:
    """Each operation and each class, by the module that it should have; modules elsewhere do not count."""
    said = "the generator has made no module of"

    assert refusals({}, ("api/two.py", "models/one_module.py", "api/a/words.py")) == [
        f"it.yaml:{line}: {said} {what}"
        for line, what in [
            *((5, "operation `one`"), (7, "operation `two`"), (8, "operation `three`")),
            *((16, "`Thing`"), (17, "`Word-2.0`")),
        ]
    ]
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        refusals({}, tuple(MADE))


@each(
    ("header", "detail", "data", "said"),
    [
        ("Cannot parse PUT /two here", "odd", {"name": "p", "in": "query"}, "11: {} in PUT /two: odd"),
        ("Cannot parse", "odd", {"name": "p", "in": "query"}, "5: {}: odd"),
        ("Cannot parse GET /two", "odd", {"not": "there"}, "7: {} in GET /two: odd"),
        (
            "Cannot parse",
            "see /components/schemas/Word-2.0 there",
            None,
            "17: {}: see /components/schemas/Word-2.0 there",
        ),
        ("Cannot parse", "one\n two\n\nthree", None, "1: {}: one two"),
        ("The header.\n\nMore.", "", None, "1: {}: The header."),
        ("X", "<a.B object at 0x7f00> is no <c object at 0x1>", None, "1: {}: ... is no ..."),
    ],
)
def test_a_complaint_stands_at_what_it_is_about(
    refusals: Refusals, header: str, detail: str, data: Any, said: str
) -> None:
    """At the very words, first those of the operation that is named; else at the operation, or at the component."""
    (line,) = refusals({"errors": [{"header": header, "detail": detail, "data": data}] * 2})

    assert line == f"it.yaml:{said.format('the generator cannot express this')}"


def test_what_the_generator_misreads_stands_at_the_mistake(refusals: Refusals) -> None:
    """As far as its own way into the document leads there; between the steps it names its alternatives."""
    steps = [
        ["components", "schemas", "Word-2.0", "other", "enum", 5],
        ["paths", "/two", "put", "parameters", 1, "ref"],
        [],
    ]
    lines = [refusals({"errors": [{"header": "", "detail": "Odd.", "data": None, "loc": loc}]})[0] for loc in steps]

    assert lines == [f"it.yaml:{line}: the generator cannot express this: Odd." for line in (17, 12, 1)]


def test_what_is_lost_by_another_mistake_is_not_told(refusals: Refusals) -> None:
    """Unless nothing else is known."""
    lost = {"header": "", "detail": f"{generate.LOST} or enums", "data": None}
    cause = {"header": "/components/schemas/Thing", "detail": "Odd.", "data": None}

    assert refusals({"errors": [lost, cause]}) == ["it.yaml:16: the generator cannot express this: Odd."]
    assert refusals({"errors": [lost]}) == [f"it.yaml:1: the generator cannot express this: {lost['detail']}"]
