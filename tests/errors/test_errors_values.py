"""What an error has: its message, word for word, the request, the answer, and whether another try may help."""

import httpx
import pytest
from cases import each
from recording import Answer, Drop, Hold

from anthropic_models import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    NotFoundError,
)

BODY = {"type": "error", "error": {"type": "not_found_error", "message": "model: nope"}, "request_id": "req_body"}


def _caught(api, server, answer, **settings) -> APIError:
    server.fallback = answer
    with pytest.raises(APIError) as caught:
        api.retrieve(api.client(**{"max_retries": 0, **settings}))
    return caught.value


def test_an_error_has_the_answer(api, server):
    """A status error has the request, the response, its status, its `request-id` header and its parsed body."""
    error = _caught(api, server, Answer(404, BODY, {"request-id": "req_header"}))

    assert (error.status_code, error.request_id, error.body) == (404, "req_header", BODY)
    assert str(error) == error.message == f"Error code: 404 - {BODY}"
    assert isinstance(error.response, httpx.Response)
    assert error.response.json() == BODY
    assert error.request is error.response.request
    assert str(error.request.url) == f"{server.url}/v1/models/m"


@each(
    ("sent", "body", "message"),
    [
        ("busy", "busy", "Error code: 500 - busy"),
        ("<html>busy</html>\n", "<html>busy</html>", "Error code: 500 - <html>busy</html>"),
        ('["list"]', ["list"], "Error code: 500 - ['list']"),
        ("null", None, "Error code: 500"),
        ("", "", "Error code: 500"),
        (b"\xff", "\ufffd", "Error code: 500 - \ufffd"),
        ("x" * 100_000, "x" * 100_000, f"Error code: 500 - {'x' * 2048}… (100000 characters)"),
    ],
)
def test_any_body_is_kept_and_quoted(api, server, sent, body, message):
    """Parsed if it is JSON, else text; the message quotes 2,048 characters at most and has the length."""
    error = _caught(api, server, Answer(500, sent))

    assert (error.body, str(error)) == (body, message)


@each(
    ("answer", "settings", "kind", "cause", "begins"),
    [
        (Drop, {}, APIConnectionError, httpx.TransportError, "Connection error: "),
        (Hold, {"timeout": 0.05}, APITimeoutError, httpx.TimeoutException, "Request timed out: "),
    ],
)
def test_an_error_without_an_answer_has_its_cause(api, server, answer, settings, kind, cause, begins):
    """With the request, no body, and what httpx said as its cause."""
    error = _caught(api, server, answer, **settings)

    assert (type(error), isinstance(error.__cause__, cause)) == (kind, True)
    assert (error.request.url.path, error.body) == ("/v1/models/m", None)
    assert str(error).startswith(begins)


@each(
    ("cause", "kind", "message"),
    [
        (ValueError(), APIConnectionError, "Connection error: ValueError"),
        (httpx.ReadTimeout(""), APITimeoutError, "Request timed out: no response within 60 seconds (read)"),
    ],
)
def test_a_cause_without_words_is_named_by_its_kind(api, server, cause, kind, message):
    """A hook, or httpx, may raise an error that says nothing."""

    def fail(_: httpx.Request) -> httpx.Response:
        raise cause

    error = _caught(api, server, Answer(), http_client=api.http_class(transport=httpx.MockTransport(fail)))

    assert (type(error), str(error)) == (kind, message)


def test_a_closed_client_says_what_to_do(api):
    """And shows the request that was not sent."""
    client = api.client()
    api.run(client.close())
    with pytest.raises(APIConnectionError, match=r"^The client is closed; create a new one\.$") as caught:
        api.retrieve(client)

    assert caught.value.request.url.path == "/v1/models/m"
    assert caught.value.request.headers["x-stainless-retry-count"] == "0"


def test_a_validation_error_has_the_answer(api, server):
    """A success that is no model has the response, its status and request id, and the body in the message, cut."""
    error = _caught(api, server, Answer(200, "x" * 100_000))

    assert type(error) is APIResponseValidationError
    assert (error.status_code, error.request_id, error.body) == (200, "req_test", "x" * 100_000)
    assert error.response.text == "x" * 100_000
    assert ("xxx" in str(error), len(str(error)) < 4500) == (True, True)


@each(
    ("answer", "retryable"),
    [
        (Answer(404, "{}"), False),
        (Answer(429, "{}"), True),
        (Answer(529, "{}"), True),
        (Answer(501, "{}"), False),
        (Answer(400, "{}", {"x-should-retry": "true"}), True),
        (Answer(200, "no model"), False),
        (Drop, True),
    ],
)
def test_an_error_knows_whether_another_try_may_help(api, server, answer, retryable):
    """`is_retryable` is for callers with a loop of their own: what the client itself would do."""
    assert _caught(api, server, answer).is_retryable is retryable


@each(("headers", "seconds"), [({}, None), ({"retry-after": "7"}, 7.0), ({"retry-after-ms": "250"}, 0.25)])
def test_an_error_knows_how_long_to_wait(api, server, headers, seconds):
    """`retry_after` has the seconds that the API asked for; None where it did not."""
    assert _caught(api, server, Answer(429, "{}", headers)).retry_after == seconds


def test_a_missing_request_id_is_none(api, server):
    """An answer without a `request-id` header gives None, though the body may have one."""
    error = _caught(api, server, b"HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}")

    assert (type(error), error.request_id) == (NotFoundError, None)


def test_the_last_failure_is_the_one_that_is_raised(api, server, naps):
    """After retries the error is that of the last attempt, and its request that attempt's."""
    server.plan(Answer(500, "first"), Drop, Answer(404, "last"))
    with pytest.raises(APIStatusError, match="last") as caught:
        api.retrieve(api.client(max_retries=2))

    assert caught.value.request.headers["x-stainless-retry-count"] == "2"
