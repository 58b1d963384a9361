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


def test_references_are_followed_to_the_end() -> None:
    """What is no reference is itself, such as a `$ref` that is no text; a circle has no end."""
    ends = [references.follow(DATA, value) for value in ({"$ref": "#/one"}, {"$ref": 5}, [], "x", None)]

    assert ends == [{"kept": True}, {"$ref": 5}, [], "x", None]
    assert dangling(references.follow, DATA, DATA["circle"]) == "#/back"
    assert dangling(references.follow, DATA, DATA["lost"]) == "#/nowhere"


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
