"""Sends one request and brings its reply, for asyncio."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import httpx

from . import bodies, routes
from .async_stack import Stack
from .async_through import Gate, in_time
from .environment import proxy_for, tls_context
from .messages import Reply
from .processes import FirstProcess, ProcessLock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from .async_connection import Connection
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
        self._gate: Gate | None = None

    def gate(self) -> Gate:
        """The way through an httpx client of ours, made at the first call."""
        if self._gate is None:
            self._client = httpx.AsyncClient(**routes.client_arguments(self._origin))
            self._gate = Gate(self._client)
        return self._gate

    async def close(self, *, is_here: bool) -> None:
        self.stack.close()
        if self._client is not None and is_here:
            await self._client.aclose()


class _Ways:
    """What there is in one event loop: the ways to each origin, and that through a client of the caller's."""

    def __init__(self) -> None:
        self.sites: dict[Origin, _Site] = {}
        self.gate: Gate | None = None


class AsyncTransport:
    """The way to the API: the caller's httpx client where one was given, our own connections where they will do."""

    def __init__(self, given: httpx.AsyncClient | None = None) -> None:
        self._given = given
        self._process = FirstProcess()
        self._loops: dict[asyncio.AbstractEventLoop, _Ways] = {}
        self._lock = ProcessLock()
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
            gate = self._here().gate = self._here().gate or Gate(self._given)
            return await gate.fetch(request, deadline, stream=stream)
        sites = self._here().sites
        site = sites.get(request.origin)
        if site is None:
            site = sites[request.origin] = _Site(request.origin)
        if site.is_proxied or routes.is_patched(asynchronous=True):
            return await site.gate().fetch(request, deadline, stream=stream)
        began = time.monotonic()
        reply, chunks, close = await _send_directly(site.stack, request, deadline)
        if stream and reply.is_success:
            reply.seconds = time.monotonic() - began
            reply.body = bodies.AsyncStream(reply, in_time(deadline, chunks), lambda: close(False))
            return reply
        is_whole = False
        try:
            await bodies.aread(reply, chunks)
            is_whole = reply.problem is None and not self._is_closed
        finally:
            await close(is_whole)
        reply.seconds = time.monotonic() - began
        return reply

    def _here(self) -> _Ways:
        loop = asyncio.get_running_loop()
        ways = self._loops.get(loop)
        if ways is None:
            with self._lock:
                for each in [each for each in self._loops if each.is_closed()]:
                    del self._loops[each]
                ways = self._loops[loop] = _Ways()
        return ways

    async def close(self) -> None:
        """Close every connection, and the caller's client with them."""
        self._is_closed = True
        here = asyncio.get_running_loop()
        with self._lock:
            loops = list(self._loops.items())
        for loop, ways in loops:
            for site in tuple(ways.sites.values()):
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
