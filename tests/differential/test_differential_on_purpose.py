"""Intended differences from the official SDK: what each client does, so that the table of differences stays true."""

import anthropic
import pytest
from cases import each
from recording import MODEL, Answer, RecordingServer

import anthropic_models

TELEMETRY = {f"x-stainless-{name}" for name in ("lang", "os", "arch", "runtime", "package-version")}


def _names(exchange):
    return {name.lower() for name, _ in exchange.requests[0].headers}


@each("body", ["not a model", "null", "[]", "{}", {**MODEL, "id": None}])
def test_a_success_that_is_not_a_model(both, body):
    """The SDK returns any body of a 200 response; ours raises `APIResponseValidationError`."""
    official, ours = both(lambda lib: ({}, {}), Answer(200, body, {"content-type": "application/json"}))

    assert not hasattr(official.outcome, "status_code")
    assert ours.error["class"] == "APIResponseValidationError"


def test_a_redirect_to_another_origin(both):
    """The SDK sends the key to another origin; ours does not follow the redirect."""
    with RecordingServer() as elsewhere:
        redirect = Answer(307, "", {"location": f"{elsewhere.url}/v1/models/m"})
        _, ours = both(lambda lib: ({"max_retries": 0}, {}), redirect)
        keys = [request.header("x-api-key") for request in elsewhere.requests]

    assert (keys, len(ours.requests)) == (["key"], 1)  # the SDK's
    assert ours.error["class"] == "APIStatusError"


@each(
    ("arguments", "part", "sdk_value", "our_values"),
    [
        ({"model_id": "../messages"}, "target", "/v1/messages", ["/v1/models/..%2Fmessages"]),
        ({"model_id": "a?b"}, "target", "/v1/models/a?b", ["/v1/models/a%3Fb"]),
        ({"model_id": "a#b"}, "target", "/v1/models/a", ["/v1/models/a%23b"]),
        ({"model_id": ".."}, "target", "/v1", []),
        ({"betas": "one"}, "anthropic-beta", "o,n,e", []),
        ({"betas": []}, "anthropic-beta", "", [None]),
        ({"betas": ["a", ""]}, "anthropic-beta", "a,", []),
    ],
)
def test_an_invalid_argument(both, arguments, part, sdk_value, our_values):
    """The SDK sends it; ours keeps an id one path segment, sends no header for an empty list, or refuses."""
    found = [
        [request.target.rstrip("/") if part == "target" else request.header(part) for request in exchange.requests]
        for exchange in both(lambda lib: ({}, arguments))
    ]

    assert found == [[sdk_value], our_values]


@pytest.mark.parametrize(("key", "our_header"), [("key", "x-api-key"), (None, "authorization")])
def test_two_credentials(both, monkeypatch, key, our_header):
    """The SDK sends two credentials, even if one is from the environment only; ours sends one."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "from-env")
    official, ours = map(_names, both(lambda lib: ({"api_key": key, "auth_token": "token"}, {})))

    assert {"authorization", "x-api-key"} <= official
    assert ours & {"authorization", "x-api-key"} == {our_header}


@each("status", [501, 505])
def test_a_retry_that_cannot_help(both, status):
    """The SDK retries 501 and 505; ours does not."""
    official, ours = both(lambda lib: ({"max_retries": 1}, {}), Answer(status, "{}", {"retry-after-ms": "1"}))

    assert (len(official.requests), len(ours.requests)) == (2, 1)


def test_telemetry_user_agent_and_the_default_timeout(both):
    """The SDK describes the machine in `X-Stainless-…` headers and waits for ten minutes; ours waits for one."""
    official, ours = both(lambda lib: ({}, {}))

    assert _names(official) > TELEMETRY
    assert {name for name in _names(ours) if name.startswith("x-stainless")} == {"x-stainless-retry-count"}
    agents = [exchange.requests[0].header("user-agent").partition("/")[0] for exchange in (official, ours)]
    assert (agents[0] != agents[1], agents[1]) == (True, "anthropic-models")
    assert (anthropic.DEFAULT_TIMEOUT.read, anthropic_models.DEFAULT_TIMEOUT.read) == (600, 60)
