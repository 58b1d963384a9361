"""Which part of the specification describes which place of a document."""

from typing import Any

import pytest
from codegen import references
from codegen.metaschema import Description, Part
from fragment.small import api


def test_every_place_that_the_specification_describes_is_a_part() -> None:
    """Parents first, in the order of the document; examples and extensions are opaque."""
    parameter = {"name": "p", "in": "query", "schema": {"items": {"properties": {"a": {}}}}, "example": {"b": {}}}
    response = {"description": "", "content": {"a/b": {"schema": True}}}
    operation = {"parameters": [parameter, {"$ref": "#/x"}], "responses": {"200": response}, "x-c": {"d": {}}}
    data = api({"/": {"get": operation}}, tags=[{"name": "t"}])
    parts = Description(data).parts
    extended, schema, at = "specification-extensions", ("schema", "schema"), "#/paths/~1/get"

    assert [(references.write(part.pointer), part.kinds[:2]) for part in parts] == [
        ("#", (extended,)),
        ("#/info", ("info", extended)),
        ("#/paths", ("paths", extended)),
        ("#/paths/~1", ("path-item-or-reference", "path-item")),
        (at, ("operation", extended)),
        (f"{at}/parameters/0", ("parameter-or-reference", "parameter")),
        (f"{at}/parameters/0/schema", schema),
        (f"{at}/parameters/0/schema/items", schema),
        (f"{at}/parameters/0/schema/items/properties", ()),
        (f"{at}/parameters/0/schema/items/properties/a", schema),
        (f"{at}/parameters/0/example", ()),
        (f"{at}/parameters/1", ("parameter-or-reference", "reference")),
        (f"{at}/responses", ("responses", extended)),
        (f"{at}/responses/200", ("response-or-reference", "response")),
        (f"{at}/responses/200/content", ("content",)),
        (f"{at}/responses/200/content/a~1b", ("media-type", extended)),
        (f"{at}/x-c", ()),
        ("#/tags/0", ("tag", extended)),
    ]
    assert parts[4].value is operation


def test_what_applies_depends_on_what_is_there() -> None:
    """A reference is described as one, not as what it leads to; a key in a header asks for other words than http."""
    schemes: Any = {
        "Key": {"type": "apiKey", "name": "k", "in": "header"},
        "Http": {"type": "http", "scheme": "bearer"},
    }
    data = api(components={"securitySchemes": schemes, "parameters": {"R": {"$ref": "#/x"}}})
    parts = {part.pointer[-1]: part for part in Description(data).parts if len(part.pointer) == 3}

    assert {
        name: [word for word in ("name", "scheme", "$ref") if word in part.names] for name, part in parts.items()
    } == {
        "Key": ["name"],
        "Http": ["scheme"],
        "R": ["$ref"],
    }
    assert parts["R"].kinds == ("parameter-or-reference", "reference")
    assert parts["Key"].kinds[:2] == ("security-scheme-or-reference", "security-scheme")


def test_schemas_stand_wherever_the_specification_admits_them() -> None:
    """In lists, under patterns, beside other forms of the same keyword, and under names that anybody may choose."""
    inner = {"title": "x"}
    schema = {
        "allOf": [inner],
        "patternProperties": {"^a": inner},
        "dependencies": {"b": inner, "c": ["d"]},
        "additionalProperties": inner,
        "$defs": {"e": inner},
        "not": True,
        "default": inner,
        "enum": [inner],
    }
    parts = Description(api(components={"schemas": {"S": schema}})).parts

    assert [references.write(part.pointer[3:]) for part in parts if "schema" in part.kinds] == [
        "#",
        "#/allOf/0",
        "#/patternProperties/^a",
        "#/dependencies/b",
        "#/additionalProperties",
        "#/$defs/e",
    ]


def test_schemas_may_be_true_or_false() -> None:
    """They have nothing in them to be looked at, and are kept apart."""
    found = Description(api(components={"schemas": {"S": True, "T": {"not": False, "default": True}}}))

    assert {references.write(part.pointer): part.value for part in found.boolean_schemas} == {
        "#/components/schemas/S": True,
        "#/components/schemas/T/not": False,
    }


def test_what_may_stand_at_a_place() -> None:
    """Named keywords, names of a pattern, extensions; anything where nothing is closed; schemas always are."""
    closed: Any = {"properties": {"a": True}, "patternProperties": {"^b": True}, "unevaluatedProperties": False}
    names = ["a", "bcd", "x-e", "f", "ab", "xe"]
    parts = {
        "closed": Part((), {}, ("thing",), ({"properties": {"f": True}}, closed)),
        "open": Part((), {}, ("thing",), ({"properties": {"a": True}, "unevaluatedProperties": True},)),
        "schema": Part((), {}, ("outer", "schema"), ({"properties": {"a": True}},)),
        "empty": Part((), {}, (), ()),
    }

    assert {kind: [name for name in names if part.allows(name)] for kind, part in parts.items()} == {
        "closed": ["a", "bcd", "x-e", "f"],
        "open": names,
        "schema": ["a", "x-e"],
        "empty": names,
    }
    assert (parts["closed"].names, parts["closed"].patterns) == ({"a", "f"}, ("^b",))


@pytest.mark.parametrize("data", ["text", 5, None, True])
def test_a_document_that_is_no_object_has_no_parts(data: Any) -> None:
    """Nothing is said of it here; the meta-schema refuses it."""
    assert Description(data).parts == ()
