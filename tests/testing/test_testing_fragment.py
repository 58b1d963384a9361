"""The local server knows nothing but the fragment: what a changed fragment changes, without a change of the server."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.resources import files
from typing import Any

import httpx
import pytest
import yaml
from cases import each
from trust import TLS

from anthropic_models.testing import Server, contract, serve

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
def fragment() -> dict[str, Any]:
    """A copy of the fragment, to be changed, with a second operation that lists models."""
    document = yaml.safe_load((files("anthropic_models_api") / "openapi.yaml").read_text(encoding="utf-8"))
    retrieve = document["paths"][RETRIEVE]["get"]
    page = {"type": "object", "required": list(PAGE), "properties": PAGE}
    example = {"data": [], "has_more": True, "first_id": "a", "last_id": "b", "object": "list"}
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
            "responses": {
                **retrieve["responses"],
                "200": {"description": "Some.", "content": {"application/json": {"schema": page, "example": example}}},
            },
        },
    }
    return document


@pytest.fixture
def serve_changed(fragment, monkeypatch) -> Iterator[Callable[[], Server]]:
    """Serve the fragment as the test has changed it."""
    monkeypatch.setattr(contract, "load", lambda: contract.Contract(fragment))
    with ExitStack() as stack:
        yield lambda: stack.enter_context(serve())


@pytest.fixture
def five(serve_changed) -> Server:
    """A server with the models m0 to m4."""
    server = serve_changed()
    server.models.clear()
    for number in range(5):
        server.add_model(id=f"m{number}", display_name=f"Model {number}")
    return server


def get(server: Server, target: str, method: str = "GET", **body: Any) -> tuple[int, str]:
    """Status and body of one answer."""
    answer = httpx.request(method, server.url + target, headers=HEADERS, verify=TLS, **body)
    return answer.status_code, answer.text


@each(
    ("query", "names", "has_more"),
    [
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
    ],
)
def test_a_list_shows_the_models_page_by_page(five, query, names, has_more):
    """`limit` (with its declared default), `after_id` and `before_id` are obeyed; the ends and `has_more` are right."""
    page = json.loads(get(five, f"/v1/models{query}")[1])

    found = [model["id"] for model in page["data"]]
    assert found == names.split()
    assert (page["has_more"], page["object"]) == (has_more, "list")
    assert (page["first_id"], page["last_id"]) == ((found[0], found[-1]) if found else (None, None))


def test_a_listed_model_is_the_one_that_is_looked_up(five):
    """Both operations answer with what `add_model` was given; a page beside no model is not found."""
    [listed] = json.loads(get(five, "/v1/models?after_id=m3")[1])["data"]

    assert listed == json.loads(get(five, "/v1/models/m4")[1]) == MODEL | {"id": "m4", "display_name": "Model 4"}
    status, body = get(five, "/v1/models?after_id=nobody")
    assert (status, json.loads(body)["error"]["message"]) == (404, "model: nobody")


def test_a_list_of_something_else_is_answered_with_its_example(serve_changed, fragment):
    """Only a list of what is looked up shows the models; a path without braces comes before one with them."""
    content = fragment["paths"]["/v1/models"]["get"]["responses"]["200"]["content"]["application/json"]
    content["schema"], content["example"] = {"type": "object"}, {"data": []}
    fragment["paths"]["/v1/models/newest"] = fragment["paths"].pop("/v1/models")

    assert get(serve_changed(), "/v1/models/newest") == (200, '{"data": []}')


@pytest.mark.breaks_contract("some values are wrong or missing")
def test_the_query_is_checked(serve_changed, fragment):
    """Numbers are numbers; of a list there is one pair for each item, or one for all; what is required is missed."""
    fragment["paths"]["/v1/models"]["parameters"][0]["required"] = True
    server = serve_changed()
    last = next(iter(server.models))

    assert get(server, f"/v1/models?before_id={last}&limit=5&apart=1&apart=2&joined=1,2")[0] == 200
    assert get(server, "/v1/models?limit=6&apart=0")[0] == 400
    assert set(server.requests[-1].errors) == {
        'query: "before_id" is a required property',
        "query.limit: 6 is greater than the maximum of 5",
        "query.apart.0: 0 is not valid under any of the schemas listed in the 'anyOf' keyword",
    }


@pytest.mark.breaks_contract("some bodies are missing or wrong")
def test_the_body_of_a_request_is_checked(serve_changed, fragment):
    """A missing body, other JSON and no JSON are refused."""
    body = {"required": True, "content": {"application/json": {"schema": {"type": "object", "required": ["name"]}}}}
    own = {"operationId": "add_model", "requestBody": body}
    fragment["paths"]["/v1/models"]["post"] = fragment["paths"]["/v1/models"]["get"] | own
    server = serve_changed()

    sent = ({"json": {"name": 1}}, {}, {"json": {}}, {"content": "x"})
    assert [get(server, "/v1/models", "POST", **each)[0] for each in sent] == [200, 400, 400, 400]
    assert [error for request in server.requests for error in request.errors] == [
        '"body" is a required property',
        'body: "name" is a required property',
        'body: "x" is not of type "object"',
    ]


@pytest.mark.parametrize("scheme", [None, {"type": "apiKey", "in": "query", "name": "k"}])
def test_what_cannot_be_checked_is_refused_before_anything_is_served(serve_changed, fragment, scheme):
    """Neither a cookie nor a credential in the query passes unchecked."""
    if scheme:
        fragment["components"]["securitySchemes"]["ApiKey"] = scheme
    else:
        fragment["paths"]["/v1/models"]["parameters"][0]["in"] = "cookie"

    with pytest.raises(NotImplementedError, match="cannot be checked"):
        serve_changed()


def test_an_answer_declared_without_content_is_empty(serve_changed, fragment):
    """No body is made up, and no content type either; a status near it is empty as well."""
    responses = fragment["paths"]["/v1/models"]["get"]["responses"]
    responses["200"] = responses["400"] = {"description": "Nothing to say."}
    server = serve_changed()
    server.answer_next(418)

    assert get(server, "/v1/models") == (418, "")
    assert get(server, "/v1/models") == (200, "")
    assert server.requests[-1].answer.headers == (("content-length", "0"),)


def test_an_answer_without_an_example_is_not_implemented_and_says_so(serve_changed, fragment):
    """The other operations are served all the same."""
    content = fragment["paths"]["/v1/models"]["get"]["responses"]["200"]["content"]
    content["application/json"] = {}
    server = serve_changed()

    assert get(server, "/v1/models") == (501, "the fragment has no example of a 200 answer here: give a body")
    assert get(server, "/v1/models/claude-example-1")[0] == 200


def test_the_identifying_field_is_the_one_with_the_value_of_the_parameters_example(serve_changed, fragment):
    """A field of another name identifies a model as well; nothing knows that it is called id."""
    content = fragment["paths"][RETRIEVE]["get"]["responses"]["200"]["content"]["application/json"]
    fragment["components"]["schemas"]["ModelInfo"]["properties"]["slug"] = {"type": "string"}
    fragment["components"]["schemas"]["ModelInfo"]["required"].remove("id")
    for example in content["examples"].values():
        example["value"]["slug"] = example["value"].pop("id")
    server = serve_changed()
    server.add_model(slug="claude-test-1")

    assert json.loads(get(server, "/v1/models/claude-test-1")[1])["slug"] == "claude-test-1"
    with pytest.raises(TypeError, match='needs the field "slug"'):
        server.add_model(id="claude-test-2")


def test_a_lookup_whose_answer_does_not_repeat_the_name_is_answered_with_its_example(serve_changed, fragment):
    """If no field identifies the model, every name has the same answer."""
    content = fragment["paths"][RETRIEVE]["get"]["responses"]["200"]["content"]["application/json"]
    content["examples"] = {"one": {"value": MODEL}}

    assert get(serve_changed(), "/v1/models/anything") == (200, json.dumps(MODEL))


def test_a_newly_declared_status_is_served_with_its_own_example(serve_changed, fragment):
    """A status is the fragment's to add."""
    envelope = {"type": "error", "error": {"type": "teapot", "message": "Short and stout"}}
    content = {"application/json": {"example": envelope}}
    fragment["paths"][RETRIEVE]["get"]["responses"]["418"] = {"description": "Tea.", "content": content}
    server = serve_changed()
    server.answer_next(418)

    assert get(server, "/v1/models/claude-example-1") == (418, json.dumps(envelope))


def test_a_refusal_says_why_though_its_status_is_not_declared(serve_changed, fragment):
    """The message is that of the refusal, not the name of the status."""
    del fragment["paths"][RETRIEVE]["get"]["responses"]["404"]

    status, body = get(serve_changed(), "/v1/models/nobody")

    assert (status, json.loads(body)["error"]["message"]) == (404, "model: nobody")
