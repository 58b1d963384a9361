"""Reads and decodes the body of a response as it arrives, and rejects it as soon as it is too large."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import httpx

from .transport.deadline import Deadline

MAX_BODY = 1024 * 1024
"""The maximum size of a body in bytes, before and after decoding."""
_PIECES = 64
"""Chunks of a body that are read before other tasks may run: one read of a socket may return thousands."""
_FRAMING = 5
"""The minimum overhead of a chunk in bytes: its size and two line ends."""
_PLAIN = frozenset(
    ("", "identity", "none", "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1")
)  # all of them seen in real responses
_COMPRESSED = frozenset(("gzip", "x-gzip", "deflate"))


class Body:
    """Decodes one body. Raises `httpx.DecodingError` if that is not possible.

    Args:
        encoding: The `content-encoding` header. A body that is not compressed is used unchanged, whatever this says.
    """

    def __init__(self, encoding: str) -> None:
        names = [name for each in encoding.split(",") if (name := each.strip().lower()) not in _PLAIN]
        if len(names) > 1 or not _COMPRESSED.issuperset(names):
            raise httpx.DecodingError(f"content-encoding {encoding!r} was not requested")
        self._is_compressed = bool(names)
        self._may_be_raw = names == ["deflate"]
        self._inflate: Any = None
        self._left = MAX_BODY
        self._raw_left = MAX_BODY + MAX_BODY // 16  # room for the overhead of chunks of a usual size

    def feed(self, data: bytes) -> bytes:
        """Decode the next bytes."""
        self._raw_left -= len(data) + _FRAMING
        if self._is_compressed and self._inflate is None and data:
            self._inflate = self._start(data)
        if self._inflate is not None:
            try:
                data = self._inflate.decompress(data, self._left + 1)
            except zlib.error as error:
                raise httpx.DecodingError(f"the compressed body is damaged: {error}") from None
        self._left -= len(data)
        if self._raw_left < 0 or self._left < 0:
            raise httpx.DecodingError(f"the body is larger than {MAX_BODY} bytes")
        return data

    def _start(self, data: bytes) -> Any:
        if data[0] == 0x1F:
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        if data[0] & 0x0F == 8 and (len(data) < 2 or int.from_bytes(data[:2], "big") % 31 == 0):
            return zlib.decompressobj()
        if self._may_be_raw and data[:1] not in b"{[":
            return zlib.decompressobj(-zlib.MAX_WBITS)
        self._is_compressed = False  # an intermediary decoded it but kept the header
        return None

    def finish(self) -> None:
        """End the body. Raises `httpx.DecodingError` if its compressed data is incomplete."""
        if self._inflate is not None and not self._inflate.eof:
            raise httpx.DecodingError("the compressed body is truncated")


class BodyStream:
    """The decoded body of a response, limited in time and size. Blocking or asynchronous."""

    def __init__(self, response: Any, deadline: Deadline) -> None:
        self._response, self._deadline = response, deadline
        # The body of a mock, or one that a hook has read, is already decoded.
        self._is_read: bool = response.is_stream_consumed
        self._encoding = "" if self._is_read else str(response.headers.get("content-encoding", ""))

    def __iter__(self) -> Iterator[bytes]:
        body = Body(self._encoding)
        for piece in [self._response.content] if self._is_read else self._response.stream:
            self._deadline.check()
            yield body.feed(piece)
        body.finish()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        body = Body(self._encoding)
        if self._is_read:
            yield body.feed(self._response.content)
            return
        source = aiter(self._response.stream)
        count = 0
        try:
            while True:
                with anyio.move_on_after(self._deadline.remaining()) as scope:
                    piece = await anext(source, None)
                if scope.cancelled_caught:
                    raise httpx.ReadTimeout("the deadline of the attempt has passed")
                if piece is None:
                    break
                yield body.feed(piece)
                count += 1
                if count % _PIECES == 0:
                    await anyio.sleep(0)
            body.finish()
        finally:
            if hasattr(source, "aclose"):
                await source.aclose()

    def close(self) -> None:
        self._response.close()

    async def aclose(self) -> None:
        with anyio.CancelScope(shield=True):
            await self._response.aclose()
