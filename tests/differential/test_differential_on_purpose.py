"""Where we differ on purpose: what each of the two does, so that the table of differences stays true."""

import anthropic
import pytest
from cases import each
from recording import MODEL, Answer, RecordingServer

import anthropic_models


def _names(exchange) -> set[str]:
    return {name.lower() for name, _ in exchange.requests[0].headers}


@each("body", ["no model", "null", "[]", "{}", {**MODEL, "id": None}])
def test_a_success_that_is_no_model(both, body):
    """The SDK hands out whatever came with a 200; ours raises `APIResponseValidationError`."""
    official, ours = both(lambda lib: ({}, {}), Answer(200, body, {"content-type": "application/json"}))

    assert not hasattr(official.outcome, "status_code")
    assert ours.error["class"] == "APIResponseValidationError"


def test_a_redirect_to_another_origin(both):
    """The SDK takes the key along to another origin; ours does not go there."""
    with RecordingServer() as elsewhere:
        redirect = Answer(307, "", {"location": f"{elsewhere.url}/v1/models/m"})
        _, ours = both(lambda lib: ({"max_retries": 0}, {}), redirect)
        keys = [request.header("x-api-key") for request in elsewhere.requests]

    assert (keys, len(ours.requests)) == (["key"], 1)  # of the SDK's request alone
    assert ours.error["class"] == "APIStatusError"


@each(
    ("model_id", "official_target", "our_target"),
    [
        ("../messages", "/v1/messages", "/v1/models/..%2Fmessages"),
        ("a?b", "/v1/models/a?b", "/v1/models/a%3Fb"),
        ("a#b", "/v1/models/a", "/v1/models/a%23b"),
        ("..", "/v1", None),
    ],
)
def test_an_id_that_leaves_its_place(both, model_id, official_target, our_target):
    """The SDK lets an id reach another path; ours keeps it one segment, or refuses it."""
    official, ours = both(lambda lib: ({}, {"model_id": model_id}))

    assert [request.target.rstrip("/") for request in official.requests] == [official_target]
    assert [request.target for request in ours.requests] == ([our_target] if our_target else [])


@pytest.mark.parametrize(("key", "ours_alone"), [("key", "x-api-key"), (None, "authorization")])
def test_two_credentials(both, monkeypatch, key, ours_alone):
    """Of two credentials the SDK sends both, though one only stood in the environment; ours sends one."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "from-env")
    official, ours = both(lambda lib: ({"api_key": key, "auth_token": "token"}, {}))

    assert [each & {"authorization", "x-api-key"} for each in map(_names, (official, ours))] == [
        {"authorization", "x-api-key"},
        {ours_alone},
    ]


@each("status", [501, 505])
def test_a_retry_that_cannot_help(both, status):
    """The SDK tries 501 and 505 again; ours does not."""
    official, ours = both(lambda lib: ({"max_retries": 1}, {}), Answer(status, "{}", {"retry-after-ms": "1"}))

    assert (len(official.requests), len(ours.requests)) == (2, 1)


@each(("betas", "official_header"), [("one", "o,n,e"), ([], ""), (["a", ""], "a,")])
def test_betas_that_are_no_list_of_tokens(both, betas, official_header):
    """The SDK joins whatever it gets; ours refuses it, and sends no header for an empty list."""
    official, ours = both(lambda lib: ({}, {"betas": betas}))

    assert official.requests[0].header("anthropic-beta") == official_header
    assert [request.header("anthropic-beta") for request in ours.requests] == ([None] if betas == [] else [])


def test_telemetry_and_user_agent(both):
    """The SDK tells about the machine in `X-Stainless-…` headers; ours sends none of them, and a name of its own."""
    official, ours = both(lambda lib: ({}, {}))
    telemetry = {f"x-stainless-{name}" for name in ("lang", "os", "arch", "runtime", "package-version")}

    assert telemetry < _names(official)
    assert {name for name in _names(ours) if name.startswith("x-stainless")} == {"x-stainless-retry-count"}
    agents = [exchange.requests[0].header("user-agent").partition("/")[0] for exchange in (official, ours)]
    assert (agents[0] != agents[1], agents[1]) == (True, "anthropic-models")


def test_the_default_timeout():
    """The SDK waits for ten minutes by default; ours for one."""
    assert (anthropic.DEFAULT_TIMEOUT.read, anthropic_models.DEFAULT_TIMEOUT.read) == (600, 60)
