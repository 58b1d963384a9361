"""The local server follows the fragment: a changed fragment changes what it serves, without a change of its code."""

from contextlib import ExitStack
from copy import deepcopy

import httpx
import pytest
from cases import each
from facts import FRAGMENT
from trust import TLS

from anthropic_models.testing import contract, serve

HEADERS = {"x-api-key": "made-up", "anthropic-version": "2023-06-01"}
RETRIEVE = "/v1/models/{model_id}"
MODEL = {"id": "m", "created_at": "2025-02-19T00:00:00Z", "display_name": "M", "type": "model"}
PAGE = {
    "data": {"type": "array", "items": {"$ref": "#/components/schemas/ModelInfo"}},
    "has_more": {"type": "boolean"},
    "first_id": {"type": ["string", "null"]},
    "last_id": {"type": ["string", "null"]},
    "object": {"const": "list"},
}
SIZES = {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Size"}]}}


@pytest.fixture
def fragment():
    """A copy of the fragment that a test may change, with a second operation that lists models."""
    document = deepcopy(FRAGMENT)
    retrieve = document["paths"][RETRIEVE]["get"]
    page = {"type": "object", "required": list(PAGE), "properties": PAGE}
    example = {"data": [], "has_more": True, "first_id": "a", "last_id": "b", "object": "list"}
    some = {"description": "Some.", "content": {"application/json": {"schema": page, "example": example}}}
    schemas = document["components"]["schemas"]
    schemas["Size"] = {"type": "integer", "minimum": 1}
    schemas["ErrorDetail"]["properties"]["cause"] = {"$ref": "#/components/schemas/ErrorDetail"}
    document["paths"]["/v1/models"] = {
        "parameters": [
            {"name": "before_id", "in": "query", "schema": {"type": "string"}},
            {"name": "after_id", "in": "query", "schema": {"type": "string"}},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 3, "maximum": 5}},
            {"name": "apart", "in": "query", "schema": SIZES},
            {"name": "joined", "in": "query", "explode": False, "schema": SIZES},
        ],
        "get": {
            "operationId": "list_models",
            "security": retrieve["security"],
            "responses": {**retrieve["responses"], "200": some},
        },
    }
    return document


@pytest.fixture
def serve_changed(fragment, monkeypatch):
    """Starts a server with the fragment as the test has changed it."""
    monkeypatch.setattr(contract, "load", lambda: contract.Contract(fragment))
    with ExitStack() as stack:
        yield lambda: stack.enter_context(serve())


def get(server, target, method="GET", **body):
    """The status and body of a response."""
    response = httpx.request(method, server.url + target, headers=HEADERS, verify=TLS, **body)
    return response.status_code, response.json() if response.text.startswith("{") else response.text


def test_a_list_has_the_models_page_by_page(serve_changed):
    """`limit` (with its declared default), `after_id` and `before_id` work; an unknown id in them is a 404."""
    server = serve_changed()
    server.models.clear()
    for number in range(5):
        server.add_model(id=f"m{number}", display_name=f"Model {number}")

    for query, names, has_more in [
        ("", "m0 m1 m2", True),
        ("?limit=5", "m0 m1 m2 m3 m4", False),
        ("?limit=1", "m0", True),
        ("?after_id=m0", "m1 m2 m3", True),
        ("?after_id=m1", "m2 m3 m4", False),
        ("?after_id=m4", "", False),
        ("?before_id=m4", "m1 m2 m3", True),
        ("?before_id=m1", "m0", False),
        ("?before_id=m0", "", False),
        ("?before_id=m3&after_id=m0&limit=1", "m2", True),
    ]:
        page = get(server, f"/v1/models{query}")[1]
        found = [model["id"] for model in page["data"]]
        assert (found, page["has_more"], page["object"]) == (names.split(), has_more, "list"), query
        assert (page["first_id"], page["last_id"]) == ((found[0], found[-1]) if found else (None, None)), query
    [listed] = get(server, "/v1/models?after_id=m3")[1]["data"]
    assert listed == get(server, "/v1/models/m4")[1] == MODEL | {"id": "m4", "display_name": "Model 4"}
    status, body = get(server, "/v1/models?after_id=nobody")
    assert (status, body["error"]["message"]) == (404, "model: nobody")


@pytest.mark.breaks_contract("some values and bodies are wrong or missing")
def test_query_and_body_are_checked(serve_changed, fragment):
    """Numbers and both forms of lists are parsed, and a missing required parameter or body is an error."""
    path = fragment["paths"]["/v1/models"]
    path["parameters"][0]["required"] = True
    body = {"required": True, "content": {"application/json": {"schema": {"type": "object", "required": ["name"]}}}}
    path["post"] = path["get"] | {"operationId": "add_model", "requestBody": body}
    server = serve_changed()
    good = f"/v1/models?before_id={next(iter(server.models))}"

    assert get(server, f"{good}&limit=5&apart=1&apart=2&joined=1,2")[0] == 200
    assert get(server, "/v1/models?limit=6&apart=0")[0] == 400
    assert set(server.requests[-1].errors) == {
        'query: "before_id" is a required property',
        "query.limit: 6 is greater than the maximum of 5",
        "query.apart.0: 0 is not valid under any of the schemas listed in the 'anyOf' keyword",
    }
    sent = ({"json": {"name": 1}}, {}, {"json": {}}, {"content": "x"})
    assert [get(server, good, "POST", **each)[0] for each in sent] == [200, 400, 400, 400]
    assert [error for request in server.requests[-3:] for error in request.errors] == [
        '"body" is a required property',
        'body: "name" is a required property',
        'body: "x" is not of type "object"',
    ]


@each("scheme", [None, {"type": "apiKey", "in": "query", "name": "k"}])
def test_a_fragment_that_cannot_be_checked_is_refused(serve_changed, fragment, scheme):
    """A server does not start with a cookie parameter or a credential in the query, which it could not check."""
    if scheme:
        fragment["components"]["securitySchemes"]["ApiKey"] = scheme
    else:
        fragment["paths"]["/v1/models"]["parameters"][0]["in"] = "cookie"

    with pytest.raises(NotImplementedError, match="cannot be checked"):
        serve_changed()


def test_an_answer_is_the_declared_example(serve_changed, fragment):
    """It is empty without declared content, and a 501 without an example; a path without braces is matched first."""
    listing, retrieve = (fragment["paths"][path]["get"] for path in ("/v1/models", RETRIEVE))
    for name, content in {"newest": {"schema": {"type": "object"}, "example": {"data": []}}, "bare": {}}.items():
        response = {"description": "Some.", "content": {"application/json": content}}
        responses = listing["responses"] | {"200": response}
        fragment["paths"][f"/v1/models/{name}"] = {"get": listing | {"operationId": name, "responses": responses}}
    listing["responses"] |= {status: {"description": "Nothing."} for status in ("200", "400")}
    tea = {"type": "error", "error": {"type": "teapot", "message": "Short and stout"}}
    retrieve["responses"]["418"] = {"description": "Tea.", "content": {"application/json": {"example": tea}}}
    del retrieve["responses"]["404"]
    server = serve_changed()
    server.answer_next(418, times=2)

    assert get(server, "/v1/models") == (418, "")
    assert get(server, "/v1/models/claude-example-1") == (418, tea)
    assert get(server, "/v1/models") == (200, "")
    assert server.requests[-1].answer.headers == (("content-length", "0"),)
    assert get(server, "/v1/models/newest") == (200, {"data": []})
    assert get(server, "/v1/models/bare") == (501, "the fragment has no example of a 200 answer here: give a body")
    assert get(server, "/v1/models/claude-example-1")[0] == 200
    status, body = get(server, "/v1/models/nobody")
    assert (status, body["error"]["message"]) == (404, "model: nobody")


def test_the_example_of_the_parameter_shows_which_field_identifies_a_model(serve_changed, fragment):
    """The server does not rely on the name `id`; if no field identifies a model, every id gets the same answer."""
    content = fragment["paths"][RETRIEVE]["get"]["responses"]["200"]["content"]["application/json"]
    fragment["components"]["schemas"]["ModelInfo"]["properties"]["slug"] = {"type": "string"}
    fragment["components"]["schemas"]["ModelInfo"]["required"].remove("id")
    for example in content["examples"].values():
        example["value"]["slug"] = example["value"].pop("id")
    server = serve_changed()
    server.add_model(slug="claude-test-1")
    assert get(server, "/v1/models/claude-test-1")[1]["slug"] == "claude-test-1"
    with pytest.raises(TypeError, match='needs the field "slug"'):
        server.add_model(id="claude-test-2")

    content["examples"] = {"one": {"value": MODEL}}
    assert get(serve_changed(), "/v1/models/anything") == (200, MODEL)
