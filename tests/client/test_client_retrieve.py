"""`models.retrieve`: the model id, the betas, the body that is not sent, and the resource itself."""

import inspect

import pytest
from cases import each

from anthropic_models import NOT_GIVEN, AsyncAnthropic, Omit, omit


def test_the_example_of_the_reference_page_runs(api, server, monkeypatch):
    """The page's own example runs with only the import changed, the id given by name."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "my-anthropic-api-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
    client = api.keep(api.client_class())
    model_info = api.run(client.models.retrieve(model_id="model_id"))

    assert model_info.id == "claude-sonnet-4-20250514"
    assert (server.last.method, server.last.target) == ("GET", "/v1/models/model_id")
    assert server.last.header("x-api-key") == "my-anthropic-api-key"


def test_an_empty_id_is_refused(api, server):
    """An empty id is a ValueError, in the official words; the asynchronous client raises it when awaited."""
    client = api.client()
    with pytest.raises(ValueError, match=r"^Expected a non-empty value for `model_id` but received ''"):
        api.run(client.models.retrieve(""))

    assert server.requests == []


def test_the_asynchronous_client_refuses_when_it_is_awaited():
    """`retrieve` of the asynchronous client is a coroutine, which raises nothing before it is awaited."""
    call = AsyncAnthropic(api_key="k").models.retrieve("")
    is_coroutine = inspect.iscoroutine(call)
    call.close()

    assert is_coroutine


@each(
    ("model_id", "segment"),
    [
        ("claude-sonnet-4-20250514", "claude-sonnet-4-20250514"),
        ("../messages", "..%2Fmessages"),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("ein Modell", "ein%20Modell"),
        ("50%", "50%25"),
        ("%2e%2e/x", "%252e%252e%2Fx"),
        ("modèle", "mod%C3%A8le"),
        ("a:b@c+d,e;f=g&h", "a%3Ab%40c%2Bd%2Ce%3Bf%3Dg%26h"),
        ("~._-", "~._-"),
        ("...", "..."),
    ],
)
def test_an_id_is_one_segment_of_the_path(api, server, model_id, segment):
    """Whatever an id holds, it is sent as one escaped segment under /v1/models/."""
    api.retrieve(model_id=model_id)

    assert (server.last.method, server.last.target) == ("GET", f"/v1/models/{segment}")


@each(
    "model_id",
    [".", "..", "%2e", "%2E%2e", "%252e.", " a", "a ", "a\nb", "a\x00", "a\x7f", "\ud800", "x" * 8193],
)
def test_an_id_that_cannot_be_one_segment_is_refused(api, server, model_id):
    """An id that would name another path, or cannot be sent, is a ValueError that names the argument."""
    with pytest.raises(ValueError, match="`model_id`"):
        api.retrieve(model_id=model_id)

    assert server.requests == []


@each("model_id", [None, 5, b"claude", ["claude"]])
def test_an_id_that_is_no_string_is_refused(api, server, model_id):
    """An id that is not a string is a TypeError that names the argument and what was given."""
    with pytest.raises(TypeError, match=f"`model_id` must be a string, not {type(model_id).__name__}"):
        api.retrieve(model_id=model_id)

    assert server.requests == []


@each(
    ("betas", "sent"),
    [
        (lambda: ["context-1m-2025-08-07"], "context-1m-2025-08-07"),
        (lambda: ["a", "not-known-2030-01-01"], "a,not-known-2030-01-01"),
        (lambda: ("a", "b"), "a,b"),
        (lambda: {"a": None}.keys(), "a"),
        (lambda: iter("ab"), "a,b"),
        (list, None),
        (lambda: omit, None),
        (Omit, None),
        (lambda: NOT_GIVEN, None),
    ],
)
def test_betas_are_one_header(api, server, betas, sent):
    """Any iterable of strings is sent as one comma-separated `anthropic-beta`; none, omitted or empty, as no header."""
    api.retrieve(betas=betas())

    assert server.last.header("anthropic-beta") == sent


@each(
    ("betas", "named"),
    [
        ("one", "betas"),
        (b"one", "betas"),
        ({"a": 1}, "betas"),
        (5, "betas"),
        (None, "betas"),
        (["a", ""], r"betas\[1\]"),
        ([None], r"betas\[0\]"),
        (["a,b"], r"betas\[0\]"),
        (["a\r\nx: y"], r"betas\[0\]"),
        (["é"], r"betas\[0\]"),
        (["a b"], r"betas\[0\]"),
    ],
)
def test_betas_that_cannot_be_sent_are_refused(api, server, betas, named):
    """One string instead of a list, or a value that cannot stand in a header, is refused by position, unsent."""
    with pytest.raises((TypeError, ValueError), match=f"`{named}`"):
        api.retrieve(betas=betas)

    assert server.requests == []


def test_extra_body_is_not_sent(api, server):
    """`extra_body` is taken, and a GET goes out without a body and without a content type."""
    api.retrieve(extra_body={"a": 1})

    assert (server.last.values("content-length"), server.last.values("content-type")) == ([], [])


def test_another_api_version_can_be_asked_for(api, server):
    """`anthropic_version`, a parameter of the API that the official client hides, can be given by name."""
    api.retrieve(anthropic_version="2026-10-21")

    assert server.last.header("anthropic-version") == "2026-10-21"


def test_an_argument_that_does_not_exist_is_a_type_error(api, server):
    """A misspelt argument is a TypeError with its name; nothing is sent."""
    with pytest.raises(TypeError, match="beta"):
        api.retrieve(beta=["a"])

    assert server.requests == []
