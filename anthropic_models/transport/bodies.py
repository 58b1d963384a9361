"""Reads the body of an answer, now or later, decoded and bounded."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import httpx

from .http11 import Body

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from .messages import Reply


_ENCODING = b"content-encoding"
_KEPT = 4096
"""Bytes of a body that could not be read to its end, enough for a message."""


def _body(encoding: str | None) -> Body:
    return Body(encoding or "")


def _kept(content: list[bytes], problem: Exception | None) -> bytes:
    whole = b"".join(content)
    return whole if problem is None else whole[:_KEPT]


def read(reply: Reply, chunks: Iterator[bytes]) -> None:
    """All of it, or as much as can be read; the reply says what the problem was."""
    content: list[bytes] = []
    try:
        body = _body(reply.header(_ENCODING))
        content.extend(map(body.feed, chunks))
        body.finish()
    except httpx.DecodingError as error:
        reply.problem = error
    reply.body = _kept(content, reply.problem)


async def aread(reply: Reply, chunks: AsyncIterator[bytes]) -> None:
    """All of it, or as much as can be read; the reply says what the problem was."""
    content: list[bytes] = []
    try:
        body = _body(reply.header(_ENCODING))
        async for chunk in chunks:
            content.append(body.feed(chunk))  # noqa: PERF401  # what came before a failure is kept
        body.finish()
    except httpx.DecodingError as error:
        reply.problem = error
    reply.body = _kept(content, reply.problem)


class SyncStream(httpx.SyncByteStream):
    """A body that is read later."""

    def __init__(self, reply: Reply, chunks: Iterator[bytes], close: Callable[[], None]) -> None:
        self._body, self._chunks, self._close = functools.partial(_body, reply.header(_ENCODING)), chunks, close

    def __iter__(self) -> Iterator[bytes]:
        body = self._body()
        yield from map(body.feed, self._chunks)
        body.finish()

    def close(self) -> None:
        self._close()


class AsyncStream(httpx.AsyncByteStream):
    """A body that is read later."""

    def __init__(self, reply: Reply, chunks: AsyncIterator[bytes], close: Callable[[], Awaitable[None]]) -> None:
        self._body, self._chunks, self._close = functools.partial(_body, reply.header(_ENCODING)), chunks, close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        body = self._body()
        async for chunk in self._chunks:
            yield body.feed(chunk)
        body.finish()

    async def aclose(self) -> None:
        await self._close()
