"""Sends one request and brings its reply, for asyncio."""

from __future__ import annotations

import asyncio
import threading
import time
import weakref
from typing import TYPE_CHECKING

import httpx

from . import async_through, bodies, routes
from .async_connection import Connection, Stack
from .environment import proxy_for, tls_context
from .messages import Reply
from .processes import FirstProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from .deadlines import Deadline
    from .messages import Origin, Request

    Opened = tuple[Reply, AsyncIterator[bytes], Callable[[bool], Awaitable[None]]]


class _Site:
    """The ways to one origin, in one event loop."""

    def __init__(self, origin: Origin) -> None:
        self.is_proxied = proxy_for(httpx.URL(f"{origin.scheme}://{origin.netloc}")) is not None
        self.stack = Stack()
        self._origin = origin
        self._client: httpx.AsyncClient | None = None

    def client(self) -> httpx.AsyncClient:
        """An httpx client of ours, made at the first call."""
        if self._client is None:
            self._client = httpx.AsyncClient(**routes.client_arguments(self._origin))
        return self._client

    async def close(self, *, is_here: bool) -> None:
        self.stack.close()
        if self._client is not None and is_here:
            await self._client.aclose()


class AsyncTransport:
    """The way to the API: the caller's httpx client where one was given, our own connections where they will do."""

    def __init__(self, given: httpx.AsyncClient | None = None) -> None:
        self._given = given
        self._process = FirstProcess()
        self._loops: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Origin, _Site]] = (
            weakref.WeakKeyDictionary()
        )
        self._lock = threading.Lock()
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether no more requests can be sent."""
        return self._is_closed or (self._given is not None and self._given.is_closed)

    async def fetch(self, request: Request, deadline: Deadline, *, stream: bool) -> Reply:
        """Send a request and bring its reply: read, or to be read later where it is a success and `stream`.

        Raises `httpx.TransportError`, and whatever a caller's own hooks raise.
        """
        try:
            async with asyncio.timeout(deadline.left()):
                return await self._fetch(request, deadline, stream=stream)
        except TimeoutError:
            raise deadline.error() from None

    async def _fetch(self, request: Request, deadline: Deadline, *, stream: bool) -> Reply:
        if self._given is not None:
            self._process.check()
            return await async_through.fetch(self._given, request, deadline, stream=stream)
        site = self._site(request.origin)
        if site.is_proxied or routes.is_patched(asynchronous=True):
            return await async_through.fetch(site.client(), request, deadline, stream=stream)
        began = time.monotonic()
        reply, chunks, close = await _send_directly(site.stack, request, deadline)
        if stream and reply.is_success:
            reply.seconds = time.monotonic() - began
            reply.body = bodies.AsyncStream(reply, async_through.in_time(deadline, chunks), lambda: close(False))
            return reply
        is_whole = False
        try:
            await bodies.aread(reply, chunks)
            is_whole = reply.problem is None and not self._is_closed
        finally:
            await close(is_whole)
        reply.seconds = time.monotonic() - began
        return reply

    def _site(self, origin: Origin) -> _Site:
        loop = asyncio.get_running_loop()
        sites = self._loops.get(loop)
        if sites is None:
            with self._lock:
                sites = self._loops[loop] = {}
        site = sites.get(origin)
        if site is None:
            site = sites[origin] = _Site(origin)
        return site

    async def close(self) -> None:
        """Close every connection, and the caller's client with them."""
        self._is_closed = True
        here = asyncio.get_running_loop()
        with self._lock:
            loops = list(self._loops.items())
        for loop, sites in loops:
            for site in tuple(sites.values()):
                await site.close(is_here=loop is here)
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


async def _send_directly(stack: Stack, request: Request, deadline: Deadline) -> Opened:
    origin = request.origin
    context = tls_context() if origin.scheme == "https" else None
    connection = await stack.take(origin.host, origin.port, context, deadline)
    try:
        connection.send(connection.exchange.request(request))
        head = await connection.head(deadline)
    except BaseException:
        stack.drop(connection)
        raise

    async def close(is_whole: bool) -> None:
        (stack.give_back if is_whole else stack.drop)(connection)

    return head.reply(request), _Chunks(connection, deadline), close
