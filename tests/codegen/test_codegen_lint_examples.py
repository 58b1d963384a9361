"""What the lint says of examples, defaults and listed values."""

from collections.abc import Callable
from typing import Any

from codegen import lint_examples

Api = Callable[..., Any]
Told = Callable[[Any, Any], dict[str, str]]

NUMBER = {"type": "integer"}


def test_every_value_of_a_schema_has_to_fit_it(api: Api, told: Told) -> None:
    """Its example, default, constant, listed values and examples, wherever the schema stands."""
    schemas = {
        "Good": {"type": "integer", "example": 1, "default": 2, "enum": [1, 2], "examples": [2, 1]},
        "A": {"type": "integer", "example": "a"},
        "B": {"properties": {"b": {"type": "integer", "default": "b"}}},
        "C": {"items": {"type": "integer", "const": "c"}},
        "D": {"type": "integer", "enum": [1, "d", 2, "e"]},
        "E/F": {"type": "integer", "examples": ["f", 1]},
    }

    assert told(lint_examples.values_that_do_not_fit, api(components={"schemas": schemas})) == {
        "#/components/schemas/A/example": "does not fit the schema: 'a' is not of type 'integer'",
        "#/components/schemas/B/properties/b/default": "does not fit the schema: 'b' is not of type 'integer'",
        "#/components/schemas/C/items/const": "does not fit the schema: 'c' is not of type 'integer'",
        "#/components/schemas/D/enum/1": "does not fit the schema: 'd' is not of type 'integer'",
        "#/components/schemas/D/enum/3": "does not fit the schema: 'e' is not of type 'integer'",
        "#/components/schemas/E~1F/examples/0": "does not fit the schema: 'f' is not of type 'integer'",
    }


def test_every_example_of_a_value_has_to_fit_its_schema(api: Api, told: Told) -> None:
    """Of a parameter, a header and a body; named ones too, also where they are referred to; and only with a schema."""
    examples = {
        "good": {"value": 1},
        "bad": {"value": "x"},
        "there": {"$ref": "#/components/examples/Bad"},
        "nowhere": {"$ref": "#/components/examples/None"},
        "elsewhere": {"externalValue": "http://x"},
        "last": {"value": "y"},
    }
    parameters = {
        "P": {"name": "p", "in": "query", "schema": NUMBER, "example": "p"},
        "Q": {"name": "q", "in": "query", "content": {"a/b": {"schema": NUMBER, "example": "q"}}, "example": "no"},
    }
    response = {
        "description": "",
        "headers": {"h": {"schema": NUMBER, "example": "h"}, "i": {"example": "no"}},
        "content": {"a/b": {"schema": NUMBER, "examples": examples}, "c/d": {"example": "no"}},
    }
    components = {"parameters": parameters, "responses": {"R": response}, "examples": {"Bad": {"value": "z"}}}
    said = "does not fit the schema: '{}' is not of type 'integer'".format

    assert told(lint_examples.values_that_do_not_fit, api(components=components)) == {
        "#/components/parameters/P/example": said("p"),
        "#/components/parameters/Q/content/a~1b/example": said("q"),
        "#/components/responses/R/headers/h/example": said("h"),
        "#/components/responses/R/content/a~1b/examples/bad/value": said("x"),
        "#/components/examples/Bad/value": said("z"),
        "#/components/responses/R/content/a~1b/examples/last/value": said("y"),
    }


def test_the_place_within_the_value_is_told(api: Api, told: Told) -> None:
    """Of alternatives, what is deepest in the value is told; where just one has to fit, the value as a whole."""
    union = {"anyOf": [{"type": "string"}, {"properties": {"n": {"items": NUMBER}}}]}
    choice = {"oneOf": [NUMBER, {"type": "string"}]}
    schemas = {
        "A": {"properties": {"b": {"items": union}}, "example": {"b": ["x", {"n": [1, "y"]}]}},
        "B": {"properties": {"c": choice}, "example": {"c": []}},
        "C": {"allOf": [{"$ref": "#/components/schemas/B"}], "default": {"c": None}},
    }

    assert told(lint_examples.values_that_do_not_fit, api(components={"schemas": schemas})) == {
        "#/components/schemas/A/example/b/1/n/1": "does not fit the schema: 'y' is not of type 'integer'",
        "#/components/schemas/B/example/c": "does not fit the schema: [] is not valid under any of the given schemas",
        "#/components/schemas/C/default/c": "does not fit the schema: None is not valid under any of the given schemas",
    }


def test_a_property_may_have_the_name_of_a_keyword(api: Api, told: Told) -> None:
    """Properties called `schema` and `example` are schemas both, and no value of each other."""
    named = {"properties": {"schema": NUMBER, "example": {"type": "string"}, "default": {}, "const": {}}}

    assert told(lint_examples.values_that_do_not_fit, api(components={"schemas": {"S": named}})) == {}


def test_formats_count(api: Api, told: Told) -> None:
    """A text that is not in the form that its schema names does not fit."""
    schemas = {"Day": {"type": "string", "format": "date", "enum": ["2026-01-31", "2026-02-31"]}}

    assert told(lint_examples.values_that_do_not_fit, api(components={"schemas": schemas})) == {
        "#/components/schemas/Day/enum/1": "does not fit the schema: '2026-02-31' is not a 'date'"
    }


def test_a_schema_that_leads_nowhere_has_no_say(api: Api, told: Told) -> None:
    """References to nothing and in a circle are told by the rules for references; the rest is looked at."""
    schemas = {
        "A": {"$ref": "#/components/schemas/None", "example": 1},
        "B": {"$ref": "#/components/schemas/B", "example": 1},
        "C": {"type": "integer", "example": "x"},
    }

    assert list(told(lint_examples.values_that_do_not_fit, api(components={"schemas": schemas}))) == [
        "#/components/schemas/C/example"
    ]
