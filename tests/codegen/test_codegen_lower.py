"""Lowering of whole documents: every parameter is looked at, and what need not change is as it was."""

import copy
from collections.abc import Callable
from typing import Any

from codegen import lower

Api = Callable[..., Any]

LIST = {"type": "array", "items": {"type": "string"}}


def lowered(api: Api, *parameters: Any, **schemas: Any) -> list[Any]:
    """These parameters of one operation, after lowering; each has its place first, and a name of its own."""
    named = [{"name": f"p{index}", **parameter} for index, parameter in enumerate(parameters)]
    data = api({"/": {"get": {"operationId": "do", "parameters": named}}}, components={"schemas": schemas})
    before = copy.deepcopy(data["components"])
    made = lower.lower(data)
    assert made["components"] == before
    return [
        {key: value for key, value in parameter.items() if key not in ("name", "in")}
        for parameter in made["paths"]["/"]["get"]["parameters"]
    ]


def header(schema: Any, **more: Any) -> Any:
    """A header with this schema."""
    return {"in": "header", "schema": schema, **more}


def query(schema: Any, **more: Any) -> Any:
    """A query parameter with this schema."""
    return {"in": "query", "schema": schema, **more}


def test_every_parameter_is_looked_at(api: Api) -> None:
    """Those that need nothing do not hide those that come after them."""
    day = {"type": "string", "format": "date"}
    schemas = [
        schema["schema"]
        for schema in lowered(
            api,
            query(LIST),
            header({"type": "string"}),
            header(LIST),
            query(day),
            header(day),
            header({"type": "integer"}),
            header({"const": True}),
            header({"const": 1.5, "title": "Rest"}),
            header({"const": None}),
            query(LIST, explode=False),
            query({"const": "on"}),
        )
    ]

    assert schemas == [
        LIST,
        {"type": "string"},
        {"type": "string"},
        day,
        {"type": "string"},
        {"type": "integer"},
        {"type": "boolean", "enum": [True]},
        {"type": "number", "title": "Rest", "enum": [1.5]},
        {"type": "string", "enum": [None]},
        {"type": "string"},
        {"const": "on"},
    ]


def test_what_belonged_to_a_list_is_written_as_one_value(api: Api) -> None:
    """Its example, its default, the least number of entries; how it was to be written goes, the rest stays."""
    named = {"e": {"value": ["b", "c"], "summary": "Kept."}, "f": {"$ref": "#/components/schemas/Example"}}
    listed = {"type": ["null", "array"], "minItems": 1, "default": [1, True, "x"], "title": "Gone"}
    (parameter, empty, plain, cookie) = lowered(
        api,
        query(listed, style="form", explode=False, example=["a", False], examples=named, required=True),
        header(
            {**LIST, "minItems": 0, "default": []}, example="kept", examples={"e": {"value": "kept", "summary": []}}
        ),
        header({**LIST, "default": None}, explode=True),
        {"in": "cookie", "schema": LIST},
        Example={"value": [4]},
    )

    assert parameter == {
        "schema": {"type": "string", "minLength": 1, "default": "1,true,x"},
        "example": "a,false",
        "examples": {"e": {"value": "b,c", "summary": "Kept."}, "f": {"value": "4"}},
        "required": True,
    }
    assert empty == {
        "schema": {"type": "string", "default": ""},
        "example": "kept",
        "examples": {"e": {"value": "kept", "summary": []}},
    }
    assert (plain, cookie) == ({"schema": {"type": "string"}}, {"schema": LIST})


def test_a_header_keeps_what_a_plain_value_can_have(api: Api) -> None:
    """Its default, its description and its least length; more than one type, or an object, is a string."""
    told = {"default": "d", "description": "Told.", "minLength": 1}
    schemas = [
        parameter["schema"]
        for parameter in lowered(
            api,
            header({"type": ["integer", "null"], **told, "maximum": 5}),
            header({"type": "string", "format": "uuid", "maxLength": 5, **told}),
            header({"type": "string", "format": "password", "maxLength": 5}),
            header({"type": "string", "format": "binary"}),
            header({"type": "null"}),
            header({"type": ["string"]}),
        )
    ]

    assert schemas == [
        {"type": "integer", **told},
        {"type": "string", **told},
        {"type": "string", "format": "password", "maxLength": 5},
        {"type": "string"},
        {"type": "string"},
        {"type": "string"},
    ]


def test_the_alternatives_of_a_header_are_looked_through(api: Api) -> None:
    """At any depth and through references; the same plain type in all of them is kept as it is written."""
    to_number, to_day = {"$ref": "#/components/schemas/Number"}, {"$ref": "#/components/schemas/Day"}
    kept = {"oneOf": [{"allOf": [to_number]}, {"anyOf": [{"type": "integer", "minimum": 1}]}]}
    schemas = [
        parameter["schema"]
        for parameter in lowered(
            api,
            header(kept),
            header({"oneOf": [to_number, {"type": "null"}]}),
            header({"allOf": [to_number, {"title": "Any"}]}),
            header({"anyOf": [to_number, {"oneOf": [to_day]}]}),
            header({"allOf": [to_day]}),
            header(to_day),
            Number={"type": "integer"},
            Day={"type": "string", "format": "date", "description": "A day."},
        )
    ]

    assert schemas == [
        kept,
        {"type": "integer"},
        {"type": "integer"},
        {"type": "string"},
        {"type": "string"},
        {"type": "string", "description": "A day."},
    ]


def test_only_parameters_are_bent(api: Api) -> None:
    """A header of an answer has the same words, and stays as it is."""
    response = {"description": "", "headers": {"h": {"schema": LIST}}, "content": {"a/b": {"schema": {"const": 1}}}}
    data = api({"/": {"get": {"operationId": "do", "responses": {"200": response}}}})

    assert lower.lower(data) == data


def test_security_of_the_document_reaches_every_operation(api: Api) -> None:
    """Without it there is none to be written; it stays at the document too."""
    paths = {"/": {"get": {}, "put": {"security": [{}]}}, "/b": {"post": {}}}
    security = [{"Key": []}]
    with_it, without = lower.lower(api(paths, security=security)), lower.lower(api(paths))

    assert with_it["paths"] == {
        "/": {"get": {"security": security}, "put": {"security": [{}]}},
        "/b": {"post": {"security": security}},
    }
    assert with_it["security"] == security
    assert without["paths"] == paths
