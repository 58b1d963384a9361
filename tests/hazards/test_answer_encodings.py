"""Compressed, cut and damaged answers: read where they were asked for and are whole, else one error."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from hostile import MODEL, answer
from outcomes import asked, by_name, types

from anthropic_models import APIConnectionError, APIResponseValidationError

if TYPE_CHECKING:
    from hostile import Peer

GZIP = zlib.compressobj(wbits=31)
ENCODED = GZIP.compress(json.dumps(MODEL).encode()) + GZIP.flush()


DEFLATED = zlib.compress(json.dumps(MODEL).encode())
RAW = DEFLATED[2:-4]  # deflate as some servers send it, without the frame of zlib
PLAIN = json.dumps(MODEL).encode()
READABLE = {
    "gzip": ENCODED, "x-gzip": ENCODED, "GZIP": ENCODED, "deflate": DEFLATED, "gzip,": ENCODED,
    "identity, gzip": ENCODED, "Deflate": RAW, "identity": PLAIN, "utf-8": PLAIN, "none": PLAIN, ",": PLAIN,
}  # fmt: skip
DAMAGED = {
    "no gzip": ("gzip", b"not gzip"),
    "cut": ("gzip", ENCODED[:-9]),
    "damaged": ("gzip", ENCODED[:12] + b"\xff" * 20),
    "br": ("br", b"x"),
    "zstd": ("zstd", b"x"),
    "gzip but once": ("gzip, gzip", ENCODED),
    "compress": ("compress", b""),
}
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
BROKEN = {
    "a byte short": answer()[:-1],
    "cut in a chunk": CHUNKED + b"5\r\nabc",
    "a chunk without a size": CHUNKED + b"xyz\r\n",
    "a chunk of negative size": CHUNKED + b"-5\r\nabcde\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcde",
    "a length in words": b"HTTP/1.1 200 OK\r\ncontent-length: five\r\n\r\nabcde",
    "a header without a colon": b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    "100,000 headers": b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000,
    "a header of a megabyte": b"HTTP/1.1 200 OK\r\nx: " + b"y" * 1_000_000,
    "TLS": b"\x16\x03\x01\x02\x00\x01",
}


def test_a_compressed_body_is_read(any_api: Any, serve: Any) -> None:
    """In the encodings that were asked for, however they are written, and where the header names none."""
    server = serve(
        by_name({name: answer(body, headers=[("content-encoding", name)]) for name, body in READABLE.items()})
    )
    client = any_api.client(server.url)

    assert {name: any_api.retrieve(client, name).type for name in READABLE} == dict.fromkeys(READABLE, "model")
    assert [each.values("accept-encoding") for each in server.requests] == [["gzip, deflate"]] * len(READABLE)


def test_the_message_of_an_error_is_read_likewise(any_api: Any, serve: Any) -> None:
    """What its header says of the body does not cost the message."""
    body = json.dumps({"error": {"message": "model: m"}}).encode()
    server = serve(*(answer(body, 404, [("content-encoding", each)]) for each in ("utf-8", "identity", "none")))
    errors = any_api.outcomes(any_api.client(server.url), "abc")

    assert [name for name, error in errors.items() if "model: m" not in str(error)] == []


def test_a_body_that_cannot_be_decoded_is_a_validation_error(any_api: Any, serve: Any) -> None:
    """Damaged, cut short, or in an encoding that nobody asked for."""
    server = serve(
        by_name({name: answer(body, headers=[("content-encoding", how)]) for name, (how, body) in DAMAGED.items()})
    )

    errors = any_api.outcomes(any_api.client(server.url, max_retries=2), DAMAGED)

    assert types(errors) == dict.fromkeys(DAMAGED, APIResponseValidationError)
    assert asked(server) == dict.fromkeys(DAMAGED, 1)


def cut(reply: bytes) -> Any:
    """A script that ends the connection after these bytes."""

    def script(peer: Peer) -> None:
        peer.send(reply)
        peer.socket.close()

    return script


def test_an_answer_that_breaks_off_or_is_no_http_is_a_connection_error(any_api: Any, serve: Any) -> None:
    """Nothing of it is handed out."""
    server = serve(by_name({name: cut(reply) for name, reply in BROKEN.items()}))

    errors = any_api.outcomes(any_api.client(server.url), BROKEN)

    assert types(errors) == dict.fromkeys(BROKEN, APIConnectionError)
