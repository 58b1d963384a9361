"""What the local server finds wrong in a request, and the judge in an answer."""

import json

import pytest
from cases import each

from anthropic_models.testing import Answer, RecordedRequest
from anthropic_models.testing.contract import load

KEY = ("x-api-key", "made-up")
BEARER = ("Authorization", "Bearer made-up")
VERSION = ("anthropic-version", "2023-06-01")
MODEL = "/v1/models/claude-sonnet-4-20250514"
GOOD_BODY = {"id": "m", "created_at": "2025-02-19T00:00:00Z", "display_name": "M", "type": "model"}


@each(
    "headers",
    [
        [KEY, VERSION],
        [BEARER, VERSION],
        [("X-API-KEY", "made-up"), ("Anthropic-Version", "2026-10-21")],
        [KEY, VERSION, ("anthropic-beta", "skills-2025-10-02")],
        [KEY, VERSION, ("anthropic-beta", "skills-2025-10-02, not-yet-known")],
        [KEY, VERSION, ("anthropic-beta", "one,two"), ("Anthropic-Beta", "three")],
        [KEY, VERSION, ("x-other", "1"), ("x-other", "2")],
    ],
)
def test_a_good_request_is_answered_and_has_no_errors(send, anthropic_server, headers):
    """Either credential, any version, betas in one line or several: all of it is the contract."""
    answer = send(headers)

    assert (answer.status, answer.read()[:1]) == (200, b"{")
    assert anthropic_server.requests[-1].errors == ()


@pytest.mark.breaks_contract("each has a bad header")
@each(
    ("headers", "status", "reason"),
    [
        ([KEY], 400, "anthropic-version: header is required"),
        ([KEY, ("anthropic-version", "")], 400, "anthropic-version: '' should be non-empty"),
        ([KEY, VERSION, VERSION], 400, "anthropic-version: header is there 2 times, and is not a list"),
        ([KEY, VERSION, ("anthropic-beta", "")], 400, "anthropic-beta.0: ''"),
        ([KEY, VERSION, ("anthropic-beta", "one,,two")], 400, "anthropic-beta.1: ''"),
        ([KEY, VERSION, ("anthropic-beta", "one, ")], 400, "anthropic-beta.1: ''"),
        ([KEY, VERSION, ("anthropic-beta", "one"), ("anthropic-beta", "")], 400, "anthropic-beta.1: ''"),
        ([VERSION], 401, "no credentials, where one is wanted: authorization or x-api-key"),
        ([("x-api-key", ""), VERSION], 401, "no credentials"),
        ([KEY, BEARER, VERSION], 401, "2 credentials, where one is wanted"),
        ([KEY, KEY, VERSION], 401, "2 credentials, where one is wanted"),
        ([("Authorization", "Basic bWFkZTp1cA=="), VERSION], 401, "not in the form that is wanted"),
        ([("Authorization", "Basic bWFkZTp1cA=="), KEY, VERSION], 401, "2 credentials, where one is wanted"),
    ],
)
def test_a_bad_header_is_refused_with_the_reason_and_recorded(send, anthropic_server, headers, status, reason):
    """The envelope's message says what is wrong, and so do the recorded errors."""
    answer = send(headers)

    body = json.loads(answer.read())
    request = anthropic_server.requests[-1]
    assert status == answer.status
    assert reason in body["error"]["message"]
    assert "; ".join(request.errors) == body["error"]["message"]
    assert load().check_answer(request, request.answer) == ()


@pytest.mark.breaks_contract("each has a bad path")
@each(
    ("method", "target", "reason"),
    [
        ("GET", "/v1/models/", "model_id: '' should be non-empty"),
        ("GET", "/v1/models/?a=b", "model_id: '' should be non-empty"),
        ("GET", "/v1/models/a/b", "GET /v1/models/a/b is no operation of the API"),
        ("GET", "/v1/v1/models/a", "GET /v1/v1/models/a is no operation of the API"),
        ("GET", "//v1/models/a", "GET //v1/models/a is no operation of the API"),
        ("GET", "/v1/models/..", "/v1/models/.. has a dot segment"),
        ("GET", "/v1/models/%2e", "/v1/models/%2e has a dot segment"),
        ("POST", MODEL, f"POST {MODEL} is no operation of the API"),
    ],
)
def test_a_bad_path_is_refused_with_the_reason(send, anthropic_server, method, target, reason):
    """A request that reaches no operation, or asks for nothing, is 400 and not a 404 that could be mistaken."""
    answer = send([KEY, VERSION], target, method)
    body = json.loads(answer.read())

    assert answer.status == 400
    assert reason in body["error"]["message"]
    assert anthropic_server.requests[-1].errors


def test_an_escaped_slash_stays_inside_the_identifier(send, anthropic_server):
    """`a%2Fb` is one path segment, recorded as it came and looked up decoded."""
    anthropic_server.add_model(id="a/b")

    answer = send([KEY, VERSION], "/v1/models/a%2Fb")

    assert json.loads(answer.read())["id"] == "a/b"
    assert anthropic_server.requests[0].path == "/v1/models/a%2Fb"


@each(
    ("status", "headers", "body", "reason"),
    [
        (200, {}, GOOD_BODY | {"created_at": "yesterday"}, "body.created_at: 'yesterday' is not a 'date-time'"),
        (200, {}, GOOD_BODY | {"type": "dog"}, "body.type: 'model' was expected"),
        (200, {}, {}, "body: 'id' is a required property"),
        (200, {"content-type": "text/html"}, GOOD_BODY, "text/html"),
        (429, {"retry-after": "soon"}, {"type": "error", "error": {"type": "a", "message": "b"}}, "retry-after"),
        (418, {}, {}, "418"),
    ],
)
def test_the_judge_tells_what_is_wrong_with_an_answer(status, headers, body, reason):
    """Body, headers, content type and status are all held to the fragment."""
    request = RecordedRequest("GET", MODEL, (KEY, VERSION))
    lines = {"content-type": "application/json"} | headers

    [told] = load().check_answer(request, Answer(status, tuple(lines.items()), json.dumps(body).encode()))

    assert reason in told


def test_the_judge_finds_no_fault_in_a_good_answer():
    """A field that the fragment does not name is no fault: the vendor may add fields."""
    request = RecordedRequest("GET", MODEL, (KEY, VERSION))
    answer = Answer(200, (("content-type", "application/json"),), json.dumps(GOOD_BODY | {"new": 1}).encode())

    assert load().check_answer(request, answer) == ()
