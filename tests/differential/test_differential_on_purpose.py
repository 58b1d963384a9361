"""Where we differ on purpose: what each of the two does, so that the table of differences stays true."""

import pytest
from cases import each
from recording import MODEL, Answer, RecordingServer

KEYS = ("authorization", "x-api-key")


def _credentials(exchange) -> list[str]:
    return [name for name in KEYS for _ in exchange.requests[0].values(name)]


@each("body", ["no model", "null", "[]", "{}", {**MODEL, "id": None}])
def test_a_success_that_is_no_model(both, body):
    """The SDK hands out whatever came with a 200; ours raises `APIResponseValidationError`."""
    official, ours = both(lambda lib: ({}, {}), Answer(200, body, {"content-type": "application/json"}))

    assert not hasattr(official.outcome, "status_code")
    assert ours.error["class"] == "APIResponseValidationError"


def test_a_redirect_to_another_origin(both):
    """The SDK takes the key along to another origin; ours does not go there."""
    seen = []
    for index in (0, 1):
        with RecordingServer() as elsewhere:
            exchange = both(
                lambda lib: ({"max_retries": 0}, {}), Answer(307, "", {"location": f"{elsewhere.url}/v1/models/m"})
            )[index]
            seen.append([request.header("x-api-key") for request in elsewhere.requests])
            assert exchange.requests

    assert seen == [["key"], ["key"]]  # once for each run of both: it is the SDK's request
    assert exchange.error["class"] == "APIStatusError"


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


@pytest.mark.parametrize("variable", [False, True])
def test_two_credentials(both, monkeypatch, variable):
    """Of two credentials the SDK sends both, though one only stood in the environment; ours sends one."""
    if variable:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "from-env")
    key = None if variable else "key"
    official, ours = both(lambda lib: ({"api_key": key, "auth_token": "token"}, {}))

    assert _credentials(official) == ["authorization", "x-api-key"]
    assert _credentials(ours) == (["authorization"] if variable else ["x-api-key"])


@each("status", [501, 505])
def test_a_retry_that_cannot_help(both, status):
    """The SDK tries 501 and 505 again; ours does not."""
    failure = Answer(status, "{}", {"retry-after-ms": "1"})
    official, ours = both(lambda lib: ({"max_retries": 1}, {}), failure)

    assert len(official.requests) == 2
    assert len(ours.requests) == 1


@each(("betas", "official_header"), [("one", "o,n,e"), ([], ""), (["a", ""], "a,")])
def test_betas_that_are_no_list_of_tokens(both, betas, official_header):
    """The SDK joins whatever it gets; ours refuses it, and sends no header for an empty list."""
    official, ours = both(lambda lib: ({}, {"betas": betas}))

    assert official.requests[0].header("anthropic-beta") == official_header
    assert [request.header("anthropic-beta") for request in ours.requests] == ([None] if betas == [] else [])


def test_telemetry(both):
    """The SDK tells about the machine in `X-Stainless-…` headers; ours sends none of them."""
    official, ours = both(lambda lib: ({}, {}))
    extra = [
        {name.lower() for name, _ in exchange.requests[0].headers if name.lower().startswith("x-stainless-")}
        for exchange in (official, ours)
    ]

    assert {f"x-stainless-{name}" for name in ("lang", "os", "arch", "runtime", "package-version")} < extra[0]
    assert extra[1] == {"x-stainless-retry-count"}


def test_the_user_agent(both):
    """Each introduces itself."""
    official, ours = both(lambda lib: ({}, {}))

    assert "anthropic-models/" not in official.requests[0].header("user-agent")
    assert ours.requests[0].header("user-agent").startswith("anthropic-models/")


def test_the_default_timeout():
    """The SDK waits for ten minutes by default; ours for one."""
    import anthropic

    import anthropic_models

    assert (anthropic.DEFAULT_TIMEOUT.read, anthropic_models.DEFAULT_TIMEOUT.read) == (600, 60)
