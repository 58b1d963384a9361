"""Memory is bounded: an answer of more than a mebibyte is refused while it arrives, however it is packed."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hostile import MODEL, answer

from anthropic_models import APIResponseValidationError, InternalServerError

if TYPE_CHECKING:
    from hostile import Peer

MIB = 1024 * 1024
TEXT = json.dumps(MODEL).encode()


def padded(size: int) -> bytes:
    """The example, filled up with white space to this size."""
    return TEXT[:-1] + b" " * (size - len(TEXT)) + b"}"


def squeezed(text: bytes) -> bytes:
    """Compressed as far as can be."""
    return gzip.compress(text, 9, mtime=0)


def endless(peer: Peer) -> None:
    """A body without end, as fast as it is taken."""
    peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        peer.send(b" " * 65536)


def nested(layers: int) -> bytes:
    """Gzip in gzip in gzip, around the example."""
    text = TEXT
    for _ in range(layers):
        text = gzip.compress(text, 1, mtime=0)
    return text


ZEROS = squeezed(b"\x00" * 100 * MIB)
OBJECTS = TEXT[:-1] + b', "x": [' + b"{}," * 340_000 + b"{}]}"
KEYS = TEXT[:-1] + b"".join(b',"%x":0' % number for number in range(90_000)) + b"}"
COSTLY: dict[str, bytes | Any] = {
    "a bomb in a bomb": answer(squeezed(ZEROS), headers=[("content-encoding", "gzip, gzip")]),
    "a bomb in a bomb, half told": answer(squeezed(ZEROS), headers=[("content-encoding", "gzip")]),
    "a bomb": answer(ZEROS, headers=[("content-encoding", "gzip")]),
    "a bomb in a 500": answer(ZEROS, 500, [("content-encoding", "gzip")]),
    "a deflated bomb": answer(zlib.compress(b"\x00" * 50 * MIB, 9), headers=[("content-encoding", "deflate")]),
    "3,000 layers": answer(nested(30), headers=[("content-encoding", ", ".join(["gzip"] * 3000))]),
    "3,000 headers": answer(nested(30), headers=[("content-encoding", "gzip")] * 3000),
    "a length of a gigabyte": b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n" + b" " * 3 * MIB,
    "endless": endless,
    "2 MB message": answer({"error": {"message": "x" * 2_000_000}}, 500),
    "chunks": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + (b"10000\r\n" + b" " * 65536 + b"\r\n") * 40,
    "objects": answer(squeezed(OBJECTS[: MIB - 2] + b"]}"), headers=[("content-encoding", "gzip")]),
    "objects in a 500": answer(squeezed(OBJECTS[: MIB - 2] + b"]}"), 500, [("content-encoding", "gzip")]),
    "keys": answer(squeezed(KEYS), headers=[("content-encoding", "gzip")]),
    "a wide text": answer(squeezed(TEXT[:-1] + b', "x": "' + b"a" * 900_000 + "🦊".encode() + b'"} no')),
}  # fmt: skip


@pytest.mark.parametrize("name", COSTLY)
def test_no_answer_costs_more_than_twenty_megabytes(any_api: Any, serve: Any, name: str) -> None:
    """Neither a success nor an error that is retried; the server's own share is not counted."""
    server = serve(COSTLY[name])
    client = any_api.client(server.url)
    warm = any_api.client(serve().url)
    any_api.retrieve(warm)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]

    error = any_api.error(client)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()

    assert isinstance(error, (APIResponseValidationError, InternalServerError))
    assert peak < 20_000_000
    assert len(error.response.content) <= MIB


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("length", [False, True])
def test_a_mebibyte_is_read_and_a_byte_more_is_refused(any_api: Any, serve: Any, compress: bool, length: bool) -> None:
    """As received and after decompression, with and without a length."""
    headers = [("content-encoding", "gzip")] if compress else []
    if not length:
        headers.append(("connection", "close"))

    def script(size: int) -> Any:
        body = squeezed(padded(size)) if compress else padded(size)

        def send(peer: Peer) -> None:
            peer.send(answer(body, headers=headers, length=length))
            if not length:
                peer.socket.close()

        return send

    client = any_api.client(serve(script(MIB), script(MIB + 1)).url)

    assert any_api.retrieve(client).id == MODEL["id"]
    assert type(any_api.error(client)) is APIResponseValidationError


def test_a_large_compressed_body_is_refused_as_received(any_api: Any, serve: Any) -> None:
    """Empty blocks of two megabytes that decode to nothing are too much, too."""
    empty = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\x00\x00\x00\xff\xff" * 400_000

    error = any_api.error(any_api.client(serve(answer(empty, headers=[("content-encoding", "gzip")])).url))

    assert type(error) is APIResponseValidationError
    assert "larger than" in str(error)


@pytest.mark.parametrize("name", ["a bomb", "endless", "a length of a gigabyte"])
def test_a_streamed_body_is_bounded_too(any_api: Any, serve: Any, name: str) -> None:
    """Read at once, or piece by piece."""
    client = any_api.client(serve(COSTLY[name]).url)

    def sync_read() -> None:
        with client.models.with_streaming_response.retrieve("m") as response:
            assert sum(len(piece) for piece in response.iter_bytes()) <= MIB

    async def async_read() -> None:
        async with client.models.with_streaming_response.retrieve("m") as response:
            assert sum([len(piece) async for piece in response.iter_bytes()]) <= MIB

    with pytest.raises(APIResponseValidationError, match="larger than"):
        any_api.run(async_read() if any_api.is_async else sync_read())


def test_the_head_is_bounded(any_api: Any, serve: Any) -> None:
    """Headers of 100 kB and more are refused while they arrive."""

    def headers(peer: Peer) -> None:
        peer.send(b"HTTP/1.1 200 OK\r\n")
        while True:
            peer.send(b"x: " + b"y" * 30_000 + b"\r\n")

    tracemalloc.start()
    error = any_api.error(any_api.client(serve(headers).url))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert type(error).__name__ == "APIConnectionError"
    assert peak < 20_000_000
