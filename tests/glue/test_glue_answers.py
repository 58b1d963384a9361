"""Answers that become errors: what is said of them, and what the error holds."""

from __future__ import annotations

from typing import Any, cast

import httpx
import pytest
from telling import told

from anthropic_models import (
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    InternalServerError,
)
from anthropic_models._generated import RETRIEVE, ModelInfo, Operation
from anthropic_models.responses import connection_error, parse, status_error, unreadable
from anthropic_models.transport.messages import UNREADABLE, Origin, Reply, Request

GOOD = b'{"type": "model", "id": "m", "display_name": "M", "created_at": "2025-01-01T00:00:00Z"}'
SENT = Request("GET", Origin("http", "h", 80, "h"), "/", {"x-api-key": "planted"})


def reply(body: bytes, status: int = 200, **extensions: Any) -> Reply:
    """An answer with this body."""
    made = Reply(SENT, status, [(b"request-id", b"req_1"), (b"other", b"x")], extensions)
    made.body = body
    return made


def answer(content: bytes, status: int = 500, **more: Any) -> httpx.Response:
    """The same as httpx has it."""
    return httpx.Response(status, content=content, request=SENT.as_httpx, **more)


def said_of(body: bytes, status: int = 200) -> str:
    """What is said of a success with this body."""
    with pytest.raises(APIResponseValidationError) as caught:
        parse(RETRIEVE, reply(body, status), ("m",), {})
    return str(caught.value)


def test_a_success_that_is_no_model_is_told_whole():
    """Its status, what is wrong with it, its request id, and its body; without the credential."""
    told_of = {body: said_of(body) for body in (b"", b"\xff", b'{"id": "planted"}')}
    start = "The API answered 200, but not with what it describes: "

    assert told_of[b""] == (
        f"{start}the body is not JSON: Expecting value: line 1 column 1 (char 0) (request id: req_1; body: )"
    )
    assert told_of[b"\xff"].startswith(f"{start}the body is not JSON: 'utf-8' codec can't decode byte 0xff")
    assert told_of[b"\xff"].endswith(" (request id: req_1; body: \ufffd)")
    assert told_of[b'{"id": "planted"}'].startswith(start)
    assert told_of[b'{"id": "planted"}'].endswith(': missing (request id: req_1; body: {"id": "[secret]"})')
    assert said_of(GOOD, 201).startswith(
        "The API answered 201, but not with what it describes: the API describes no such success (request id: req_1; "
    )


def test_what_the_answer_was_asked_for_reaches_its_parser():
    """The path, the parameters, the status and the value; the model knows its request id."""
    seen: list[Any] = []

    def function(*path: str, client: Any, **options: Any) -> Any:
        got = client.get_httpx_client().request()
        seen.append((path, options, got.status_code, got.json()["id"]))
        return type("Answer", (), {"parsed": ModelInfo.from_dict(got.json())})

    model = parse(Operation(cast("Any", function), ModelInfo), reply(GOOD), ("a", "b"), {"option": 1})

    assert seen == [(("a", "b"), {"option": 1}, 200, "m")]
    assert (model.id, model._request_id) == ("m", "req_1")


def test_a_body_cut_short_is_told_with_its_problem():
    """As text, though what there is of it were JSON; without a request id, None is told."""
    error = unreadable(answer(b"[1]", 200, extensions={UNREADABLE: 1}), ValueError("cut short"))

    assert str(error) == (
        "The API answered 200, but not with what it describes: cut short (request id: None; body: [1])"
    )
    assert (error.body, error.response.content) == ("[1]", b"[1]")


def test_the_body_of_an_error_is_json_or_text_or_none():
    """An empty one is an empty text; one that was not read is none at all, and is not mentioned."""
    deep = b"[" * 100_000
    unread = httpx.Response(500, stream=httpx.ByteStream(b"x"), request=SENT.as_httpx)
    errors = [
        status_error(answer(content), 0) for content in (b' {"a": 1} ', b" no ", b" ", b"\xff", b"nan", deep[:40_000])
    ]

    assert [error.body for error in errors] == [{"a": 1}, "no", "", "\ufffd", "nan", "[" * 40_000]
    assert [str(error) for error in errors[:5]] == [
        "Error code: 500 - {'a': 1}",
        "Error code: 500 - no",
        "Error code: 500",
        "Error code: 500 - \ufffd",
        "Error code: 500 - nan",
    ]
    assert [str(status_error(unread, 0)), status_error(unread, 0).body] == ["Error code: 500", None]
    assert str(unreadable(unread, ValueError("no"))).endswith("describes: no (request id: None; body: )")


def test_a_status_error_says_when_to_try_again():
    """From its own headers; one with a problem of its own is never to be tried again, and tells that instead."""
    headers = {"retry-after": "7", "request-id": "req_1"}
    plain = status_error(answer(b'{"a": "planted"}', 503, headers=headers), 0)
    odd = status_error(answer(b"x", 503, headers=headers), 0, problem="leads to planted")

    assert type(plain) is type(odd) is InternalServerError
    assert (plain.retry_after, plain.is_retryable, plain.request_id) == (7, True, "req_1")
    assert (odd.retry_after, odd.is_retryable, odd.body) == (7, False, "x")
    assert [str(plain), str(odd)] == ["Error code: 503 - {'a': '[secret]'}", "Error code: 503 - leads to [secret]"]
    assert status_error(answer(b"", 404), 0).is_retryable is False
    assert type(status_error(answer(b"", 418), 0)) is APIStatusError


def test_no_answer_is_told_with_its_cause():
    """What httpx said, or its kind; tried again is what may pass."""
    causes: list[Exception] = [
        httpx.ReadTimeout("slow planted"),
        httpx.ConnectError("refused"),
        OSError(),
        httpx.UnsupportedProtocol("ftp"),
        httpx.LocalProtocolError("no"),
        httpx.RemoteProtocolError("Invalid URL in location header: x"),
        ValueError("hook"),
    ]
    errors = [connection_error(cause, SENT.as_httpx) for cause in causes]

    assert [(str(error), error.is_retryable) for error in errors] == [
        ("Request timed out: slow [secret]", True),
        ("Connection error: refused", True),
        ("Connection error: OSError", True),
        ("Connection error: ftp", False),
        ("Connection error: no", False),
        ("Connection error: Invalid URL in location header: x", False),
        ("Connection error: hook", False),
    ]
    assert [type(error) for error in errors[:2]] == [APITimeoutError, APIConnectionError]
    assert [error.__cause__ for error in errors] == causes
    assert [error.request for error in errors] == [SENT.as_httpx] * len(causes)


def test_the_words_of_a_cause_are_cut():
    """After as many characters as a message may quote."""
    assert told(lambda: (_ for _ in ()).throw(connection_error(OSError("x" * 3000), SENT.as_httpx))) == (
        f"APIConnectionError: Connection error: {'x' * 2048}… (3000 characters)"
    )
