"""Sends one request and hands over its answer, for asyncio."""

from __future__ import annotations

import asyncio
import threading
import time
import weakref
from typing import TYPE_CHECKING

import httpx

from . import answers, routes
from .async_connection import Connection, Stack
from .environment import tls_context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from .deadlines import Deadline

    Opened = tuple[answers.Start, AsyncIterator[bytes], Callable[[bool], Awaitable[None]]]


class _Loop:
    """What belongs to one event loop."""

    def __init__(self) -> None:
        self.stacks: dict[tuple[str, str, int], Stack] = {}
        self.client: httpx.AsyncClient | None = None


class AsyncTransport:
    """The way to the API: the caller's httpx client where one was given, our own connections where they will do."""

    def __init__(self, given: httpx.AsyncClient | None = None) -> None:
        self._given = given
        self._loops: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Loop] = weakref.WeakKeyDictionary()
        self._lock = threading.Lock()
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether no more requests can be sent."""
        return self._is_closed or (self._given is not None and self._given.is_closed)

    def _here(self) -> _Loop:
        loop = asyncio.get_running_loop()
        here = self._loops.get(loop)
        if here is None:
            with self._lock:
                here = self._loops[loop] = _Loop()
        return here

    def client_for(self, url: httpx.URL) -> httpx.AsyncClient | None:
        """The httpx client that a request to this URL goes through; None for our own connections."""
        if self._given is not None or routes.is_direct(url, asynchronous=True):
            return self._given
        here = self._here()
        if here.client is None:
            here.client = httpx.AsyncClient(**routes.client_arguments(url))
        return here.client

    async def fetch(
        self, request: httpx.Request, client: httpx.AsyncClient | None, deadline: Deadline, *, stream: bool
    ) -> httpx.Response:
        """Send a request and give its answer, read, or to be read later where it is a success and `stream`.

        Raises `httpx.TransportError`, and whatever a caller's own hooks raise.
        """
        try:
            async with asyncio.timeout(deadline.left()):
                return await self._fetch(request, client, deadline, stream=stream)
        except TimeoutError:
            raise deadline.error() from None

    async def _fetch(
        self, request: httpx.Request, client: httpx.AsyncClient | None, deadline: Deadline, *, stream: bool
    ) -> httpx.Response:
        if client is None:
            start, chunks, close = await self._send_directly(request, deadline)
        else:
            start, chunks, close = await _send_through(client, request)
        if stream and 200 <= start.status <= 299:
            return answers.stream(start, answers.AsyncStream(start, _until(deadline, chunks), lambda: close(False)))
        is_whole = False
        try:
            response = await answers.aread(start, chunks)
            is_whole = answers.UNREADABLE not in response.extensions
        finally:
            await close(is_whole)
        return response

    async def _send_directly(self, request: httpx.Request, deadline: Deadline) -> Opened:
        url = request.url
        host, port = url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)
        stacks = self._here().stacks
        stack = stacks.get((url.scheme, host, port))
        if stack is None:
            stack = stacks[url.scheme, host, port] = Stack()
        began = time.monotonic()
        connection = await stack.take(host, port, tls_context() if url.scheme == "https" else None, deadline)
        try:
            connection.send(connection.exchange.request(request.method.encode(), url.raw_path, request.headers.raw))
            head = await connection.head(deadline)
        except BaseException:
            stack.drop(connection)
            raise

        async def close(is_whole: bool) -> None:
            (stack.give_back if is_whole and not self._is_closed else stack.drop)(connection)

        return answers.Start.of(head, request, began), _Chunks(connection, deadline), close

    async def close(self) -> None:
        """Close every connection, and the caller's client with them."""
        self._is_closed = True
        with self._lock:
            loops = list(self._loops.items())
        for loop, here in loops:
            for stack in here.stacks.values():
                stack.close()
            if here.client is not None and loop is asyncio.get_running_loop():
                await here.client.aclose()
        if self._given is not None:
            await self._given.aclose()
        await asyncio.sleep(0)  # lets the transports close their sockets


class _Chunks:
    """The pieces of a body as they come in."""

    def __init__(self, connection: Connection, deadline: Deadline) -> None:
        self._connection, self._deadline = connection, deadline

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if chunk := await self._connection.chunk(self._deadline):
            return chunk
        raise StopAsyncIteration


async def _send_through(client: httpx.AsyncClient, request: httpx.Request) -> Opened:
    before = list(client.cookies.jar)
    began = time.monotonic()
    response = await client.send(request, auth=None, follow_redirects=False, stream=True)
    routes.forget_cookies(response, client, before)

    async def close(_: bool) -> None:
        await response.aclose()

    start = answers.Start(request, response.status_code, response.headers, response.extensions, began)
    return start, _pieces(response), close


async def _pieces(response: httpx.Response) -> AsyncIterator[bytes]:
    if response.is_stream_consumed:  # a hook has read it, or it never was a stream
        response.headers.pop("content-encoding", None)
        yield response.content
        return
    async for piece in response.aiter_raw():
        yield piece


async def _until(deadline: Deadline, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, each of which must come before the deadline."""
    while True:
        try:
            async with asyncio.timeout(deadline.left()):
                chunk = await anext(chunks)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise deadline.error() from None
        yield chunk
