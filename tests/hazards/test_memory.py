"""Memory is bounded: a response of more than one mebibyte is refused while it arrives, however it is encoded."""

import asyncio
import functools
import gzip
import itertools
import json
import tracemalloc
import zlib

import httpx
import pytest
from cases import outcome, types
from recording import MODEL, Answer

from anthropic_models import (
    Anthropic,
    APIConnectionError,
    APIResponseValidationError,
    AsyncAnthropic,
    InternalServerError,
)
from anthropic_models.types import ModelInfo

MIB = 1024 * 1024
TEXT = json.dumps(MODEL).encode()


def coded(body, coding="gzip", status=200):
    """A response with this content coding."""
    return Answer(status, body, [("content-encoding", coding)])


def endless(start, again):
    """Send bytes without end, as fast as the client reads them."""
    return lambda peer: (peer.send(start), peer.drip(itertools.repeat(again), 0))


HEAD = b"HTTP/1.1 200 OK\r\n"
OBJECTS = (TEXT[:-1] + b', "x": [' + b"{}," * 340_000)[: MIB - 2] + b"]}"
WIDE = TEXT[:-1] + b', "x": "' + b"a" * 900_000 + "🦊".encode() + b'"} no'
KEYS = TEXT[:-1] + b"".join(b',"%x":0' % number for number in range(90_000)) + b"}"


@functools.cache
def costly():
    """Responses that would need much more memory than their size."""
    zeros = gzip.compress(b"\x00" * 32 * MIB, 1, mtime=0)
    nested = functools.reduce(lambda text, _: gzip.compress(text, 1, mtime=0), range(30), TEXT)
    return {
        "a bomb in a bomb": coded(gzip.compress(zeros), "gzip, gzip"),
        "a bomb in a bomb, declared once": coded(gzip.compress(zeros)),
        "a bomb": coded(zeros),
        "a bomb in a 500": coded(zeros, status=500),
        "a deflated bomb": coded(zlib.compress(b"\x00" * 32 * MIB, 1), "deflate"),
        "3,000 layers": coded(nested, ", ".join(["gzip"] * 3000)),
        "3,000 headers": Answer(200, nested, [("content-encoding", "gzip")] * 3000),
        "a length of a gigabyte": HEAD + b"content-length: 1073741824\r\n\r\n" + b" " * 3 * MIB,
        "endless": endless(HEAD + b"\r\n", b" " * 65536),
        "chunks": endless(HEAD + b"transfer-encoding: chunked\r\n\r\n", b"10000\r\n" + b" " * 65536 + b"\r\n"),
        "a head without end": endless(HEAD, b"x: " + b"y" * 30_000 + b"\r\n"),
        "2 MB message in a 500": Answer(500, {"error": {"message": "x" * 2_000_000}}),
        "objects": coded(gzip.compress(OBJECTS)),
        "objects in a 500": coded(gzip.compress(OBJECTS), status=500),
        "keys": coded(gzip.compress(KEYS)),
        "empty blocks": coded(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\x00\x00\x00\xff\xff" * 400_000),
        "a wide text": coded(gzip.compress(WIDE)),
    }


PARSED = {"objects", "objects in a 500", "keys", "a wide text", "2 MB message in a 500"}


@pytest.mark.parametrize("any_api", ["sync", "async httpx"], indirect=True)
def test_no_response_needs_more_than_twenty_megabytes(any_api, server):
    """The peak of traced memory stays below that for successes and errors."""
    server.fallback = {**costly(), "warm": Answer()}
    client = any_api.client()
    any_api.retrieve(client, "warm")
    peaks, errors = {}, {}
    tracemalloc.start()
    for name in costly().keys() - (PARSED if any_api.is_async else set()):  # both parse with the same code
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        errors[name] = outcome(any_api.retrieve, client, name)
        peaks[name] = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()

    assert {name: peak for name, peak in peaks.items() if peak >= 20_000_000} == {}
    assert type(errors.pop("a head without end")) is APIConnectionError
    assert types(errors) == {
        name: InternalServerError if "500" in name else APIResponseValidationError for name in errors
    }
    assert {name: each for name, each in errors.items() if len(each.response.content) > MIB} == {}


def test_a_mebibyte_is_accepted_and_a_byte_more_is_refused(any_api, server):
    """The limit holds for plain and decompressed bodies, with and without a content-length."""
    for more, wanted in ((0, ModelInfo), (1, APIResponseValidationError)):
        text = TEXT[:-1] + b" " * (MIB + more - len(TEXT)) + b"}"
        packed = coded(gzip.compress(text))
        replies = {
            "plain": Answer(200, text),
            "compressed": packed,
            "without length": HEAD + b"\r\n" + text,
            "compressed, without length": HEAD + b"content-encoding: gzip\r\n\r\n" + packed.body,
        }

        assert types(any_api.replies(server, replies)) == dict.fromkeys(replies, wanted)


def test_a_streamed_body_is_bounded_too(api, server):
    """The same limit holds for a streaming response, whose body is read later."""
    server.fallback, client = costly(), api.client()
    for name in ("a bomb", "endless", "a length of a gigabyte"):
        with pytest.raises(APIResponseValidationError, match="larger than"), api.streamed(client, name) as response:
            api.run(response.read())


def test_the_body_of_another_transport_is_bounded_too():
    """A mock's body that has been read is limited; so is one in chunks of one byte, whose framing counts."""
    bodies = {"whole": b" " * (MIB + 1), "chunks": (b"x" for _ in range(200_000))}
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=bodies[request.url.path[11:]]))
    with Anthropic(api_key="k", http_client=httpx.Client(transport=transport)) as client:
        for name in bodies:
            with pytest.raises(APIResponseValidationError, match="larger than"):
                client.models.retrieve(name)


def test_a_body_of_one_byte_chunks_does_not_block_the_event_loop(server):
    """Other tasks run while it is read."""
    server.fallback = HEAD + b"transfer-encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 10_000

    async def turns_while_it_reads():
        turns = 0
        async with AsyncAnthropic(api_key="k", base_url=server.url, timeout=50, max_retries=0) as client:
            call = asyncio.ensure_future(client.models.retrieve("m"))
            while not call.done():
                turns += 1
                await asyncio.sleep(0)
        assert type(call.exception()) is APIConnectionError  # the body is truncated
        return turns

    assert asyncio.run(turns_while_it_reads()) > 100  # the body arrives in fewer than twenty reads
