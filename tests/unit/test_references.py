"""References within a document: how they are written, and where they lead."""

from typing import Any

import pytest
from cases import each
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


def dangling(call: Any, *arguments: Any) -> Any:
    """The reference that leads nowhere, as the error has it."""
    with pytest.raises(references.DanglingError) as caught:
        call(*arguments)
    return caught.value.args[0]


def test_a_reference_is_read_and_written_back() -> None:
    """Slashes and tildes in a name are escaped, in the order that loses none; escapes of addresses are undone.

    One out of the document leads nowhere.
    """
    pairs = {"#/a~1b/c~0d/0": ("a/b", "c~d", "0"), "#/~01": ("~1",), "#/": ("",), "#/a//b": ("a", "", "b")}

    assert {text: references.parse(text) for text in pairs} == pairs
    assert [references.write(pointer) for pointer in pairs.values()] == [*pairs]
    assert references.parse("#/e%20f/%7E1") == ("e f", "/")
    assert (references.write(()), references.write(("a", 0))) == ("#", "#/a/0")
    for text in ("", "#", "#a", "/a", "other.yaml#/a", "a"):
        assert dangling(references.parse, text) == text


def test_a_place_is_found_by_names_and_numbers() -> None:
    """An index of a list may be a number or its digits; a key may be any text; what is not there is an error."""
    places = {(): DATA, ("a/b", "c~d", 0): 1, ("a/b", "c~d", "1", "e f"): "x", ("a/b", "%"): "y", ("a/b", ""): "z"}
    lost = [("a/b", "c~d", 2), ("a/b", "c~d", "-1"), ("a/b", "c~d", "x"), ("three", 0, "kept", "k"), ("a", "b")]

    assert [references.at(DATA, pointer) for pointer in places] == [*places.values()]
    assert [dangling(references.at, DATA, pointer) for pointer in lost] == [references.write(each) for each in lost]


def test_references_are_followed_to_the_end() -> None:
    """What is no reference is itself, such as a `$ref` that is no text; a circle has no end."""
    ends = [references.follow(DATA, value) for value in ({"$ref": "#/one"}, {"$ref": 5}, [], "x", None)]

    assert ends == [{"kept": True}, {"$ref": 5}, [], "x", None]
    assert dangling(references.follow, DATA, DATA["circle"]) == "#/back"
    assert dangling(references.follow, DATA, DATA["lost"]) == "#/nowhere"


@each(
    ("schema", "properties"),
    [
        ({"properties": {"a": {"properties": {"no": {}}}, "b": {}}, "allOf": [{"properties": {"c": {}}}, True]}, "abc"),
        ({"anyOf": [{"properties": {"d": {}}}], "oneOf": [{"properties": {"e": {}}}, {"$ref": "#/Lost"}]}, "de"),
        (
            {"if": {"properties": {"f": {}}}, "then": {"properties": {"g": {}}}, "else": {"properties": {"h": {}}}},
            "fgh",
        ),
        ({"not": {"properties": {"no": {}}}, "$ref": "#/Part"}, "ij"),
        (True, ""),
    ],
)
def test_the_properties_of_a_schema_are_those_of_all_its_parts(schema: Any, properties: str) -> None:
    """Its own first, then those of parts, alternatives, conditions and references; a circle ends, others are lost."""
    deep: Any = {"Part": {"properties": {"i": {}}, "$ref": "#/Deep"}, "Deep": {"properties": {"j": {}}}}
    deep["Deep"]["allOf"] = [{"$ref": "#/Part"}]

    assert list(references.properties(deep, schema)) == [*properties]


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
