"""Bodies as they are decoded and bounded, to the very byte."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from telling import told

from anthropic_models.transport import bodies
from anthropic_models.transport.http11 import Body
from anthropic_models.transport.messages import Origin, Reply, Request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MIB = 1024 * 1024
TOO_LARGE = "BodyTooLargeError: the body is larger than 1048576 bytes"
CUT = "DecodingError: the compressed body is cut short"


def decoded(encoding: str, *pieces: bytes) -> object:
    """The size of what comes of these pieces, or what is said of them."""

    def decode() -> int:
        body = Body(encoding)
        size = sum(len(body.feed(piece)) for piece in pieces)
        body.finish()
        return size

    return told(decode)


def test_a_mebibyte_is_the_most():
    """Plain or decompressed, in one piece or several; one byte more is refused."""
    whole = bytes(MIB)

    assert [decoded("", whole), decoded("identity", whole[:9], whole[9:]), decoded("", b"")] == [MIB, MIB, 0]
    assert [decoded("", whole, b"x"), decoded("", whole + b"x"), decoded("", *[whole[:600_000]] * 2)] == [TOO_LARGE] * 3
    for encoding, compress in (("gzip", gzip.compress), ("deflate", zlib.compress)):
        squeezed = compress(whole)
        assert [decoded(encoding, squeezed), decoded(encoding, squeezed[:99], squeezed[99:])] == [MIB, MIB]
        assert [decoded(encoding, compress(whole + b"x")), decoded(encoding, compress(whole * 9))] == [TOO_LARGE] * 2


def test_what_comes_in_is_bounded_too():
    """A compressed body that comes to nothing, and goes on and on."""
    empty = b"\x00\x00\x00\xff\xff"  # a block of deflate without a byte in it
    start, blocks = b"\x78\x9c", empty * (MIB // len(empty))

    assert [decoded("deflate", start, blocks[: MIB - 2]), decoded("deflate", start, blocks, empty)] == [CUT, TOO_LARGE]


def test_an_encoding_is_known_by_these_names():
    """In capitals, with white space around; one that nobody asked for is told, sixty-four characters of it."""
    squeezed, deflated = gzip.compress(b"abc"), zlib.compress(b"abc")
    names = {
        "gzip": squeezed,
        "X-Gzip": squeezed,
        " GZIP ": squeezed,
        "Deflate": deflated,
        "Identity": b"abc",
        " ": b"abc",
    }

    assert {name: decoded(name, body) for name, body in names.items()} == dict.fromkeys(names, 3)
    assert decoded("y" * 99) == f"BodyTooLargeError: content-encoding {'y' * 64!r} is not one that was asked for"
    assert decoded("br") == "BodyTooLargeError: content-encoding 'br' is not one that was asked for"
    assert decoded("XXXX") == "BodyTooLargeError: content-encoding 'XXXX' is not one that was asked for"


def test_a_damaged_body_is_told():
    """Cut short, or not compressed at all; none at all is an empty one."""
    squeezed = gzip.compress(b"abc")

    assert [decoded("gzip"), decoded("gzip", squeezed[:-1]), decoded("gzip", squeezed[:3])] == [0, CUT, CUT]
    assert decoded("gzip", b"plain") == (
        "DecodingError: the compressed body is damaged: Error -3 while decompressing data: incorrect header check"
    )


def replying(encoding: str | None) -> Reply:
    """An answer whose body is encoded like this."""
    headers = [] if encoding is None else [(b"content-encoding", encoding.encode())]
    return Reply(Request("GET", Origin("http", "h", 80, "h"), "/", {}), 200, headers, {})


async def coming(pieces: list[bytes]) -> AsyncIterator[bytes]:
    """The pieces, for asyncio."""
    for piece in pieces:
        yield piece


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_an_answer_is_read_as_far_as_it_can_be(kind: str):
    """Whole and decoded; or four kibibytes of it, with the problem."""

    def read(encoding: str | None, *pieces: bytes) -> tuple[Any, str | None]:
        reply = replying(encoding)
        if kind == "sync":
            bodies.read(reply, iter(pieces))
        else:
            asyncio.run(bodies.aread(reply, coming(list(pieces))))
        return reply.body, reply.problem and f"{type(reply.problem).__name__}: {reply.problem}"  # type: ignore[return-value]

    squeezed = gzip.compress(b"abc" * 9000, mtime=0)

    assert read(None, b"a" * 5000, b"b" * 3) == (b"a" * 5000 + b"bbb", None)
    assert read("gzip", squeezed[:20], squeezed[20:]) == (b"abc" * 9000, None)
    assert read("gzip", squeezed[:-1]) == ((b"abc" * 9000)[:4096], CUT)
    assert read("br", b"x") == (b"", "BodyTooLargeError: content-encoding 'br' is not one that was asked for")


def test_a_body_that_is_read_later_is_decoded_all_the_same():
    """By either kind of client, and closed by what it was given for that."""
    squeezed = gzip.compress(b"abc")
    closed: list[str] = []

    async def aclose() -> None:
        closed.append("async")

    async def read() -> bytes:
        stream = bodies.AsyncStream(replying("gzip"), coming([squeezed]), aclose)
        whole = b"".join([piece async for piece in stream])
        await stream.aclose()
        return whole

    stream = bodies.SyncStream(replying("gzip"), iter([squeezed]), lambda: closed.append("sync"))
    assert [b"".join(stream), asyncio.run(read())] == [b"abc", b"abc"]
    stream.close()
    assert closed == ["async", "sync"]
