"""From the start of an answer and the pieces of its body to an `httpx.Response`, decoded and bounded."""

from __future__ import annotations

import datetime
import time
from typing import TYPE_CHECKING, NamedTuple

import httpx

from .http11 import Body

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

    from .http11 import Head

UNREADABLE = "anthropic_models.unreadable"
"""The extension of a response that says why its body could not be read to the end."""


class Start(NamedTuple):
    """An answer whose body has not been read."""

    request: httpx.Request
    status: int
    headers: httpx.Headers
    extensions: Mapping[str, object]
    began: float
    """When the request was sent, on the monotonic clock."""

    @classmethod
    def of(cls, head: Head, request: httpx.Request, began: float) -> Start:
        """From the start of an answer as it was parsed."""
        extensions = {"http_version": b"HTTP/" + head.http_version, "reason_phrase": head.reason}
        return cls(request, head.status, httpx.Headers(head.headers), extensions, began)


def read(start: Start, chunks: Iterator[bytes]) -> httpx.Response:
    """The whole answer."""
    content: list[bytes] = []
    problem: httpx.DecodingError | None = None
    try:
        body = Body(start.headers.get("content-encoding", ""))
        content.extend(map(body.feed, chunks))
        body.finish()
    except httpx.DecodingError as error:
        problem = error
    return _response(start, b"".join(content), problem)


async def aread(start: Start, chunks: AsyncIterator[bytes]) -> httpx.Response:
    """The whole answer."""
    content: list[bytes] = []
    problem: httpx.DecodingError | None = None
    try:
        body = Body(start.headers.get("content-encoding", ""))
        async for chunk in chunks:
            content.append(body.feed(chunk))  # noqa: PERF401  # what came before a failure is kept
        body.finish()
    except httpx.DecodingError as error:
        problem = error
    return _response(start, b"".join(content), problem)


def _response(start: Start, content: bytes, problem: httpx.DecodingError | None) -> httpx.Response:
    encoded = "content-encoding" in start.headers  # httpx would decode again what is decoded by now
    response = httpx.Response(
        start.status,
        headers=None if encoded else start.headers,
        content=content,
        request=start.request,
        extensions=dict(start.extensions) if problem is None else {**start.extensions, UNREADABLE: problem},
    )
    if encoded:
        response.headers = start.headers
    response.elapsed = datetime.timedelta(seconds=time.monotonic() - start.began)
    return response


def stream(start: Start, body: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Response:
    """An answer whose body is read later. It arrives decoded, so the header that says how to is gone."""
    headers = start.headers.copy()
    headers.pop("content-encoding", None)
    return httpx.Response(
        start.status, headers=headers, stream=body, request=start.request, extensions=dict(start.extensions)
    )


class SyncStream(httpx.SyncByteStream):
    """The body of an answer that is read later."""

    def __init__(self, start: Start, chunks: Iterator[bytes], close: Callable[[], None]) -> None:
        self._chunks, self._close = chunks, close
        self._encoding = start.headers.get("content-encoding", "")

    def __iter__(self) -> Iterator[bytes]:
        body = Body(self._encoding)
        yield from map(body.feed, self._chunks)
        body.finish()

    def close(self) -> None:
        self._close()


class AsyncStream(httpx.AsyncByteStream):
    """The body of an answer that is read later."""

    def __init__(self, start: Start, chunks: AsyncIterator[bytes], close: Callable[[], Awaitable[None]]) -> None:
        self._chunks, self._close = chunks, close
        self._encoding = start.headers.get("content-encoding", "")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        body = Body(self._encoding)
        async for chunk in self._chunks:
            yield body.feed(chunk)
        body.finish()

    async def aclose(self) -> None:
        await self._close()
