"""How the local server checks a request."""

import json

import pytest
from cases import each

KEY = ("x-api-key", "made-up")
BEARER = ("Authorization", "Bearer made-up")
BASIC = ("Authorization", "Basic bWFkZTp1cA==")
VERSION = ("anthropic-version", "2023-06-01")
MODEL = "/v1/models/claude-sonnet-4-20250514"
MISSING = "exactly one credential is required (x-api-key or authorization: bearer ...), none received"


def _beta(*values):
    return [KEY, VERSION, *(("anthropic-beta", value) for value in values)]


@pytest.mark.breaks_contract("most requests are invalid")
@each(
    ("headers", "request", "status", "reason"),
    [
        ([BEARER, VERSION], "GET", 200, ""),
        ([("X-API-KEY", "made-up"), ("Anthropic-Version", "2026-10-21")], "GET", 200, ""),
        (_beta("skills-2025-10-02, not-yet-known"), "GET", 200, ""),
        (_beta("one,two", "three"), "GET", 200, ""),
        ([KEY, VERSION, ("x-other", "1"), ("x-other", "2")], "GET /v1/models/a%2Fb", 200, ""),
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
def test_an_invalid_request_is_refused_with_the_reason(send, anthropic_server, headers, request, status, reason):
    """The message of the error body and the recorded errors have the reason; none is a misleading 404."""
    anthropic_server.add_model(id="a/b")
    method, _, target = request.partition(" ")
    response = send(headers, target or MODEL, method)
    message = json.loads(response.read()).get("error", {}).get("message", "")

    assert (response.status, "; ".join(anthropic_server.requests[-1].errors)) == (status, message)
    assert reason in message
