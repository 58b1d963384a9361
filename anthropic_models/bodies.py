"""Reads and decodes the body of a response as it arrives, limited in time and in size."""

from __future__ import annotations

import functools
import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import httpx

from .libraries import library_of
from .transport.deadline import PASSED, Deadline

MAX_BODY = 1024 * 1024
"""The maximum size of a body in bytes, before and after decoding."""
_TOO_LARGE = f"the body is larger than {MAX_BODY} bytes"
_EXCERPT = 4096
"""Bytes that an error keeps of a body."""
_PIECES = 64
"""Chunks of a body that are read before other tasks may run: one read of the socket may return thousands."""
_FRAMING = 5
"""The minimum overhead of an HTTP chunk in bytes: one digit of its size, and two CRLFs."""
_PLAIN = frozenset(("", "identity", "none", "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1"))  # seen in responses
_COMPRESSED = frozenset(("gzip", "x-gzip", "deflate"))
DECODED = _PLAIN | _COMPRESSED
"""The codings that can be decoded."""


class BodyError(httpx.DecodingError):
    """A body that is too large or cannot be decoded, with its response and what was read of it."""

    def __init__(self, message: str, response: Any, content: bytes) -> None:
        super().__init__(message)
        self.response: Any = response
        self.content: bytes = content[:_EXCERPT]


def limit(response: Any, deadline: Deadline) -> None:
    """Replace the stream of a response by one that decodes the body, and limits its time and size."""
    if not response.is_stream_consumed:
        library = library_of(response)
        kind = _stream_kind(library.SyncByteStream, library.AsyncByteStream)
        response.stream = kind(response, response.stream, deadline)
    elif response.is_closed and len(response.content) > MAX_BODY:  # a hook has read it, or it is a mock's
        raise BodyError(_TOO_LARGE, response, response.content)


@functools.cache
def _stream_kind(*bases: Any) -> Any:
    """The class for the bodies of one library, httpx or httpx2."""
    return type("BodyStream", (BodyStream, *bases), {})


class BodyStream:
    """The decoded body of a response, blocking or asynchronous.

    A body that is not compressed is used unchanged, even if its header says gzip or deflate.
    """

    def __init__(self, response: Any, stream: Any, deadline: Deadline) -> None:
        self._response, self._stream, self._deadline = response, stream, deadline
        self._encoding = response.headers.pop("content-encoding", "")  # httpx must not decode it again
        self._inflate: Any = None
        self._seen = b""
        self._left = MAX_BODY
        self._raw_left = MAX_BODY + MAX_BODY // 16  # room for the overhead of chunks of a usual size
        names = [name for each in self._encoding.split(",") if (name := each.strip().lower()) not in _PLAIN]
        self._is_known = len(names) < 2 and _COMPRESSED.issuperset(names)
        self._is_compressed = bool(names)
        self._may_be_raw = names == ["deflate"]

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            yield self._decode(piece)
        self._finish()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        source = aiter(self._stream)
        count = 0
        try:
            while True:
                with anyio.move_on_after(self._deadline.remaining()) as scope:
                    piece = await anext(source, None)
                if scope.cancelled_caught:
                    raise httpx.ReadTimeout(PASSED)
                if piece is None:
                    break
                yield self._decode(piece)
                count += 1
                if count % _PIECES == 0:
                    await anyio.sleep(0)
            self._finish()
        finally:
            if hasattr(source, "aclose"):
                await source.aclose()

    def close(self) -> None:
        self._stream.close()

    async def aclose(self) -> None:
        with anyio.CancelScope(shield=True):
            await self._stream.aclose()

    def _decode(self, data: bytes) -> bytes:
        self._deadline.check()
        self._raw_left -= len(data) + _FRAMING
        if not self._is_known:
            raise self._error(f"content-encoding {self._encoding!r} is not supported: only one of gzip and deflate is")
        if self._is_compressed and self._inflate is None and data:
            self._inflate = self._start(data)
        if self._inflate is not None:
            try:
                data = self._inflate.decompress(data, self._left + 1)
            except zlib.error as error:
                raise self._error(f"the compressed body is damaged: {error}") from None
        self._left -= len(data)
        if self._raw_left < 0 or self._left < 0:
            raise self._error(_TOO_LARGE)
        if len(self._seen) < _EXCERPT:
            self._seen += data
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

    def _finish(self) -> None:
        if self._inflate is not None and not self._inflate.eof:
            raise self._error("the compressed body is truncated")

    def _error(self, message: str) -> BodyError:
        return BodyError(message, self._response, self._seen)
