"""The error tree, and what an error has: its message, the request and the response."""

import json
import pickle

import httpx
import pytest
from cases import each
from facts import ERROR_OF
from recording import Answer

import anthropic_models
from anthropic_models import APIConnectionError, APIError, APIStatusError, APITimeoutError, NotFoundError, errors

BODY = {"type": "error", "error": {"type": "not_found_error", "message": "model: nope"}, "request_id": "req_body"}


def _caught(api, server, response, **settings):
    server.fallback = response
    with pytest.raises(APIError) as caught:
        api.retrieve(api.client(**{"max_retries": 0, **settings}))
    return caught.value


def test_the_error_tree():
    """Each error is in the docstring's tree and has its status; it is not a ValueError or TypeError."""
    assert not issubclass(anthropic_models.AnthropicError, (ValueError, TypeError))
    assert {getattr(anthropic_models, name).status_code: name for name in ERROR_OF.values()} == ERROR_OF
    assert issubclass(anthropic_models.OverloadedError, anthropic_models.InternalServerError)
    for name in errors.__all__:
        assert name in errors.__doc__
        assert issubclass(getattr(anthropic_models, name), anthropic_models.AnthropicError)


def test_callers_can_make_errors():
    """Errors accept the arguments of the official ones, and their pickles keep added attributes."""
    request = httpx.Request("GET", "https://api.anthropic.com/")
    response = httpx.Response(429, request=request, headers={"request-id": "req_1"})
    unlike = "The response does not match the expected schema."
    made = [
        (APIError("text", request, body=None), "text"),
        (APIConnectionError(request=request), "Connection error."),
        (APIConnectionError(message="text", request=request), "text"),
        (APITimeoutError(request), "Request timed out."),
        (APITimeoutError(request=request), "Request timed out."),
        (anthropic_models.APIResponseValidationError(response, body={"a": 1}), unlike),
        (APIStatusError("text", response=response, body="body"), "text"),
        (anthropic_models.RateLimitError("text", response=response, body=None), "text"),
    ]
    carried = [(each.response, each.request_id, each.status_code) for each, _ in made[-3:]]

    assert [(each.request, str(each), each.message) for each, _ in made] == [(request, text, text) for _, text in made]
    assert [each.body for each, _ in made[-3:]] == [{"a": 1}, "body", None]
    assert carried == [(response, "req_1", 429)] * 3
    for error, text in made:
        error.note = "an added attribute"
        twin = pickle.loads(pickle.dumps(error))
        assert (type(twin), str(twin), twin.body, twin.note) == (type(error), text, error.body, error.note)


def test_a_status_error_has_the_exchange(api, server):
    """It has the request, the response, its status, its `request-id` header and its parsed body."""
    error = _caught(api, server, Answer(404, BODY, {"request-id": "req_header"}))
    without = _caught(api, server, b'HTTP/1.1 404 Not Found\r\ncontent-length: 19\r\n\r\n{"request_id": "a"}')

    assert (error.status_code, error.request_id, error.body, error.response.json()) == (404, "req_header", BODY, BODY)
    assert str(error) == error.message == f"Error code: 404 - {BODY}"
    assert error.request is error.response.request
    assert str(error.request.url) == f"{server.url}/v1/models/m"
    assert (type(without), without.request_id, without.body) == (NotFoundError, None, {"request_id": "a"})


@each(
    ("sent", "body"),
    [
        ("", ""),
        ("<html>busy</html>\n", "<html>busy</html>"),
        (b"\xff\xfe\x00", "\ufffd\ufffd\x00"),
        *((text, text) for text in ("busy", "{", "NaN", "[" * 200_000, "9" * 5000, "x" * 2048, "x" * 2049)),
        *((json.dumps(body), body) for body in (["list"], 5, True, None, {"error": "text"}, {"error": {"type": 5}})),
    ],
)
def test_any_body_is_kept_and_quoted(api, server, sent, body):
    """It is parsed if it is JSON, else text; the message quotes 2,048 characters at most, and the full length."""
    error = _caught(api, server, Answer(500, sent))
    quoted, length = str(body or "")[:2048], len(str(body))

    assert error.body == body
    assert str(error) == "Error code: 500" + (quoted and f" - {quoted}") + f"… ({length} characters)" * (length > 2048)
    assert len(repr(error)) + len(str(error.args)) < 5000


@each("coding", ["utf-8", "identity", "none"])
def test_a_content_encoding_without_a_coding_is_ignored(api, server, coding):
    """Some servers send `utf-8`, `identity` or `none`."""
    assert _caught(api, server, Answer(404, ["body"], {"content-encoding": coding})).body == ["body"]


@each(
    ("cause", "kind", "message"),
    [
        (ValueError(), APIConnectionError, "Connection error: ValueError"),
        (httpx.ReadTimeout(""), APITimeoutError, "Request timed out: no response within 60 seconds (read)"),
    ],
)
def test_a_cause_without_a_message_is_shown_by_its_class(api, server, cause, kind, message):
    """A hook, or httpx, may raise an exception without a message."""

    def fail(_):
        raise cause

    error = _caught(api, server, Answer(), http_client=api.http_class(transport=httpx.MockTransport(fail)))

    assert (type(error), str(error)) == (kind, message)
