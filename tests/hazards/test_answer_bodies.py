"""A success is a model that obeys the fragment, or APIResponseValidationError; nothing else comes out."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hostile import MODEL, answer

from anthropic_models import APIConnectionError, APIResponseValidationError

if TYPE_CHECKING:
    from hostile import Peer


def model(**changes: Any) -> dict[str, Any]:
    """The example with some fields changed; None as it is, ... leaves one out."""
    return {name: value for name, value in {**MODEL, **changes}.items() if value is not ...}


NOT_MODELS = {
    "HTML": b"<html><body>login</body></html>",
    "nothing": b"",
    "white space": b" \n ",
    "null": b"null",
    "true": b"true",
    "number": b"5",
    "string": b'"claude"',
    "array": b"[]",
    "object": b"{}",
    "error envelope": json.dumps({"type": "error", "error": {"type": "api_error", "message": "m"}}).encode(),
    "list page": json.dumps({"data": [MODEL], "has_more": False, "first_id": "a", "last_id": "b"}).encode(),
    "array of one": json.dumps([MODEL]).encode(),
    "two values": json.dumps(MODEL).encode() * 2,
    "cut": json.dumps(MODEL).encode()[:-1],
    "comma": json.dumps(MODEL).encode()[:-1] + b",}",
    "single quotes": repr(MODEL).encode(),
    "bad UTF-8": json.dumps(MODEL).encode().replace(b"Claude", b"\xff\xfe"),
    "UTF-16": json.dumps(MODEL).encode("utf-16"),
    "half a character": json.dumps(MODEL).encode().replace(b"Claude", rb"\ud800"),
    "half a character unseen": json.dumps(model(x="@")).encode().replace(b"@", rb"\udfff"),
    "NaN": json.dumps(model(x=float("nan"))).encode(),
    "Infinity": json.dumps(model(x=float("-inf"))).encode(),
    "beyond a float": json.dumps(model(x="@")).encode().replace(b'"@"', b"1e999"),
    "200,000 levels of arrays": b"[" * 200_000,
    "200,000 levels of objects": b'{"a":' * 200_000,
    "whole nest": b"[" * 200_000 + b"]" * 200_000,
    "nest in a field": json.dumps(model(x="@")).encode().replace(b'"@"', b"[" * 100_000 + b"]" * 100_000),
    "nest of 900": json.dumps(model(x="@")).encode().replace(b'"@"', b"[" * 900 + b"]" * 900),
    "5,000 digits": json.dumps(model(x="@")).encode().replace(b'"@"', b"9" * 5000),
    "control character": json.dumps(MODEL).encode().replace(b"Claude", b"\x00"),
    "zero bytes": b"\x00" * 100,
    "200,000 objects": json.dumps(model(x="@")).encode().replace(b'"@"', b"[" + b"{}," * 200_000 + b"{}]"),
}  # fmt: skip
FIELDS = {
    "id missing": ("id", model(id=...)),
    "id null": ("id", model(id=None)),
    "id number": ("id", model(id=5)),
    "id list": ("id", model(id=["a"])),
    "name missing": ("display_name", model(display_name=...)),
    "name object": ("display_name", model(display_name={})),
    "name true": ("display_name", model(display_name=True)),
    "type other": ("type", model(type="error")),
    "type missing": ("type", model(type=...)),
    "type number": ("type", model(type=1)),
    "type list": ("type", model(type=["model"])),
    "date missing": ("created_at", model(created_at=...)),
    "date null": ("created_at", model(created_at=None)),
    "date number": ("created_at", model(created_at=1740000000)),
    "date words": ("created_at", model(created_at="yesterday")),
    "date naive": ("created_at", model(created_at="2025-02-19T00:00:00")),
    "date object": ("created_at", model(created_at={"a": 1})),
}


@pytest.mark.parametrize("name", NOT_MODELS)
def test_a_body_that_is_no_model_is_a_validation_error(any_api: Any, serve: Any, name: str) -> None:
    """With status, request id and at most 2 kB of the body in a message that stays short."""
    server = serve(answer(NOT_MODELS[name], headers=[("request-id", "req_1")]))

    error = any_api.error(any_api.client(server.url, max_retries=2))

    assert type(error) is APIResponseValidationError
    assert (error.status_code, error.request_id, len(server.requests)) == (200, "req_1", 1)
    assert "200" in str(error)
    assert "req_1" in str(error)
    assert len(str(error)) < 5000
    assert error.response.content == NOT_MODELS[name]


@pytest.mark.parametrize("name", FIELDS)
def test_the_field_at_fault_is_named(any_api: Any, serve: Any, name: str) -> None:
    """A missing field, a null, another type, another constant, a date that is no date."""
    field, body = FIELDS[name]

    error = any_api.error(any_api.client(serve(answer(body)).url))

    assert type(error) is APIResponseValidationError
    assert f"{field}:" in str(error)
    assert error.body == body


@pytest.mark.parametrize("status", [201, 202, 204, 206, 299])
def test_another_success_is_no_model(any_api: Any, serve: Any, status: int) -> None:
    """The fragment describes 200 alone; a partial answer with a whole model in it is none."""
    server = serve(answer(MODEL if status != 204 else b"", status))

    error = any_api.error(any_api.client(server.url))

    assert type(error) is APIResponseValidationError
    assert error.status_code == status


@pytest.mark.parametrize("content_type", ["text/html", "application/json; charset=utf-16", "", "x", "application/xml"])
def test_the_content_type_does_not_matter(any_api: Any, serve: Any, content_type: str) -> None:
    """JSON is read whatever it is called, as UTF-8, with or without its mark."""
    body = b"\xef\xbb\xbf" + json.dumps(MODEL).encode()
    reply = answer(body).replace(b"application/json", content_type.encode())

    assert any_api.retrieve(any_api.client(serve(reply).url)).to_dict(mode="json") == MODEL


GZIP = zlib.compressobj(wbits=31)
ENCODED = GZIP.compress(json.dumps(MODEL).encode()) + GZIP.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", ENCODED), ("x-gzip", ENCODED), ("GZIP", ENCODED), ("deflate", zlib.compress(json.dumps(MODEL).encode()))],
)
def test_a_compressed_body_is_read(any_api: Any, serve: Any, encoding: str, body: bytes) -> None:
    """In the encodings that were asked for."""
    server = serve(answer(body, headers=[("content-encoding", encoding)]))

    assert any_api.retrieve(any_api.client(server.url)).type == "model"
    assert server.requests[0].values("accept-encoding") == ["gzip, deflate"]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"not gzip"),
        ("gzip", ENCODED[:-9]),
        ("br", b"x"),
        ("zstd", b"x"),
        ("gzip, gzip", ENCODED),
        ("compress", b""),
    ],
)
def test_a_body_that_cannot_be_decoded_is_a_validation_error(
    any_api: Any, serve: Any, encoding: str, body: bytes
) -> None:
    """Damaged, cut short, or in an encoding that nobody asked for."""
    server = serve(answer(body, headers=[("content-encoding", encoding)]))

    error = any_api.error(any_api.client(server.url, max_retries=2))

    assert type(error) is APIResponseValidationError
    assert len(server.requests) == 1


def cut(reply: bytes) -> Any:
    """A script that ends the connection after these bytes."""

    def script(peer: Peer) -> None:
        peer.send(reply)
        peer.socket.close()

    return script


@pytest.mark.parametrize(
    "reply",
    [
        answer()[:-1],
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-5\r\nabcde\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\ncontent-length: five\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000,
        b"HTTP/1.1 200 OK\r\nx: " + b"y" * 1_000_000,
        b"\x16\x03\x01\x02\x00\x01",
    ],
    ids=lambda reply: str(reply[17:40]),
)
def test_an_answer_that_breaks_off_or_is_no_http_is_a_connection_error(any_api: Any, serve: Any, reply: bytes) -> None:
    """Nothing of it is handed out."""
    error = any_api.error(any_api.client(serve(cut(reply)).url))

    assert type(error) is APIConnectionError
