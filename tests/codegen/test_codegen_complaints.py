"""The generator's complaints in the words and at the lines of the fragment; and what becomes a class."""

from collections.abc import Callable
from typing import Any

from codegen import generate

Load = Callable[[str], Any]

FRAGMENT = """openapi: 3.1.0
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
  schemas:
    Thing: { type: object }
    Word-2.0: { type: string }
  parameters:
    P: { name: r, in: query }
"""


def test_a_complaint_stands_at_what_it_is_about(load: Load) -> None:
    """At the very words, first those of the operation that is named; else at the operation; else at the component."""
    fragment = load(FRAGMENT)
    here = {"name": "p", "in": "query"}
    errors: list[tuple[str, str | None, Any]] = [
        ("Cannot parse PUT /two here", "odd", here),
        ("Cannot parse GET /one here", "odd", here),
        ("Cannot parse", "odd", here),
        ("Cannot parse", "in PUT /two", None),
        ("Cannot parse GET /two", "odd", {"not": "there"}),
        ("Cannot parse GET /two", "see /components/schemas/Thing", {}),
        ("Cannot parse", "see /components/schemas/Word-2.0 there", None),
        ("At #/components/parameters/P", None, None),
        ("Cannot parse /components/schemas/None", "odd", None),
        ("Cannot parse", "odd", {"name": "q", "in": "query"}),
    ]
    told = [
        str(generate._told(fragment, fragment.data, {"header": header, "detail": detail, "data": data}))
        for header, detail, data in errors
    ]

    assert told == [
        "it.yaml:10: the generator cannot express this in PUT /two: odd",
        "it.yaml:4: the generator cannot express this in GET /one: odd",
        "it.yaml:4: the generator cannot express this: odd",
        "it.yaml:7: the generator cannot express this in PUT /two: in PUT /two",
        "it.yaml:6: the generator cannot express this in GET /two: odd",
        "it.yaml:6: the generator cannot express this in GET /two: see /components/schemas/Thing",
        "it.yaml:15: the generator cannot express this: see /components/schemas/Word-2.0 there",
        "it.yaml:17: the generator cannot express this: At #/components/parameters/P",
        "it.yaml:13: the generator cannot express this: odd",
        "it.yaml:11: the generator cannot express this: odd",
    ]


def test_a_complaint_is_said_in_one_line(load: Load) -> None:
    """The first paragraph of the details, or of the header where there are none, without addresses in memory."""
    fragment = load(FRAGMENT)
    details = {
        "one\n two\n\nthree\n\nfour": "one two",
        "\n\n first \n": "first",
        "<a.B object at 0x7f00> is no <c object at 0x1>": "... is no ...",
        "": "The header.",
        "x" * 300: "x" * 164 + "…",
    }
    said = {
        detail: generate._told(
            fragment, fragment.data, {"header": "The header.\n\nMore.", "detail": detail, "data": None}
        ).message
        for detail in details
    }

    assert said == {detail: f"the generator cannot express this: {text}" for detail, text in details.items()}


def test_header_and_details_are_one_text(load: Load) -> None:
    """An operation may be named by the end of the one and the beginning of the other."""
    fragment = load(FRAGMENT)
    error = {"header": "PUT", "detail": "/two", "data": None}

    assert str(generate._told(fragment, fragment.data, error)) == (
        "it.yaml:7: the generator cannot express this in PUT /two: /two"
    )


def test_objects_and_lists_of_known_values_become_classes() -> None:
    """Alternatives, references, other names for a reference, and plain values do not."""
    reference = {"$ref": "#/x"}
    schemas: dict[bool, list[Any]] = {
        True: [
            {"type": "object"},
            {"properties": {}},
            {"type": "string", "enum": ["a"]},
            {"type": "integer", "enum": [1]},
            {"type": "object", "allOf": [reference, reference]},
            {"properties": {}, "allOf": [{}]},
            {"type": "object", "allOf": []},
            {"properties": {}, "allOf": [{**reference, "title": "x"}]},
        ],
        False: [
            {},
            {"type": "string"},
            {"enum": ["a"]},
            {"type": "number", "enum": [1.5]},
            {"type": "array", "enum": [[]]},
            {"type": "object", "anyOf": []},
            {"type": "object", "oneOf": []},
            {"type": "object", **reference},
            {"type": "object", "allOf": [reference]},
            {"allOf": [reference, reference]},
        ],
    }

    for expected, these in schemas.items():
        assert [generate._is_class(schema) for schema in these] == [expected] * len(these)
