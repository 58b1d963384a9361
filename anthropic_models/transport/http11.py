"""HTTP/1.1 on one connection, without the connection: bytes in, bytes out (h11 does the parsing)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

import h11
import httpx

from .messages import Reply

if TYPE_CHECKING:
    from .messages import Request

MAX_BODY = 1024 * 1024
"""Bytes of an answer's body at most, as received and after decompression."""
MAX_HEAD = 64 * 1024


class Head(NamedTuple):
    """The start of an answer."""

    status: int
    headers: list[tuple[bytes, bytes]]
    reason: bytes
    http_version: bytes

    def reply(self, request: Request) -> Reply:
        """The reply that begins so."""
        extensions = {"http_version": b"HTTP/" + self.http_version, "reason_phrase": self.reason}
        return Reply(request, self.status, self.headers, extensions)


class BodyTooLargeError(httpx.DecodingError):
    """An answer's body is larger than `MAX_BODY`, or compressed in a way that is not read."""


class Exchange:
    """One request and its answer after another, on one connection."""

    def __init__(self) -> None:
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)

    def request(self, request: Request) -> bytes:
        """The bytes to send for a request without a body."""
        headers = [(name.encode("ascii"), value.encode("ascii")) for name, value in request.headers.items()]
        try:
            event = h11.Request(method=request.method, target=request.target, headers=headers)
            head = self._h11.send(event) or b""
            return head + (self._h11.send(h11.EndOfMessage()) or b"")
        except h11.LocalProtocolError as error:
            raise httpx.LocalProtocolError(str(error)) from None

    def receive(self, data: bytes) -> None:
        """Take in what the connection gave; nothing means that the server closed it."""
        self._h11.receive_data(data)

    def head(self) -> Head | None:
        """The answer's start, past any 1xx; None where more bytes are needed."""
        while (event := self._next()) is not h11.NEED_DATA:
            if isinstance(event, h11.Response):
                return Head(event.status_code, list(event.headers), event.reason, event.http_version)
            if not isinstance(event, h11.InformationalResponse) or event.status_code == 101:
                raise httpx.RemoteProtocolError("the server did not answer with a response")
        return None

    def chunk(self) -> bytes | None:
        """A piece of the body, empty at its end; None where more bytes are needed."""
        event = self._next()
        if isinstance(event, h11.Data):
            return bytes(event.data)
        if event is h11.NEED_DATA:
            return None
        return b""

    def is_reusable(self) -> bool:
        """Whether the connection can carry another request; makes it ready for one."""
        if self._h11.our_state is not h11.DONE or self._h11.their_state is not h11.DONE:
            return False
        if self._h11.trailing_data != (b"", False):  # bytes left over would become the next call's answer
            return False
        self._h11.start_next_cycle()
        return True

    def _next(self) -> object:
        try:
            return self._h11.next_event()
        except h11.RemoteProtocolError as error:
            raise httpx.RemoteProtocolError(str(error)) from None


class Body:
    """Decodes a body as it arrives, and refuses it as soon as it is too large."""

    def __init__(self, encoding: str) -> None:
        self._left = self._raw_left = MAX_BODY
        match encoding.strip().lower():
            case "" | "identity":
                self._inflate = None
            case "gzip" | "x-gzip":
                self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
            case "deflate":
                self._inflate = zlib.decompressobj()
            case _:
                raise BodyTooLargeError(f"content-encoding {encoding[:64]!r} is not one that was asked for")

    def feed(self, data: bytes) -> bytes:
        """The decoded bytes."""
        self._raw_left -= len(data)
        if self._raw_left < 0:
            self._refuse()
        if self._inflate is not None:
            try:
                data = self._inflate.decompress(data, self._left + 1)
            except zlib.error as error:
                raise httpx.DecodingError(f"the compressed body is damaged: {error}") from None
        self._left -= len(data)
        if self._left < 0:
            self._refuse()
        return data

    def finish(self) -> None:
        """The raw body is over; raises where the compressed one is not."""
        if self._inflate is not None and not self._inflate.eof and self._raw_left != MAX_BODY:
            raise httpx.DecodingError("the compressed body is cut short")

    def _refuse(self) -> None:
        raise BodyTooLargeError(f"the body is larger than {MAX_BODY} bytes")
