"""What the local server finds wrong in a request."""

import json

import pytest
from cases import each

KEY = ("x-api-key", "made-up")
BEARER = ("Authorization", "Bearer made-up")
BASIC = ("Authorization", "Basic bWFkZTp1cA==")
VERSION = ("anthropic-version", "2023-06-01")
MODEL = "/v1/models/claude-sonnet-4-20250514"
MISSING = "exactly one credential is required (x-api-key or authorization: bearer ...), none received"


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
        ([KEY], 400, 'header: "anthropic-version" is a required property'),
        ([KEY, ("anthropic-version", "")], 400, 'header.anthropic-version: "" is shorter than 1 character'),
        ([KEY, VERSION, VERSION], 400, 'header.anthropic-version: ["2023-06-01","2023-06-01"] is not of type "string"'),
        ([KEY, VERSION, ("anthropic-beta", "")], 400, 'header.anthropic-beta.0: ""'),
        ([KEY, VERSION, ("anthropic-beta", "one,,two")], 400, 'header.anthropic-beta.1: ""'),
        ([KEY, VERSION, ("anthropic-beta", "one, ")], 400, 'header.anthropic-beta.1: ""'),
        ([KEY, VERSION, ("anthropic-beta", "one"), ("anthropic-beta", "")], 400, 'header.anthropic-beta.1: ""'),
        ([VERSION], 401, MISSING),
        ([("x-api-key", ""), VERSION], 401, MISSING),
        ([KEY, BEARER, VERSION], 401, "authorization and x-api-key received"),
        ([KEY, KEY, VERSION], 401, "x-api-key and x-api-key received"),
        ([BASIC, VERSION], 401, "(x-api-key or authorization: bearer ...), authorization received"),
        ([BASIC, KEY, VERSION], 401, "authorization and x-api-key received"),
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


@pytest.mark.breaks_contract("each has a bad path")
@each(
    ("method", "target", "reason"),
    [
        ("GET", "/v1/models/", 'path.model_id: "" is shorter than 1 character'),
        ("GET", "/v1/models/?a=b", 'path.model_id: "" is shorter than 1 character'),
        ("GET", "/v1/models/a/b", "GET /v1/models/a/b is not an operation of the API"),
        ("GET", "/v1/v1/models/a", "GET /v1/v1/models/a is not an operation of the API"),
        ("GET", "//v1/models/a", "GET //v1/models/a is not an operation of the API"),
        ("GET", "/v1/models/..", "/v1/models/.. has a dot segment"),
        ("GET", "/v1/models/%2e", "/v1/models/%2e has a dot segment"),
        ("POST", MODEL, f"POST {MODEL} is not an operation of the API"),
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
