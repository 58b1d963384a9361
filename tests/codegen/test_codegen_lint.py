"""The lint as a whole: which rules are asked, what each place is told, and in what order."""

from collections.abc import Callable
from typing import Any

from codegen import lint

Load = Callable[[str], Any]
Refused = Callable[..., list[str]]


def test_all_rules_are_asked_but_each_place_is_told_once(load: Load) -> None:
    """By line; rules that trust the structure wait until the meta-schema has no complaint; the rules' words win."""
    text = """openapi: 3.1.0
info: { title: Small, version: "1", tilte: x }
paths:
  /{x}:
    get: { responses: {} }
components:
  schemas:
    A: { type: aray, required: [a] }
"""
    sound = [
        "it.yaml:2: `tilte` is not a keyword of the Info Object: did you mean `title`?",
        "it.yaml:4: `{x}` is no declared path parameter",
        "it.yaml:5: GET /{x} has no operationId: it names the generated function",
        "it.yaml:5: not OpenAPI 3.1: 'default' is a required property",
        "it.yaml:8: `aray` is not a type: did you mean `array`?",
        "it.yaml:8: required `a` is no property",
    ]
    found = {
        "unsound": [str(problem) for problem in lint.findings(load(text))],
        "sound": [
            str(problem)
            for problem in lint.findings(load(text.replace("responses: {}", "tags: []").replace("aray", "array")))
        ],
    }

    assert found == {"unsound": [sound[0], *sound[3:5]], "sound": [*sound[:3], sound[5]]}


def test_a_long_complaint_is_cut(load: Load) -> None:
    """Whatever a document has in it, a complaint is one line of a length that can be read."""
    (problem,) = lint.findings(
        load(f"openapi: 3.1.0\ninfo: {{ title: x, version: 'a\n\n  b' , {'y' * 300}: z }}\npaths: {{}}\n")
    )

    assert (len(problem.message), problem.message[-1]) == (200, "…")


def test_a_sound_document_passes(load: Load, refused: Refused) -> None:
    """Any complaint is an error with all of them."""
    sound = "openapi: 3.1.0\ninfo: { title: Small, version: x }\npaths: {}\n"
    lint.check(load(sound))

    assert refused(lint.check, load(sound.replace("version: x", "version: 1").replace("title", "tilte"))) == [
        "it.yaml:2: `tilte` is not a keyword of the Info Object: did you mean `title`?",
        "it.yaml:2: not OpenAPI 3.1: 'title' is a required property",
        "it.yaml:2: not OpenAPI 3.1: must be string, is a number",
    ]
