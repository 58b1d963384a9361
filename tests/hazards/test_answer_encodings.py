"""Compressed, cut and damaged answers: read where they were asked for and are whole, else one error."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hostile import MODEL, answer

from anthropic_models import APIConnectionError, APIResponseValidationError

if TYPE_CHECKING:
    from hostile import Peer

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
