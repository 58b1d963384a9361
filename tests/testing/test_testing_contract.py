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
        [KEY, VERSION, ("anthropic-beta", "skills-2025-10-02, not-yet-known")],
        [KEY, VERSION, ("anthropic-beta", "one,two"), ("Anthropic-Beta", "three")],
        [KEY, VERSION, ("x-other", "1"), ("x-other", "2")],
    ],
)
def test_a_good_request_is_answered_and_has_no_errors(send, anthropic_server, headers):
    """Either credential, any version, betas in one line or several; `a%2Fb` is one segment, looked up decoded."""
    anthropic_server.add_model(id="a/b")
    answer = send(headers, "/v1/models/a%2Fb")

    assert (answer.status, json.loads(answer.read())["id"]) == (200, "a/b")
    assert [(each.errors, each.path) for each in anthropic_server.requests[-1:]] == [((), "/v1/models/a%2Fb")]


def _beta(*values: str) -> list[tuple[str, str]]:
    return [KEY, VERSION, *(("anthropic-beta", value) for value in values)]


@pytest.mark.breaks_contract("each is bad")
@each(
    ("headers", "request", "status", "reason"),
    [
        ([KEY], "GET", 400, 'header: "anthropic-version" is a required property'),
        ([KEY, ("anthropic-version", "")], "GET", 400, 'header.anthropic-version: "" is shorter than 1 character'),
        ([KEY, VERSION, VERSION], "GET", 400, '["2023-06-01","2023-06-01"] is not of type "string"'),
        (_beta(""), "GET", 400, 'header.anthropic-beta.0: ""'),
        (_beta("one,,two"), "GET", 400, 'header.anthropic-beta.1: ""'),
        (_beta("one, "), "GET", 400, 'header.anthropic-beta.1: ""'),
        (_beta("one", ""), "GET", 400, 'header.anthropic-beta.1: ""'),
        ([VERSION], "GET", 401, MISSING),
        ([("x-api-key", ""), VERSION], "GET", 401, MISSING),
        ([KEY, BEARER, VERSION], "GET", 401, "authorization and x-api-key received"),
        ([KEY, KEY, VERSION], "GET", 401, "x-api-key and x-api-key received"),
        ([BASIC, VERSION], "GET", 401, "(x-api-key or authorization: bearer ...), authorization received"),
        ([BASIC, KEY, VERSION], "GET", 401, "authorization and x-api-key received"),
        ([KEY, VERSION], "GET /v1/models/", 400, 'path.model_id: "" is shorter than 1 character'),
        ([KEY, VERSION], "GET /v1/models/?a=b", 400, 'path.model_id: "" is shorter than 1 character'),
        ([KEY, VERSION], "GET /v1/models/a/b", 400, "GET /v1/models/a/b is not an operation of the API"),
        ([KEY, VERSION], "GET /v1/v1/models/a", 400, "GET /v1/v1/models/a is not an operation of the API"),
        ([KEY, VERSION], "GET //v1/models/a", 400, "GET //v1/models/a is not an operation of the API"),
        ([KEY, VERSION], "GET /v1/models/..", 400, "/v1/models/.. has a dot segment"),
        ([KEY, VERSION], "GET /v1/models/%2e", 400, "/v1/models/%2e has a dot segment"),
        ([KEY, VERSION], f"POST {MODEL}", 400, f"POST {MODEL} is not an operation of the API"),
    ],
)
def test_a_bad_request_is_refused_with_the_reason_and_recorded(
    send, anthropic_server, headers, request, status, reason
):
    """The envelope's message says what is wrong, and so do the recorded errors; none is a 404 that misleads."""
    method, _, target = request.partition(" ")
    answer = send(headers, target or MODEL, method)
    message = json.loads(answer.read())["error"]["message"]

    assert (answer.status, "; ".join(anthropic_server.requests[-1].errors)) == (status, message)
    assert reason in message
