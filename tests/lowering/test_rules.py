"""Lowering: each rule bends one shape that the generator cannot take, and nothing else."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from cases import each
from codegen import lower
from openapi_spec_validator import OpenAPIV31SpecValidator

Make = Callable[..., Any]

FRAGMENT = Path(__file__).resolve().parents[2] / "openapi" / "models.yaml"

LIST = {"type": "array", "items": {"type": "string"}}
# (shape, parameter before, its schema after)
LOWERED = [
    ("a list in a header", {"in": "header", "schema": LIST}, {"type": "string"}),
    ("a list of at least one", {"in": "header", "schema": {**LIST, "minItems": 1}}, {"type": "string", "minLength": 1}),
    ("an exploded list", {"in": "header", "explode": True, "schema": LIST}, {"type": "string"}),
    ("a list or null", {"in": "header", "schema": {**LIST, "type": ["array", "null"]}}, {"type": "string"}),
    (
        "a list with a default",
        {"in": "header", "schema": {**LIST, "default": ["a", "b"]}},
        {"type": "string", "default": "a,b"},
    ),
    ("a list in the path", {"in": "path", "required": True, "schema": LIST}, {"type": "string"}),
    ("a list in one query value", {"in": "query", "explode": False, "schema": LIST}, {"type": "string"}),
    ("a constant header", {"in": "header", "schema": {"const": "on"}}, {"type": "string", "enum": ["on"]}),
    ("a constant number", {"in": "header", "schema": {"const": 3}}, {"type": "integer", "enum": [3]}),
    ("a date-time header", {"in": "header", "schema": {"type": "string", "format": "date-time"}}, {"type": "string"}),
    ("a date header", {"in": "header", "schema": {"type": "string", "format": "date"}}, {"type": "string"}),
    ("a UUID header", {"in": "header", "schema": {"type": "string", "format": "uuid"}}, {"type": "string"}),
    ("a string or null", {"in": "header", "schema": {"type": ["string", "null"]}}, {"type": "string"}),
    (
        "a number or null",
        {"in": "header", "schema": {"anyOf": [{"type": "integer"}, {"type": "null"}]}},
        {"type": "integer"},
    ),
    ("a number or a string", {"in": "header", "schema": {"type": ["integer", "string"]}}, {"type": "string"}),
    (
        "an untyped header",
        {"in": "header", "schema": {"description": "Any."}},
        {"type": "string", "description": "Any."},
    ),
]
KEPT = [
    ("a string", {"in": "header", "schema": {"type": "string", "minLength": 1, "default": "a"}}),
    ("an integer", {"in": "header", "schema": {"type": "integer"}}),
    ("a boolean", {"in": "header", "schema": {"type": "boolean"}}),
    ("an enumeration", {"in": "header", "schema": {"type": "string", "enum": ["a", "b"]}}),
    (
        "an open enumeration",
        {"in": "header", "schema": {"anyOf": [{"type": "string"}, {"type": "string", "enum": ["a"]}]}},
    ),
    ("a repeated query", {"in": "query", "schema": LIST}),
    ("a date-time query", {"in": "query", "schema": {"type": "string", "format": "date-time"}}),
    ("a nullable query", {"in": "query", "schema": {"type": ["string", "null"]}}),
]


def parameter(data: Any) -> Any:
    """The one parameter of the one operation."""
    (item,) = data["paths"].values()
    return item["get"]["parameters"][0]


@each(("before", "after"), [case[1:] for case in LOWERED])
def test_a_shape_is_lowered(document: Make, before: Any, after: Any) -> None:
    """The schema becomes one that the generator takes; the document stays valid OpenAPI 3.1."""
    lowered = lower.lower(document({"name": "p", **before}))

    assert parameter(lowered) == {"name": "p", "in": before["in"], "schema": after} | (
        {"required": True} if before.get("required") else {}
    )
    assert [error.message for error in OpenAPIV31SpecValidator(lowered).iter_errors()] == []


@each("before", [case[1] for case in LOWERED])
def test_the_generator_takes_what_was_lowered(
    document: Make, complaints_of_the_generator: Callable[[Any], list[str]], before: Any
) -> None:
    """After lowering the generator has no complaint, so it leaves nothing out."""
    assert complaints_of_the_generator(lower.lower(document({"name": "p", **before}))) == []


@each(
    "schema",
    [LIST, {"const": "on"}, {"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, {}],
)
def test_the_generator_still_refuses_it_unlowered(
    document: Make, complaints_of_the_generator: Callable[[Any], list[str]], schema: Any
) -> None:
    """When this fails, the generator has learnt the shape, and the rule can go."""
    complaints = complaints_of_the_generator(document({"name": "p", "in": "header", "schema": schema}))

    assert [line.endswith("is not allowed in header") for line in complaints] == [True]


@each("before", [case[1] for case in KEPT])
def test_what_the_generator_can_express_is_kept(document: Make, before: Any) -> None:
    """No rule touches a shape that needs none."""
    data = document({"name": "p", **before})

    assert lower.lower(data) == data


def test_the_fragment_is_lowered_in_its_list_header_alone() -> None:
    """The generator gets the fragment as it is, but for one parameter and for words; it is valid OpenAPI 3.1 still."""
    fragment = yaml.safe_load(FRAGMENT.read_text(encoding="utf-8"))
    lowered = lower.lower(fragment)
    parameters = fragment["components"].pop("parameters"), lowered["components"].pop("parameters")
    own = [item for path in lowered["paths"].values() for item in path["get"]["parameters"] if "schema" in item]
    for item in (*parameters[1].values(), *own):
        item["schema"].pop("description", None)

    assert [name for name, item in parameters[0].items() if item != parameters[1][name]] == ["AnthropicBetas"]
    assert lowered == fragment
    lowered["components"]["parameters"] = parameters[1]
    assert OpenAPIV31SpecValidator(lowered).is_valid()


def test_the_document_itself_is_not_changed(document: Make) -> None:
    """Lowering works on a copy."""
    data = document({"name": "p", "in": "header", "schema": LIST}, security=[])
    before = copy.deepcopy(data)
    lower.lower(data)

    assert data == before


def test_examples_are_joined_as_the_wire_has_them(document: Make) -> None:
    """Examples of a lowered list are what a caller would pass, also those that are referred to."""
    listed = {
        "name": "p",
        "in": "header",
        "schema": {"type": "array", "items": {}},
        "examples": {"one": {"$ref": "#/components/examples/Mixed"}, "two": {"value": ["a"]}},
    }
    components = {"examples": {"Mixed": {"value": ["a", 1, True, False]}}}
    lowered = lower.lower(document(listed, components=components))

    assert parameter(lowered)["examples"] == {"one": {"value": "a,1,true,false"}, "two": {"value": "a"}}
    assert lowered["components"] == components


def test_references_are_followed(document: Make) -> None:
    """A parameter and its schema may both be references; other users of the schema keep it."""
    components = {
        "parameters": {"Listed": {"name": "p", "in": "header", "schema": {"$ref": "#/components/schemas/Names"}}},
        "schemas": {"Names": LIST},
    }
    lowered = lower.lower(document({"$ref": "#/components/parameters/Listed", "name": "p"}, components=components))

    assert lowered["components"]["parameters"]["Listed"]["schema"] == {"type": "string"}
    assert lowered["components"]["schemas"] == {"Names": LIST}


def test_security_of_the_document_is_written_at_its_operations(document: Make) -> None:
    """Operations without security of their own get that of the document; an empty list of their own stands."""
    data = document(security=[{"Key": []}])
    data["paths"]["/open"] = {"get": {"operationId": "open", "security": [], "responses": {}}}
    lowered = lower.lower(data)

    assert lowered["paths"]["/"]["get"]["security"] == [{"Key": []}]
    assert lowered["paths"]["/open"]["get"]["security"] == []


@each(
    ("schema", "lowered"),
    [
        ({"type": "boolean", "const": True}, {"const": True}),
        ({"type": "array"}, {"type": "array", "items": {}}),
        ({"type": ["array", "null"]}, {"type": ["array", "null"], "items": {}}),
        (
            {"type": ["string", "null"], "enum": ["a", None], "title": "T"},
            {"title": "T", "anyOf": [{"type": "string", "enum": ["a"]}, {"type": "null"}]},
        ),
        ({"enum": [None, 1]}, {"anyOf": [{"type": "integer", "enum": [1]}, {"type": "null"}]}),
        ({"enum": [None]}, {"anyOf": [{"type": "null"}]}),
        ({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["a"]}),
    ],
)
def test_a_schema_says_what_the_generator_reads(document: Make, schema: Any, lowered: Any) -> None:
    """A constant is more than its type, a list has items, and null is a type of its own."""
    assert lower.lower(document(components={"schemas": {"S": schema}}))["components"]["schemas"] == {"S": lowered}


def test_of_the_content_types_of_an_answer_json_is_left(document: Make) -> None:
    """Wherever it stands; an answer without it stays as it is."""
    data = document()
    answers = data["paths"]["/"]["get"]["responses"]
    answers["200"] = {"description": "", "content": {"text/csv": {}, "application/a+json; charset=utf-8": {}}}
    answers["400"] = {"description": "", "content": {"text/html": {}}}
    lowered = lower.lower(data)["paths"]["/"]["get"]["responses"]

    assert list(lowered["200"]["content"]) == ["application/a+json; charset=utf-8"]
    assert list(lowered["400"]["content"]) == ["text/html"]
