"""Which part of the specification describes which place of a document."""

from typing import Any

import pytest
from codegen import references
from codegen.metaschema import Description
from fragment.small import api


def test_every_place_that_the_specification_describes_is_a_part() -> None:
    """Parents first, in the order of the document; examples and extensions are opaque."""
    parameter = {"name": "p", "in": "query", "schema": {"items": {"properties": {"a": {}}}}, "example": {"b": {}}}
    response = {"description": "", "content": {"a/b": {"schema": True}}}
    operation = {"parameters": [parameter, {"$ref": "#/x"}], "responses": {"200": response}, "x-c": {"d": {}}}
    data = api({"/": {"get": operation}}, tags=[{"name": "t"}])
    parts = Description(data).parts
    at = "#/paths/~1/get"

    assert [(references.write(part.pointer), part.kind) for part in parts] == [
        ("#", "openapi"),
        ("#/info", "info"),
        ("#/paths", "paths"),
        ("#/paths/~1", "path-item"),
        (at, "operation"),
        (f"{at}/parameters/0", "parameter"),
        (f"{at}/parameters/0/schema", "schema"),
        (f"{at}/parameters/0/schema/items", "schema"),
        (f"{at}/parameters/0/schema/items/properties", ""),
        (f"{at}/parameters/0/schema/items/properties/a", "schema"),
        (f"{at}/parameters/0/example", ""),
        (f"{at}/parameters/1", "reference"),
        (f"{at}/responses", "responses"),
        (f"{at}/responses/200", "response"),
        (f"{at}/responses/200/content", "content"),
        (f"{at}/responses/200/content/a~1b", "media-type"),
        (f"{at}/x-c", ""),
        ("#/tags/0", "tag"),
    ]
    assert parts[4].value is operation
    assert (parts[11].expected, parts[11].at("x", 0)) == ("parameter", (*parts[11].pointer, "x", 0))
    assert [part.pointer for part in Description(data).operations] == [("paths", "/", "get")]


def test_schemas_stand_wherever_the_specification_admits_them() -> None:
    """In lists, under patterns, beside other forms of the same keyword, under any name; `true` is kept apart."""
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
    found = Description(api(components={"schemas": {"S": schema}}))

    assert [references.write(part.pointer[3:]) for part in found.parts if part.kind == "schema"] == [
        "#",
        "#/allOf/0",
        "#/patternProperties/^a",
        "#/dependencies/b",
        "#/additionalProperties",
        "#/$defs/e",
    ]
    assert {references.write(part.pointer): part.value for part in found.boolean_schemas} == {
        "#/components/schemas/S/not": True
    }


@pytest.mark.parametrize("data", ["text", 5, None, True])
def test_a_document_that_is_no_object_has_no_parts(data: Any) -> None:
    """Nothing is said of it here; the meta-schema refuses it."""
    assert Description(data).parts == ()
