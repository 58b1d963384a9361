"""Reads the body of an answer as it arrives, decoded, and refuses it as soon as it is too large."""

from __future__ import annotations

import zlib
from typing import Any

import httpx

MAX_BODY = 1024 * 1024
"""Bytes of a body that are read at most, before and after decoding."""
_KEPT = 4096
"""Bytes of a body that could not be read to its end, enough for a message."""
_FRAMING = 5
"""Bytes that a piece of a chunked body takes at least beside its data: its size and two line ends."""
_PLAIN = frozenset(("", "identity", "none", "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1"))  # seen in the wild
_COMPRESSED = frozenset(("gzip", "x-gzip", "deflate"))


class Body:
    """One body. What cannot be decoded raises `httpx.DecodingError`.

    Args:
        encoding: The `content-encoding` header. A body that is not compressed, whatever it says, is taken as it is.
    """

    def __init__(self, encoding: str) -> None:
        names = [name for each in encoding.split(",") if (name := each.strip().lower()) not in _PLAIN]
        if len(names) > 1 or not _COMPRESSED.issuperset(names):
            raise httpx.DecodingError(f"content-encoding {encoding[:64]!r} is not one that was asked for")
        self._is_compressed = bool(names)
        self._may_be_raw = names == ["deflate"]
        self._inflate: Any = None
        self._left = MAX_BODY
        self._raw_left = MAX_BODY + MAX_BODY // 16  # room for sensible framing

    def feed(self, data: bytes) -> bytes:
        """The next bytes, decoded."""
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
        self._is_compressed = False  # an intermediary has decoded it, and left the header
        return None

    def finish(self) -> None:
        """The body is over. Raises if its compressed data is not."""
        if self._inflate is not None and not self._inflate.eof:
            raise httpx.DecodingError("the compressed body is truncated")


class Reading:
    """The body of one response as it is read: all of it, or as much as can be, and what the problem was."""

    def __init__(self, response: Any) -> None:
        self.problem: Exception | None = None
        self._pieces: list[bytes] = []
        self._body: Body | None = None
        # A mock's body, or one that a hook has read, is decoded already.
        encoding = "" if response.is_stream_consumed else str(response.headers.get("content-encoding", ""))
        try:
            self._body = Body(encoding)
        except httpx.DecodingError as error:
            self.problem = error
        if response.is_stream_consumed:
            self.feed(response.content)

    def feed(self, data: bytes) -> bool:
        """Take the next bytes. Returns whether there is any use in more."""
        try:
            if self._body is not None:
                self._pieces.append(self._body.feed(data))
        except httpx.DecodingError as error:
            self.problem = error
        return self.problem is None

    def content(self) -> bytes:
        """The whole body, or the beginning of one that cannot be read to its end."""
        if self._body is not None and self.problem is None:
            try:
                self._body.finish()
            except httpx.DecodingError as error:
                self.problem = error
        whole = b"".join(self._pieces)
        return whole if self.problem is None else whole[:_KEPT]
