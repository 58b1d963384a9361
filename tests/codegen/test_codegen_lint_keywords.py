"""What the lint says of keywords, types and formats, and of what the meta-schema finds."""

from collections.abc import Callable
from typing import Any

from codegen import lint_keywords

Api = Callable[..., Any]
Told = Callable[[Any, Any], dict[str, str]]


def test_an_object_goes_by_its_name_in_the_specification(api: Api, told: Told) -> None:
    """Whatever may stand beside it: extensions, examples, or a reference in its place."""
    parameters = [{"name": "q", "in": "query", "schma": {}}, {"$ref": "#/components/parameters/P", "odd": 1}]
    responses = {
        "200": {"description": "", "content": {"a/b": {"schem": {}}}, "headers": {"h": {"schemas": {}}}},
        "2x0": {"description": ""},
    }
    paths = {"/": {"gte": {}, "get": {"opId": "", "parameters": parameters, "responses": responses}}}
    schemes = {"K": {"type": "oauth2", "flows": {"implict": {}}}}
    components = {"schmas": {}, "securitySchemes": schemes, "schemas": {"S": {"typ": "object", "x-mine": 1}}}
    data = api(paths, components=components, serves=[], servers=[{"ulr": ""}])
    data["info"]["tilte"] = ""
    found = told(lint_keywords.unknown_keywords, data)

    assert {place.rpartition("/")[2]: text for place, text in found.items()} == {
        "serves": "`serves` is not a keyword of the OpenAPI Object: did you mean `servers`?",
        "tilte": "`tilte` is not a keyword of the Info Object: did you mean `title`?",
        "ulr": "`ulr` is not a keyword of the Server Object: did you mean `url`?",
        "gte": "`gte` is not a keyword of the Path Item Object: did you mean `get`?",
        "opId": "`opId` is not a keyword of the Operation Object: expected `^x-`",
        "schma": "`schma` is not a keyword of the Parameter Object: did you mean `schema`?",
        "odd": "`odd` is not a keyword of the Reference Object",
        "2x0": "`2x0` is not a keyword of the Responses Object: expected `^[1-5](?:[0-9]{2}|XX)$`",
        "schem": "`schem` is not a keyword of the Media Type Object: did you mean `schema`?",
        "schemas": "`schemas` is not a keyword of the Header Object: did you mean `schema`?",
        "schmas": "`schmas` is not a keyword of the Components Object: did you mean `schemas`?",
        "implict": "`implict` is not a keyword of the Oauth Flows Object: did you mean `implicit`?",
        "typ": "`typ` is not a keyword of the Schema Object: did you mean `type`?",
    }


def test_types_and_formats_are_those_that_are_known(api: Api, told: Told) -> None:
    """Wherever a schema may stand; a list of types is looked through, and what is no word at all is told too."""
    schemas = {
        "Good": {"type": ["string", "null"], "format": "date-time", "items": {"type": "object"}},
        "Bad": {"type": ["strnig", "null", "integer"], "format": "datetime"},
        "Odd": {"type": 5, "format": 7, "properties": {"type": {"type": "Array", "format": "UUID"}}},
        "Plain": {"title": "Neither."},
        "Far": {"type": "zzz", "format": "qqq"},
    }
    found = told(lint_keywords.unknown_types_and_formats, api(components={"schemas": schemas}))

    assert found == {
        "#/components/schemas/Bad/type": "`strnig` is not a type: did you mean `string`?",
        "#/components/schemas/Bad/format": "`datetime` is not a known format: did you mean `date-time`?",
        "#/components/schemas/Odd/type": "`5` is not a type",
        "#/components/schemas/Odd/format": "`7` is not a known format",
        "#/components/schemas/Odd/properties/type/type": "`Array` is not a type: did you mean `array`?",
        "#/components/schemas/Odd/properties/type/format": "`UUID` is not a known format",
        "#/components/schemas/Far/type": "`zzz` is not a type",
        "#/components/schemas/Far/format": "`qqq` is not a known format",
    }


def test_a_value_of_another_kind_is_told_in_words(api: Api, told: Told) -> None:
    """What it must be, and what it is, for every kind of value that JSON has; one complaint for each place."""
    values: dict[str, Any] = {"a": {}, "b": [], "c": "x", "d": True, "e": None, "f": 5, "g": 0.5}
    responses = {name: {"description": value} for name, value in values.items() if name != "c"}
    data = api(
        components={
            "responses": responses,
            "schemas": {"S": {"required": "x", "type": 7}, "T": 5},
        }
    )
    data["info"] = "none"
    found = told(lint_keywords.violations_of_the_metaschema, data)

    assert found == {
        "#/components/responses/a/description": "not OpenAPI 3.1: must be string, is an object",
        "#/components/responses/b/description": "not OpenAPI 3.1: must be string, is a list",
        "#/components/responses/d/description": "not OpenAPI 3.1: must be string, is a boolean",
        "#/components/responses/e/description": "not OpenAPI 3.1: must be string, is empty",
        "#/components/responses/f/description": "not OpenAPI 3.1: must be string, is a number",
        "#/components/responses/g/description": "not OpenAPI 3.1: must be string, is a number",
        "#/components/schemas/S/required": "not OpenAPI 3.1: must be array, is a string",
        "#/components/schemas/S/type": (
            "not OpenAPI 3.1: 7 is not one of ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']"
        ),
        "#/components/schemas/T": "not OpenAPI 3.1: must be object or boolean, is a number",
        "#/info": "not OpenAPI 3.1: must be object, is a string",
    }


def test_of_alternatives_the_one_that_was_meant_is_told(api: Api, told: Told) -> None:
    """Where some alternatives are for values of another kind, what is wrong with this kind is told."""
    schemas = {
        name: {"dependencies": {"a": value}} for name, value in {"S": ["x", "x"], "T": {"minLength": -1}}.items()
    }

    assert told(lint_keywords.violations_of_the_metaschema, api(components={"schemas": schemas})) == {
        "#/components/schemas/S/dependencies/a": "not OpenAPI 3.1: ['x', 'x'] has non-unique elements",
        "#/components/schemas/T/dependencies/a/minLength": "not OpenAPI 3.1: -1 is less than the minimum of 0",
    }


def test_required_names_are_properties(api: Api, told: Told) -> None:
    """Of the schema itself, or of the whole that it is a part of; with what was probably meant."""
    part = {"required": ["a", "b", "on"], "properties": {"one": {}}}
    schemas = {
        "Plain": {"required": ["on", "one", "far"], "properties": {"one": {}}},
        "Whole": {"allOf": [{"properties": {"a": {}}}, {"anyOf": [part, {"oneOf": [part]}]}], "properties": {"b": {}}},
        "Deep": {"properties": {"allOf": {"required": ["x"]}}, "type": "object"},
        "Linked": {"required": ["one"], "$ref": "#/components/schemas/Plain"},
        "None": {"properties": {"required": {}}, "items": {"required": []}},
    }
    found = told(lint_keywords.required_without_property, api(components={"schemas": schemas}))

    whole = "#/components/schemas/Whole/allOf/1"

    assert found == {
        "#/components/schemas/Plain/required/0": "required `on` is no property: did you mean `one`?",
        "#/components/schemas/Plain/required/2": "required `far` is no property",
        f"{whole}/anyOf/0/required/2": "required `on` is no property: did you mean `one`?",
        f"{whole}/anyOf/1/oneOf/0/required/2": "required `on` is no property: did you mean `one`?",
        "#/components/schemas/Deep/properties/allOf/required/0": "required `x` is no property",
    }


def test_a_property_may_have_the_name_of_a_list_of_parts(api: Api, told: Told) -> None:
    """What stands below a property or a schema called `anyOf` is no part of the whole around it."""
    inner = {"items": {"required": ["x"], "properties": {"x": {}}}}
    schemas = {"allOf": inner, "Named": {"properties": {"anyOf": inner}}}

    assert told(lint_keywords.required_without_property, api(components={"schemas": schemas})) == {}
