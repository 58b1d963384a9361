"""Memory is bounded: an answer of more than a mebibyte is refused while it arrives, however it is packed."""

from __future__ import annotations

import asyncio
import gzip
import json
import tracemalloc
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hostile import MODEL, answer
from outcomes import by_name, outcome, types

from anthropic_models import APIResponseValidationError, AsyncAnthropic, InternalServerError
from anthropic_models.types import ModelInfo

if TYPE_CHECKING:
    from hostile import Peer

MIB = 1024 * 1024
TEXT = json.dumps(MODEL).encode()
CLOSE = [("connection", "close")]


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


ZEROS = squeezed(b"\x00" * 40 * MIB)
OBJECTS = TEXT[:-1] + b', "x": [' + b"{}," * 340_000 + b"{}]}"
KEYS = TEXT[:-1] + b"".join(b',"%x":0' % number for number in range(90_000)) + b"}"
COSTLY: dict[str, bytes | Any] = {
    "a bomb in a bomb": answer(squeezed(ZEROS), headers=[("content-encoding", "gzip, gzip")]),
    "a bomb in a bomb, half told": answer(squeezed(ZEROS), headers=[("content-encoding", "gzip")]),
    "a bomb": answer(ZEROS, headers=[("content-encoding", "gzip")]),
    "a bomb in a 500": answer(ZEROS, 500, [("content-encoding", "gzip")]),
    "a deflated bomb": answer(zlib.compress(b"\x00" * 40 * MIB, 9), headers=[("content-encoding", "deflate")]),
    "3,000 layers": answer(nested(30), headers=[("content-encoding", ", ".join(["gzip"] * 3000))]),
    "3,000 headers": answer(nested(30), headers=[("content-encoding", "gzip")] * 3000),
    "a length of a gigabyte": b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n" + b" " * 3 * MIB,
    "endless": endless,
    "2 MB message in a 500": answer({"error": {"message": "x" * 2_000_000}}, 500),
    "chunks": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + (b"10000\r\n" + b" " * 65536 + b"\r\n") * 40,
    "objects": answer(squeezed(OBJECTS[: MIB - 2] + b"]}"), headers=[("content-encoding", "gzip")]),
    "objects in a 500": answer(squeezed(OBJECTS[: MIB - 2] + b"]}"), 500, [("content-encoding", "gzip")]),
    "keys": answer(squeezed(KEYS), headers=[("content-encoding", "gzip")]),
    "a wide text": answer(squeezed(TEXT[:-1] + b', "x": "' + b"a" * 900_000 + "🦊".encode() + b'"} no')),
}  # fmt: skip


def test_no_answer_costs_more_than_twenty_megabytes(any_api: Any, serve: Any) -> None:
    """Neither a success nor an error that is retried; the server's own share is not counted."""
    client = any_api.client(serve(by_name({**COSTLY, "warm": answer()})).url)
    any_api.retrieve(client, "warm")
    peaks, kinds, sizes = {}, {}, {}
    for name in COSTLY:
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        error = outcome(any_api.retrieve, client, name)
        peaks[name] = tracemalloc.get_traced_memory()[1] - before
        tracemalloc.stop()
        kinds[name], sizes[name] = type(error), len(error.response.content if hasattr(error, "response") else b"")

    assert {name: peak for name, peak in peaks.items() if peak >= 20_000_000} == {}
    assert kinds == {name: InternalServerError if "500" in name else APIResponseValidationError for name in COSTLY}
    assert {name: size for name, size in sizes.items() if size > MIB} == {}


@pytest.mark.parametrize("compress", [False, True])
def test_a_mebibyte_is_read_and_a_byte_more_is_refused(any_api: Any, serve: Any, compress: bool) -> None:
    """As received and after decompression, with and without a length."""

    def script(size: int, length: bool) -> Any:
        headers = [("content-encoding", "gzip")] if compress else []
        body = squeezed(padded(size)) if compress else padded(size)

        def send(peer: Peer) -> None:
            peer.send(answer(body, headers=[*headers, *([] if length else CLOSE)], length=length))
            if not length:
                peer.socket.close()

        return send

    cases = {f"{size}, {length}": (size, length) for size in (MIB, MIB + 1) for length in ("told", "not told")}
    server = serve(by_name({name: script(size, length == "told") for name, (size, length) in cases.items()}))

    assert types(any_api.outcomes(any_api.client(server.url), cases)) == {
        name: ModelInfo if size == MIB else APIResponseValidationError for name, (size, _) in cases.items()
    }


def test_a_large_compressed_body_is_refused_as_received(any_api: Any, serve: Any) -> None:
    """Empty blocks of two megabytes that decode to nothing are too much, too."""
    empty = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\x00\x00\x00\xff\xff" * 400_000

    error = any_api.error(any_api.client(serve(answer(empty, headers=[("content-encoding", "gzip")])).url))

    assert type(error) is APIResponseValidationError
    assert "larger than" in str(error)


def test_a_streamed_body_is_bounded_too(any_api: Any, serve: Any) -> None:
    """Read at once, or piece by piece."""
    client = any_api.client(serve(by_name(COSTLY)).url)

    def sync_read(name: str) -> None:
        with client.models.with_streaming_response.retrieve(name) as response:
            assert sum(len(piece) for piece in response.iter_bytes()) <= MIB

    async def async_read(name: str) -> None:
        async with client.models.with_streaming_response.retrieve(name) as response:
            assert sum([len(piece) async for piece in response.iter_bytes()]) <= MIB

    def read(name: str) -> None:
        any_api.run(async_read(name) if any_api.is_async else sync_read(name))

    errors = {name: outcome(read, name) for name in ("a bomb", "endless", "a length of a gigabyte")}

    assert types(errors) == dict.fromkeys(errors, APIResponseValidationError)
    assert [name for name, error in errors.items() if "larger than" not in str(error)] == []


def test_a_body_of_one_byte_chunks_holds_up_nobody(serve: Any) -> None:
    """Others get their turns while it is read, and it ends when as much came as a whole mebibyte may take."""
    server = serve(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * MIB)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def read() -> None:
        async with AsyncAnthropic(api_key="k", base_url=server.url, timeout=50, max_retries=0) as client:
            counting = asyncio.create_task(count())
            with pytest.raises(APIResponseValidationError, match="larger than"):
                await client.models.retrieve("m")
            counting.cancel()

    asyncio.run(read())

    assert turns > 1000  # the body comes in less than a hundred pieces


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
