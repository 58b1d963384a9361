"""References within a document: how they are written, and where they lead."""

from typing import Any

import pytest
from codegen import references
from fragment.small import api

DATA: Any = {
    "a/b": {"c~d": [1, {"e f": "x"}], "%": "y", "": "z"},
    "one": {"$ref": "#/two"},
    "two": {"$ref": "#/three/0"},
    "three": [{"kept": True}],
    "circle": {"$ref": "#/back"},
    "back": {"$ref": "#/circle"},
    "lost": {"$ref": "#/nowhere"},
}


def test_a_reference_is_read_and_written_back() -> None:
    """Slashes and tildes in a name are escaped, in the order that loses none; escapes of addresses are undone."""
    pairs = {
        "#/a~1b/c~0d/0": ("a/b", "c~d", "0"),
        "#/~01": ("~1",),
        "#/": ("",),
        "#/a//b": ("a", "", "b"),
    }

    assert {text: references.parse(text) for text in pairs} == pairs
    assert [references.write(pointer) for pointer in pairs.values()] == [*pairs]
    assert references.parse("#/e%20f/%7E1") == ("e f", "/")
    assert (references.write(()), references.write(("a", 0))) == ("#", "#/a/0")


@pytest.mark.parametrize("text", ["", "#", "#a", "/a", "other.yaml#/a", "a"])
def test_a_reference_out_of_the_document_is_dangling(text: str) -> None:
    """So is one to a name that is no place; the error has the reference as it is written."""
    with pytest.raises(references.DanglingError) as caught:
        references.parse(text)

    assert caught.value.args == (text,)


def test_a_place_is_found_by_names_and_numbers() -> None:
    """An index of a list may be a number or its digits; a key may be any text."""
    places = {
        (): DATA,
        ("a/b", "c~d", 0): 1,
        ("a/b", "c~d", "1", "e f"): "x",
        ("a/b", "%"): "y",
        ("a/b", ""): "z",
    }

    assert [references.at(DATA, pointer) for pointer in places] == [*places.values()]


def test_a_place_that_is_not_there_is_told_as_a_reference() -> None:
    """Beyond a list, in a text, below a number, or of another name: the whole of the pointer, escaped."""
    lost = [("a/b", "c~d", 2), ("a/b", "c~d", "-1"), ("a/b", "c~d", "x"), ("three", 0, "kept", "k"), ("a", "b")]
    said = []
    for pointer in lost:
        with pytest.raises(references.DanglingError) as caught:
            references.at(DATA, pointer)
        said += caught.value.args

    assert said == ["#/a~1b/c~0d/2", "#/a~1b/c~0d/-1", "#/a~1b/c~0d/x", "#/three/0/kept/k", "#/a/b"]


def test_references_are_followed_to_the_end() -> None:
    """What is no reference is itself; a name `$ref` with another value than a text is no reference."""
    ends = [references.follow(DATA, value) for value in ({"$ref": "#/one"}, {"$ref": 5}, [], "x", None)]

    assert ends == [{"kept": True}, {"$ref": 5}, [], "x", None]


@pytest.mark.parametrize(("name", "end"), [("circle", "#/back"), ("lost", "#/nowhere")])
def test_a_reference_without_an_end_is_dangling(name: str, end: str) -> None:
    """One in a circle, and one to nothing: the error has the reference that leads no further."""
    with pytest.raises(references.DanglingError) as caught:
        references.follow(DATA, DATA[name])

    assert caught.value.args == (end,)


def test_the_properties_of_a_schema_are_those_of_all_its_parts() -> None:
    """Its own first, then those of parts, alternatives, conditions and references; a circle ends, others are lost."""
    schemas: Any = {
        "Whole": {
            "properties": {"a": {"properties": {"no": {}}}, "b": {}},
            "allOf": [{"properties": {"c": {}}}, {"$ref": "#/Part"}, True],
            "anyOf": [{"properties": {"d": {}}}],
            "oneOf": [{"properties": {"e": {}}}, {"$ref": "#/Whole"}, {"$ref": "#/Lost"}],
            "if": {"properties": {"f": {}}},
            "then": {"properties": {"g": {}}},
            "else": {"properties": {"h": {}}},
            "not": {"properties": {"no": {}}},
        },
        "Part": {"properties": {"i": {}}, "$ref": "#/Deep"},
        "Deep": {"properties": {"j": {}}},
    }

    assert list(references.properties(schemas, schemas["Whole"])) == [*"abcijdefgh"]
    assert list(references.properties(schemas, {"properties": {"k": {}}, "$ref": "#/Lost"})) == ["k"]
    assert list(references.properties(schemas, True)) == []


def test_the_parameters_of_an_operation_are_its_own_and_those_of_its_path() -> None:
    """Each at the place where it is written; one of the path gives way to one of the same name; lost ones are none."""
    shared = [{"name": "a", "in": "query"}, {"name": "b", "in": "query"}]
    own = [{"$ref": "#/components/parameters/A"}, {"$ref": "#/lost"}, {"name": "a", "in": "header"}]
    data = api({"/": {"parameters": shared, "get": {"parameters": own}}})
    data["components"] = {"parameters": {"A": {"name": "a", "in": "query"}}}
    found = {references.write(place): each["in"] for place, each in references.parameters(data, ("paths", "/", "get"))}

    assert found == {
        "#/components/parameters/A": "query",
        "#/paths/~1/get/parameters/2": "header",
        "#/paths/~1/parameters/1": "query",
    }


def test_the_leaves_of_a_schema_are_its_alternatives() -> None:
    """At any depth, references followed; a schema without alternatives is its own."""
    schemas = {"A": {"anyOf": [{"type": "string"}, {"oneOf": [{"$ref": "#/B"}, {}]}]}, "B": {"allOf": [{"title": "b"}]}}

    assert [*references.leaves({**schemas}, {"$ref": "#/A"})] == [{"type": "string"}, {"title": "b"}, {}]
