"""The local server knows nothing but the fragment: what a changed fragment changes."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from importlib.resources import files
from typing import Any

import httpx
import pytest
import yaml
from trust import TLS

from anthropic_models.testing import Server, contract, serve

HEADERS = {"x-api-key": "made-up", "anthropic-version": "2023-06-01"}
RETRIEVE = "/v1/models/{model_id}"


@pytest.fixture
def fragment() -> dict[str, Any]:
    """A copy of the fragment, to be changed, with a second operation that lists models."""
    document = yaml.safe_load((files("anthropic_models_api") / "openapi.yaml").read_text(encoding="utf-8"))
    retrieve = document["paths"][RETRIEVE]["get"]
    page = {"schema": {"type": "object"}, "example": {"data": [], "has_more": False}}
    document["paths"]["/v1/models"] = {
        "summary": "All models",
        "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 5}}],
        "get": {
            "operationId": "list_models",
            "security": retrieve["security"],
            "responses": {
                "200": {"description": "A page of models.", "content": {"application/json": page}},
                "400": retrieve["responses"]["400"],
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


def get(server: Server, target: str) -> tuple[int, str]:
    """Status and body of one answer."""
    connection = HTTPConnection(server.url.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", target, headers=HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_an_operation_that_looks_nothing_up_is_answered_with_its_example(serve_changed):
    """A list is served as soon as the fragment has one, beside the operation that was there."""
    server = serve_changed()

    assert get(server, "/v1/models") == (200, '{"data": [], "has_more": false}')
    assert get(server, "/v1/models/claude-example-1")[0] == 200


@pytest.mark.breaks_contract("one value is over the maximum")
def test_the_query_is_checked_where_the_fragment_declares_one(serve_changed):
    """A value over the declared maximum is refused, with the reason."""
    server = serve_changed()

    assert get(server, "/v1/models?limit=5")[0] == 200
    assert get(server, "/v1/models?limit=6")[0] == 400
    assert server.requests[-1].errors == ("query.limit: 6 is greater than the maximum of 5",)


@pytest.mark.breaks_contract("it is missing")
def test_a_required_parameter_of_the_query_is_missed(serve_changed, fragment):
    """The reason says what is missing and where."""
    fragment["paths"]["/v1/models"]["parameters"][0]["required"] = True
    server = serve_changed()

    assert get(server, "/v1/models")[0] == 400
    assert server.requests[-1].errors == ('query: "limit" is a required property',)


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
    del fragment["paths"]["/v1/models"]["get"]["responses"]["200"]["content"]["application/json"]["example"]
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
    content.pop("examples")
    content["example"] = {"id": "m", "created_at": "2025-02-19T00:00:00Z", "display_name": "M", "type": "model"}
    server = serve_changed()

    assert get(server, "/v1/models/claude-sonnet-4-20250514") == (200, json.dumps(content["example"]))
    assert get(server, "/v1/models/m") == (200, json.dumps(content["example"]))


@pytest.mark.breaks_contract("some bodies are missing or wrong")
def test_the_body_of_a_request_is_checked(serve_changed, fragment):
    """An operation that takes one is served as well; a missing body, other JSON and no JSON are refused."""
    schema = {"type": "object", "required": ["name"]}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    fragment["paths"]["/v1/models"]["post"] = {
        **fragment["paths"]["/v1/models"]["get"],
        "operationId": "add_model",
        "requestBody": body,
    }
    server = serve_changed()

    with httpx.Client(base_url=server.url, headers=HEADERS, verify=TLS) as client:
        sent = [
            client.post("/v1/models", **each) for each in ({"json": {"name": 1}}, {}, {"json": {}}, {"content": "x"})
        ]
    assert [answer.status_code for answer in sent] == [200, 400, 400, 400]
    assert [request.errors for request in server.requests] == [
        (),
        ('"body" is a required property',),
        ('body: "name" is a required property',),
        ('body: "x" is not of type "object"',),
    ]


def test_lists_in_the_query_are_read_as_they_are_declared(serve_changed, fragment):
    """One pair for each item, or one for all; numbers are numbers; a schema may refer to others."""
    fragment["components"]["schemas"]["Size"] = {"type": "integer", "minimum": 1}
    schema = {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Size"}]}}
    both = fragment["paths"]["/v1/models"]["parameters"]
    both += [{"name": "apart", "in": "query", "schema": schema}]
    both += [{"name": "joined", "in": "query", "explode": False, "schema": schema}]
    server = serve_changed()

    assert get(server, "/v1/models?apart=1&apart=2&joined=1,2")[0] == 200


@pytest.mark.parametrize(
    ("place", "scheme"), [("cookie", None), ("query", {"type": "apiKey", "in": "query", "name": "k"})]
)
def test_what_cannot_be_checked_is_refused_before_anything_is_served(serve_changed, fragment, place, scheme):
    """Neither a cookie nor a credential in the query passes unchecked."""
    if scheme:
        fragment["components"]["securitySchemes"]["ApiKey"] = scheme
    else:
        fragment["paths"]["/v1/models"]["parameters"][0]["in"] = place

    with pytest.raises(NotImplementedError, match="cannot be checked"):
        serve_changed()


def test_a_newly_declared_status_is_served_with_its_own_example(serve_changed, fragment):
    """A status is the fragment's to add."""
    responses = fragment["paths"][RETRIEVE]["get"]["responses"]
    envelope = {"type": "error", "error": {"type": "teapot", "message": "Short and stout"}}
    responses["418"] = {"description": "Tea.", "content": {"application/json": {"example": envelope}}}
    server = serve_changed()
    server.answer_next(418)

    assert (418, json.dumps(envelope)) == get(server, "/v1/models/claude-example-1")
