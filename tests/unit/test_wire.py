"""What the document of a package says: servers, security, places and limits."""

from typing import Any

import yaml
from codegen.report import wire

SHARED: Any = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://b"}, {"url": "https://a", "description": "A."}],
    "security": [{"Key": []}, {"Token": [], "Key": []}],
    "components": {
        "securitySchemes": {
            "Key": {"type": "apiKey", "in": "header", "name": "x-key"},
            "Token": {"$ref": "#/components/securitySchemes/Http"},
            "Http": {"type": "http", "scheme": "bearer"},
            "Open": {"type": "oauth2", "flows": {}},
        },
        "parameters": {"Size": {"name": "Page-Size", "in": "query", "schema": {"$ref": "#/components/schemas/Size"}}},
        "schemas": {"Size": {"type": "integer", "minimum": 1, "title": "Size"}, "Word": {"enum": ["a", 1]}},
    },
}


def read(paths: Any, **more: Any) -> wire.Document:
    """What is read of a document with these paths."""
    return wire.read(yaml.safe_dump({**SHARED, "paths": paths, **more}).encode(), "it.yaml")


def limits(schema: Any) -> dict[str, Any]:
    """What is read of a parameter with this schema."""
    parameter = {"name": "p", "in": "query", "schema": schema}
    found = read({"/": {"get": {"operationId": "do", "parameters": [parameter]}}})
    return dict(found.operations["do"].parameters["p"].limits)


def test_what_cannot_be_read_is_told(refused: Any) -> None:
    """With the name of the file, in one line: no YAML, another shape, or a reference to nothing."""
    broken = ["{", "[]", "servers: [{}]", "paths: []", "paths: { /: { get: { parameters: [{ $ref: '#/none' }] } } }"]
    broken += ["paths: { /: 5 }", "paths: { /: { get: { parameters: [{ in: query }] } } }"]
    said = [refused(wire.read, text.encode(), "it.yaml") for text in broken]

    assert [len(lines) for lines in said] == [1] * len(broken)
    assert [lines[0].split(" in ")[0] for lines in said[1:]] == [
        "it.yaml: cannot be read: 'list' object has no attribute 'get'",
        "it.yaml: cannot be read: 'url'",
        "it.yaml: cannot be read: 'list' object has no attribute 'items'",
        "it.yaml: cannot be read: #/none",
        "it.yaml: cannot be read: 'int' object has no attribute 'keys'",
        "it.yaml: cannot be read: 'name'",
    ]
    assert said[0][0].startswith("it.yaml: cannot be read: while parsing a flow node")


def test_operations_go_by_their_plain_ids() -> None:
    """Two at one path are told apart, whatever its parameters are called; what is no method is no operation."""
    paths: Any = {
        "/a/{x}": {"get": {"operationId": "Get_A"}, "trace": {"operationId": "b"}, "summary": "No."},
        "/a/{y}": {"get": {"operationId": "get-a-too"}},
    }
    found = {name: operation.request for name, operation in read(paths).operations.items()}

    assert found == {"geta": "GET /a/{x}", "b": "TRACE /a/{x}", "getatoo": "GET /a/{y}"}


def test_answers_are_known_by_the_schemas_that_they_refer_to() -> None:
    """By their titles, if they have one; through references, in lists and alternatives too."""

    def body(schema: Any) -> Any:
        return {"content": {"application/json": {"schema": schema}}}

    size, word = ({"$ref": f"#/components/schemas/{name}"} for name in ("Size", "Word"))
    schemas = {"Size": {"title": "Length"}, "Word": {}}
    answers = {"200": body({"items": {"anyOf": [size, word]}}), 404: {"$ref": "#/components/responses/No"}, "4XX": {}}
    components = {"schemas": schemas, "responses": {"No": body(word)}}
    (found,) = read({"/": {"get": {"responses": answers}}}, components=components, security=[]).operations.values()

    assert found.answers == {"200": {"Length", "Word"}, "404": {"Word"}, "4XX": frozenset()}


def test_parameters_go_by_their_plain_names() -> None:
    """Those of the path too; each says where it stands, as it is written there."""
    own = [{"name": "X-Kind_of", "in": "header", "x-argument": "kinds"}, {"$ref": "#/components/parameters/Size"}]
    (operation,) = read(
        {"/{id}": {"parameters": [{"name": "id", "in": "path"}], "get": {"parameters": own}}}
    ).operations.values()

    assert operation.parameters == {
        "id": wire.Parameter("path id", {}),
        "xkindof": wire.Parameter("header X-Kind_of", {}, "kinds"),
        "pagesize": wire.Parameter("query Page-Size", {"minimum": 1}),
    }
    assert [wire.plain(name) for name in ("X-Kind_of", "Größe 2", "")] == ["xkindof", "gre2", ""]


def test_security_is_that_of_the_operation_or_of_the_document() -> None:
    """In words that tell a change: several at once, none at all, or none needed."""
    needs: dict[str, Any] = {
        "/document": {},
        "/none": {"security": []},
        "/open": {"security": [{}]},
        "/other": {"security": [{"Open": []}, {"Http": []}]},
    }
    found = {
        path: read({path: {"get": {"operationId": "do", **operation}}}).operations["do"].security
        for path, operation in needs.items()
    }

    assert found == {
        "/document": {
            "a key in header `x-key`",
            "a credential of http bearer and a key in header `x-key`",
        },
        "/none": frozenset(),
        "/open": {"nothing"},
        "/other": {"a credential of oauth2", "a credential of http bearer"},
    }


def test_limits_are_those_of_the_value_and_of_its_items() -> None:
    """All that a value has to be besides its type, references followed; what only tells is none."""
    told: Any = {"minLength": 1, "maxLength": 2, "minimum": 3, "maximum": 4, "minItems": 5, "maxItems": 6}
    told |= {"exclusiveMinimum": 7, "exclusiveMaximum": 8, "multipleOf": 9, "pattern": "x", "uniqueItems": True}

    assert limits({**told, "title": "x", "type": "string", "default": "x"}) == told
    assert limits({"maxItems": 3, "items": {"$ref": "#/components/schemas/Size"}}) == {
        "maxItems": 3,
        "items.minimum": 1,
    }
    assert limits({}) == {}


def test_a_set_of_values_is_closed_where_every_alternative_is() -> None:
    """Listed ones and constants, at any depth and through references, as text."""
    word = {"$ref": "#/components/schemas/Word"}
    found = [
        limits(schema)
        for schema in (
            word,
            {"const": "x"},
            {"anyOf": [word, {"const": "b"}]},
            {"oneOf": [word, {"anyOf": [{"enum": ["c"]}]}]},
            {"anyOf": [word, {"type": "string"}]},
            {"items": word},
            {"enum": []},
        )
    ]

    assert found == [
        {"values": {"a", "1"}},
        {"values": {"x"}},
        {"values": {"a", "1", "b"}},
        {"values": {"a", "1", "c"}},
        {},
        {"items.values": {"a", "1"}},
        {},
    ]
