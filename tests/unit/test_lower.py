"""Lowering: each rule rewrites one construct that the generator cannot handle, and nothing else."""

import copy
from pathlib import Path
from typing import Any

from cases import each
from codegen import lower
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_spec_validator import OpenAPIV31SpecValidator

LIST = {"type": "array", "items": {"type": "string"}}
# (parameter before, its schema after)
LOWERED = [
    ({"in": "header", "schema": LIST}, {"type": "string"}),
    ({"in": "header", "schema": {**LIST, "minItems": 1}}, {"type": "string", "minLength": 1}),
    ({"in": "header", "explode": True, "schema": LIST}, {"type": "string"}),
    ({"in": "header", "schema": {**LIST, "type": ["array", "null"]}}, {"type": "string"}),
    ({"in": "header", "schema": {**LIST, "default": ["a", "b"]}}, {"type": "string", "default": "a,b"}),
    ({"in": "path", "required": True, "schema": LIST}, {"type": "string"}),
    ({"in": "query", "explode": False, "schema": LIST}, {"type": "string"}),
    ({"in": "header", "schema": {"const": "on"}}, {"type": "string", "enum": ["on"]}),
    ({"in": "header", "schema": {"const": 3}}, {"type": "integer", "enum": [3]}),
    ({"in": "header", "schema": {"type": "string", "format": "date-time"}}, {"type": "string"}),
    ({"in": "header", "schema": {"type": "string", "format": "date"}}, {"type": "string"}),
    ({"in": "header", "schema": {"type": "string", "format": "uuid"}}, {"type": "string"}),
    ({"in": "header", "schema": {"type": ["string", "null"]}}, {"type": "string"}),
    ({"in": "header", "schema": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}, {"type": "integer"}),
    ({"in": "header", "schema": {"type": ["integer", "string"]}}, {"type": "string"}),
    ({"in": "header", "schema": {"description": "Any."}}, {"type": "string", "description": "Any."}),
]
KEPT = [
    {"in": "header", "schema": {"type": "string", "minLength": 1, "default": "a"}},
    {"in": "header", "schema": {"type": "integer"}},
    {"in": "header", "schema": {"type": "boolean"}},
    {"in": "header", "schema": {"type": "string", "enum": ["a", "b"]}},
    {"in": "header", "schema": {"anyOf": [{"type": "string"}, {"type": "string", "enum": ["a"]}]}},
    {"in": "query", "schema": LIST},
    {"in": "query", "schema": {"type": "string", "format": "date-time"}},
    {"in": "query", "schema": {"type": ["string", "null"]}},
]


def document(*parameters: Any, **more: Any) -> Any:
    """A document with one operation and these parameters; keyword arguments are added to its root."""
    path = "/" + "/".join(f"{{{each['name']}}}" for each in parameters if each.get("in") == "path")
    responses = {"204": {"description": "Done."}}
    operation = {"operationId": "do_it", "parameters": list(parameters), "responses": responses}
    info = {"title": "Small", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {path: {"get": operation}}, **more}


def lowered(*parameters: Any, **more: Any) -> Any:
    """Such a document after lowering, which must not change the document itself."""
    data = document(*parameters, **more)
    before = copy.deepcopy(data)
    result = lower.lower(data)
    assert data == before
    return result


def parameters_of(data: Any) -> list[Any]:
    """The parameters of the one operation."""
    (item,) = data["paths"].values()
    found: list[Any] = item["get"]["parameters"]
    return found


def generator_errors(data: Any) -> list[str]:
    """The generator's errors in a document."""
    settings = ConfigFile(literal_enums=True, post_hooks=[])
    config = Config.from_sources(settings, MetaType.NONE, Path("unused"), "utf-8", False, None)
    parsed = GeneratorData.from_dict(data, config=config)
    assert isinstance(parsed, GeneratorData)
    errors = [each for endpoint in parsed.endpoint_collections_by_tag.values() for each in endpoint.parse_errors]
    return [str(error.detail) for error in [*parsed.errors, *errors]]


@each(("before", "after"), [*LOWERED, *((before, before["schema"]) for before in KEPT)])
def test_a_schema_is_lowered(before: Any, after: Any) -> None:
    """The result is a schema that the generator can handle; the document stays valid OpenAPI 3.1."""
    data = lowered({"name": "p", **before})
    needed = {"required": True} if before.get("required") else {}

    assert parameters_of(data) == [{"name": "p", "in": before["in"], "schema": after, **needed}]
    assert [error.message for error in OpenAPIV31SpecValidator(data).iter_errors()] == []
    assert generator_errors(data) == []


def test_examples_are_joined_as_on_the_wire() -> None:
    """Examples of a lowered list, inline or referenced, become one string; components are unchanged."""
    listed = {
        "name": "p",
        "in": "header",
        "schema": {"type": "array", "items": {}},
        "examples": {"one": {"$ref": "#/components/examples/Mixed"}, "two": {"value": ["a"]}},
    }
    components = {"examples": {"Mixed": {"value": ["a", 1, True, False]}}}
    data = lowered(listed, components=components)

    assert parameters_of(data)[0]["examples"] == {"one": {"value": "a,1,true,false"}, "two": {"value": "a"}}
    assert data["components"] == components


def test_references_are_followed() -> None:
    """A parameter and its schema may both be references; the shared schema is unchanged."""
    components = {
        "parameters": {"Listed": {"name": "p", "in": "header", "schema": {"$ref": "#/components/schemas/Names"}}},
        "schemas": {"Names": LIST},
    }
    data = lowered({"$ref": "#/components/parameters/Listed"}, components=components)

    assert data["components"]["parameters"]["Listed"]["schema"] == {"type": "string"}
    assert data["components"]["schemas"] == {"Names": LIST}


def test_security_of_the_document_is_copied_to_its_operations() -> None:
    """An operation without its own security gets the document's; its own empty list is kept."""
    data = document(security=[{"Key": []}])
    data["paths"]["/open"] = {"get": {"operationId": "open", "security": [], "responses": {}}}
    after = lower.lower(data)["paths"]

    assert after["/"]["get"]["security"] == [{"Key": []}]
    assert after["/open"]["get"]["security"] == []


@each(
    ("schema", "after"),
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
def test_a_schema_is_written_as_the_generator_reads_it(schema: Any, after: Any) -> None:
    """A constant has no type beside it, an array has items, and null is a separate alternative."""
    assert lowered(components={"schemas": {"S": schema}})["components"]["schemas"] == {"S": after}


def test_a_parameters_description_reaches_its_schema() -> None:
    """A list that became a string has it too; a schema's own description is kept, and a shared schema is unchanged."""
    schemas = {"Kind": {"type": "string", "enum": ["a", "b"]}}
    data = lowered(
        {"name": "plain", "in": "query", "description": "Plain.", "schema": {"type": "string"}},
        {"name": "list", "in": "header", "description": "List.", "schema": {"type": "array", "items": {}}},
        {"name": "own", "in": "query", "description": "No.", "schema": {"type": "string", "description": "Own."}},
        {"name": "shared", "in": "query", "description": "No.", "schema": {"$ref": "#/components/schemas/Kind"}},
        {"name": "silent", "in": "query", "schema": {"type": "string"}},
        components={"schemas": schemas},
    )

    assert [parameter["schema"] for parameter in parameters_of(data)] == [
        *({"type": "string", "description": text} for text in ("Plain.", "List.", "Own.")),
        {"$ref": "#/components/schemas/Kind"},
        {"type": "string"},
    ]
    assert data["components"]["schemas"] == schemas
