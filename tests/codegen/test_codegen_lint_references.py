"""What the lint says of references: where they lead, and whether they come to an end."""

from collections.abc import Callable
from typing import Any

from codegen import lint_references

Api = Callable[..., Any]
Told = Callable[[Any, Any], dict[str, str]]


def to(place: str) -> Any:
    """A reference into the components."""
    return {"$ref": f"#/components/{place}"}


def test_a_reference_leads_to_something_of_its_kind(api: Api, told: Told) -> None:
    """What leads to nothing is told with what was probably meant, of the same kind; what leads elsewhere, as that."""
    operation = {
        "parameters": [
            to("parameters/P"),
            to("parameters/Q"),
            to("schemas/Thing"),
            {"$ref": "other.yaml#/P"},
            to("header/Fine"),
        ],
        "responses": {"200": to("responses/Fine"), "400": to("responses/Fin"), "404": to("headers/Fine")},
    }
    schemas = {
        "Thing": {"properties": {"a": to("schemas/Thing"), "b": to("schemas/Thng"), "c": to("responses/Fine")}},
        "Deep": {"items": to("schemas/Thing/properties/a"), "not": to("schemas/Thing/properties")},
        "Odd": {"$ref": 5, "items": {"$ref": "#/info/title"}},
    }
    components = {
        "schemas": schemas,
        "parameters": {"P": {"name": "p", "in": "query", "schema": True, "example": {"$ref": "#/no"}}},
        "responses": {"Fine": {"description": ""}},
        "headers": {"Fine": {"schema": {}}},
    }
    data = api({"/": {"get": operation}}, components=components)

    assert told(lint_references.dangling_references, data) == {
        "#/paths/~1/get/parameters/1/$ref": (
            "`#/components/parameters/Q` leads to nothing in this file: did you mean `#/components/parameters/P`?"
        ),
        "#/paths/~1/get/parameters/2/$ref": "`#/components/schemas/Thing` leads to something else than a parameter",
        "#/paths/~1/get/parameters/3/$ref": "`other.yaml#/P` leads to nothing in this file",
        "#/paths/~1/get/parameters/4/$ref": (
            "`#/components/header/Fine` leads to nothing in this file: did you mean `#/components/parameters/P`?"
        ),
        "#/paths/~1/get/responses/400/$ref": (
            "`#/components/responses/Fin` leads to nothing in this file: did you mean `#/components/responses/Fine`?"
        ),
        "#/paths/~1/get/responses/404/$ref": "`#/components/headers/Fine` leads to something else than a response",
        "#/components/schemas/Thing/properties/b/$ref": (
            "`#/components/schemas/Thng` leads to nothing in this file: did you mean `#/components/schemas/Thing`?"
        ),
        "#/components/schemas/Thing/properties/c/$ref": (
            "`#/components/responses/Fine` leads to something else than a schema"
        ),
        "#/components/schemas/Odd/items/$ref": "`#/info/title` leads to something else than a schema",
        "#/components/schemas/Deep/not/$ref": (
            "`#/components/schemas/Thing/properties` leads to something else than a schema"
        ),
    }


def test_a_reference_into_a_list_leads_somewhere(api: Api, told: Told) -> None:
    """An entry of a list is counted from 0, and is what it is there."""
    schemas = {
        "A": {"anyOf": [{}, {}]},
        "B": {"items": to("schemas/A/anyOf/1")},
        "C": {"items": to("schemas/A/anyOf/2")},
    }

    assert list(told(lint_references.dangling_references, api(components={"schemas": schemas}))) == [
        "#/components/schemas/C/items/$ref"
    ]


def test_only_what_is_made_of_itself_has_no_end(api: Api, told: Told) -> None:
    """Parts, alternatives and references make a schema; properties and items do not."""
    schemas = {
        "Self": to("schemas/Self"),
        "One": {"allOf": [{}, {"anyOf": [{"oneOf": [to("schemas/Two")]}]}]},
        "Two": {"$ref": "#/components/schemas/One", "description": "Two."},
        "In": {"allOf": [to("schemas/One")]},
        "Tree": {"properties": {"left": to("schemas/Tree")}, "items": to("schemas/Tree"), "anyOf": [True]},
        "Lost": {"anyOf": [to("schemas/None"), {"allOf": [to("schemas/Lost")]}]},
    }

    assert told(lint_references.cycles, api(components={"schemas": schemas})) == {
        "#/components/schemas/Self/$ref": "`#/components/schemas/Self` leads back to itself",
        "#/components/schemas/One/allOf/1/anyOf/0/oneOf/0/$ref": "`#/components/schemas/Two` leads back to itself",
        "#/components/schemas/Two/$ref": "`#/components/schemas/One` leads back to itself",
        "#/components/schemas/Lost/anyOf/1/allOf/0/$ref": "`#/components/schemas/Lost` leads back to itself",
    }


def test_other_things_than_schemas_may_go_in_a_circle(api: Api, told: Told) -> None:
    """Two parameters that refer to each other are nowhere at all."""
    parameters = {"A": to("parameters/B"), "B": to("parameters/A"), "C": to("parameters/A")}

    assert told(lint_references.cycles, api(components={"parameters": parameters})) == {
        "#/components/parameters/A/$ref": "`#/components/parameters/B` leads back to itself",
        "#/components/parameters/B/$ref": "`#/components/parameters/A` leads back to itself",
    }
