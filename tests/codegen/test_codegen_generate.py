"""What the generator is asked for, and what its answers mean for the author of the fragment."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import generate

Load = Callable[[str], Any]
Refused = Callable[..., list[str]]

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
    Word: { type: string, enum: [a], title: Words }
    Any: {}
"""
NOTHING: dict[str, Any] = {
    "known_settings": ["good", "better"],
    "unknown_settings": [],
    "wrong_settings": [],
    "unknown_templates": [],
}


class Asked:
    """Stands in the place of the generator: remembers the request, and answers as it is told.

    Attributes:
        requests: What it was asked.
        answer: What it says.
    """

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.answer: dict[str, Any] = NOTHING

    def __call__(self, request: dict[str, Any]) -> dict[str, Any]:
        """As `generate._ask`."""
        self.requests.append(request)
        return self.answer


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The generator; see there."""
    asked = Asked()
    monkeypatch.setattr(generate, "_ask", asked)
    return asked


@pytest.fixture
def run(load: Load, tmp_path: Path, asked: Asked) -> Callable[..., None]:
    """Generate from the fragment above, or from other data, into `tmp_path/package`."""

    def go(data: Any = None) -> None:
        fragment = load(FRAGMENT)
        settings = load("good: 1\nbad: 2\n")
        generate.generate(fragment, data or fragment.data, settings, tmp_path / "open" / "shapes", tmp_path / "package")

    return go


def made(*files: str) -> Callable[[Path], dict[str, Any]]:
    """An answer of a generator that has written these modules."""

    def answer(folder: Path) -> dict[str, Any]:
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).touch()
        operations = {"one": "one_module", "two": "two", "three": "three"}
        return {**NOTHING, "errors": [], "operations": operations, "schemas": {"Thing": "thing", "Word": "words"}}

    return answer


def test_the_generator_is_asked_for_all_that_it_should_make(run: Any, asked: Asked, tmp_path: Path) -> None:
    """Operations of paths by their ids, classes by their titles; the document stands beside the package, as JSON."""
    asked.answer = {**NOTHING, "crash": "X", "place": None}
    with pytest.raises(Exception, match="X"):
        run()
    document = tmp_path / "document.json"

    assert asked.requests == [
        {
            "document": str(document),
            "package": str(tmp_path / "package"),
            "settings": {"good": 1, "bad": 2},
            "templates": str(tmp_path / "open" / "shapes"),
            "operations": ["one", "two", "three"],
            "schemas": {"Thing": "Thing", "Word": "Words"},
        }
    ]
    assert json.loads(document.read_text(encoding="utf-8"))["components"]["schemas"]["Any"] == {}


def test_a_document_without_components_asks_for_no_classes(run: Any, asked: Asked) -> None:
    """Nor does one whose components are others."""
    asked.answer = {**NOTHING, "operations": {}, "schemas": {}}
    data: Any = {"openapi": "3.1.0", "info": {"title": "é"}, "paths": {}}
    run(data)
    run({**data, "components": {"parameters": {}}})

    assert [(request["operations"], request["schemas"]) for request in asked.requests] == [([], {})] * 2


def test_settings_that_are_wrong_are_told_where_they_stand(run: Any, asked: Asked, refused: Refused) -> None:
    """A name that is none, with what was probably meant; a value that is refused, with the reason."""
    asked.answer = {
        **NOTHING,
        "unknown_settings": ["bad", "goood", "odd"],
        "wrong_settings": [["bad", "must be true"], ["good", "must be good"]],
    }

    assert refused(run) == [
        "it.yaml:2: `bad` is not a setting of the generator",
        "it.yaml:1: `goood` is not a setting of the generator: did you mean `good`?",
        "it.yaml:1: `odd` is not a setting of the generator",
        "it.yaml:2: `bad` is not what the generator takes: must be true",
        "it.yaml:1: `good` is not what the generator takes: must be good",
    ]


def test_templates_that_override_nothing_are_told(run: Any, asked: Asked, refused: Refused) -> None:
    """By the last two folders and their own name."""
    asked.answer = {**NOTHING, "unknown_templates": ["a.jinja", "b/c.jinja"]}
    why = "overrides nothing: the generator has no template of this name"

    assert refused(run) == [f"open/shapes/a.jinja: {why}", f"open/shapes/b/c.jinja: {why}"]


def test_a_crash_is_told_with_its_place(run: Any, asked: Asked, refused: Refused, tmp_path: Path) -> None:
    """In a template of ours, in one of the generator's, or nowhere that is known; in one line."""
    places: list[Any] = [[f"{tmp_path}/open/shapes/b/c.jinja", 7], ["/lib/model.jinja", 3], None, ["", 0]]
    told = []
    for place in places:
        asked.answer = {**NOTHING, "crash": "Odd:\n  " + "x" * 300, "place": place}
        told += refused(run)
    what = "the generator stopped: Odd: " + "x" * 171 + "…"

    assert told == [
        f"open/shapes/b/c.jinja:7: {what}",
        f"/lib/model.jinja:3: {what}",
        f"the generator: {what}",
        f"the generator: {what}",
    ]


def test_all_that_is_wrong_is_told_at_once_and_once(run: Any, asked: Asked, refused: Refused) -> None:
    """What is missing is told only where nothing else explains it."""
    error = {"header": "Odd", "detail": None, "data": {"name": "q", "in": "query"}}
    answer = {**NOTHING, "unknown_settings": ["bad"], "unknown_templates": ["a.jinja"]}
    asked.answer = {**answer, "crash": "Y", "place": None, "errors": [error, error]}

    assert refused(run) == [
        "it.yaml:2: `bad` is not a setting of the generator",
        "open/shapes/a.jinja: overrides nothing: the generator has no template of this name",
        "the generator: the generator stopped: Y",
        "it.yaml:12: the generator cannot express this: Odd",
    ]


def test_what_was_not_made_is_told(run: Any, asked: Asked, refused: Refused, tmp_path: Path) -> None:
    """Each operation and each class, by the module that it should have; modules elsewhere do not count."""
    everything = ["api/a/one_module.py", "api/b/two.py", "api/b/three.py", "models/thing.py", "models/words.py"]
    asked.answer = made("api/two.py", "models/one_module.py", "api/a/words.py")(tmp_path / "package")
    missing = refused(run)
    asked.answer = made(*everything)(tmp_path / "package")
    run()

    assert missing == [
        "it.yaml:5: the generator has made no module of operation `one`",
        "it.yaml:7: the generator has made no module of operation `two`",
        "it.yaml:8: the generator has made no module of operation `three`",
        "it.yaml:16: the generator has made no module of `Thing`",
        "it.yaml:17: the generator has made no module of `Word`",
    ]
