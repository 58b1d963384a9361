"""Ways in which a server keeps a client waiting for ever."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hostile import answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from hostile import Peer

TIMEOUT = 0.3
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
ENDLESS = b'{"id": "' + b"x" * 100_000


def drip(start: bytes, again: bytes = b"x") -> Callable[[Peer], None]:
    """A script that sends some bytes, and then a few more every now and then for ever."""

    def script(peer: Peer) -> None:
        peer.send(start)
        peer.drip(itertools.repeat(again), 0.04)

    return script


def silent_after(start: bytes) -> Callable[[Peer], None]:
    """A script that sends some bytes and then nothing more."""

    def script(peer: Peer) -> None:
        peer.send(start)
        peer.hold()

    return script


def late(peer: Peer) -> None:
    """A body that begins, goes on shortly before the end of the timeout, and then stops."""
    peer.send(HEAD + b"content-length: 900\r\n\r\n{")
    peer.drip([b" "], TIMEOUT * 0.8)
    peer.hold()


def redirects(peer: Peer) -> None:
    """One redirect after another, to models with longer and longer names."""
    peer.drip([answer(b"", 307, [("location", f"{peer.request.target}-again")])], TIMEOUT / 3)


SLOW: dict[str, Callable[[Peer], None]] = {
    "nothing": silent_after(b""),
    "half a head": silent_after(HEAD),
    "half a body": silent_after(HEAD + b"content-length: 90\r\n\r\n{"),
    "half a chunk": silent_after(HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\n{"),
    "an interim answer": silent_after(b"HTTP/1.1 103 Early\r\n\r\n"),
    "late": late,
    "drip of the status line": drip(b"HTTP/1.1 200 ", b"O"),
    "drip of a header": drip(HEAD + b"x: ", b"y"),
    "drip of headers": drip(HEAD, b"x: y\r\n"),
    "drip of 103": drip(b"", b"HTTP/1.1 103 Early\r\nlink: x\r\n\r\n"),
    "flood of 103": drip(b"", b"HTTP/1.1 103 Early\r\n\r\n" * 500),
    "drip of the body": drip(HEAD + b"content-length: 999999\r\n\r\n"),
    "drip of chunks": drip(HEAD + b"transfer-encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "drip of a chunk's extension": drip(HEAD + b"transfer-encoding: chunked\r\n\r\n1;a="),
    "drip to the end of the connection": drip(HEAD + b"\r\n"),
    "drip of trailers": drip(HEAD + b"transfer-encoding: chunked\r\n\r\n0\r\n", b"x: y\r\n"),
    "drip of a compressed body": drip(HEAD + b"content-encoding: deflate\r\n\r\n\x78\x9c", b"\x00\x00\x00\xff\xff"),
    "drip of an error": drip(b"HTTP/1.1 500 No\r\ncontent-length: 999999\r\n\r\n"),
    "redirects": redirects,
}  # fmt: skip
