"""The same connection pool for asynchronous calls, under asyncio and trio: idle connections belong to an event loop."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import sys
import weakref
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Any

import anyio
import httpcore

from .pool import Origin, is_reusable

Idle = dict[Origin, deque[Any]]


class Connections:
    """The idle connections of one event loop in one process, and the number that may be open."""

    def __init__(self, limit: int | None) -> None:
        self.idle: Idle = {}
        self.places = anyio.Semaphore(limit) if limit is not None else None
        self.process = os.getpid()
        self._keeper = _close_at_the_end(self.idle)

    async def keep(self) -> None:
        """Let the event loop close the connections when it ends, or when nobody holds this object any more."""
        if sys.get_asyncgen_hooks().firstiter is not None:  # an event loop without hooks would complain
            await anext(self._keeper)


async def _close_at_the_end(idle: Idle) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        await _close_all(idle)


class AsyncPool:
    """Takes the place of the pool of an `httpx.AsyncHTTPTransport`, which keeps the settings and makes connections."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self._is_closed = False
        self._by_loop: weakref.WeakKeyDictionary[Any, Connections] = weakref.WeakKeyDictionary()

    async def _connections(self) -> Connections:
        loop = _event_loop()
        connections = self._by_loop.get(loop)
        if connections is None or connections.process != os.getpid():
            if connections is not None:
                _inherited.append(connections)  # a forked child leaves its parent's connections alone
            for old in [*self._by_loop]:
                if isinstance(old, asyncio.AbstractEventLoop) and old.is_closed():
                    del self._by_loop[old]  # the generator of its connections would hold it for ever
            connections = self._by_loop[loop] = Connections(self._settings._max_connections)
            await connections.keep()
        return connections

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on an idle connection, or on a new one."""
        connections = await self._connections()
        origin = request.url.origin
        idle = connections.idle.setdefault((origin.scheme, origin.host, origin.port), deque())
        await _acquire(connections.places, request)
        connection: Any = None
        try:
            connection = await _usable(idle) or self._settings.create_connection(origin)
            response = await connection.handle_async_request(request)
        except BaseException:  # a cancelled call harms its own connection only
            if connection is not None:
                await _close(connection)
            _release(connections.places)
            raise
        body = AsyncBody(response, functools.partial(self._give_back, connection, idle, connections))
        return httpcore.Response(
            status=response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    async def _give_back(self, connection: Any, idle: deque[Any], connections: Connections) -> None:
        """Keep a connection for the next call if it can carry one; close it otherwise."""
        try:
            if self._is_closed or not is_reusable(connection):
                await _close(connection)
            else:
                idle.append(connection)
            while (idle and idle[0].has_expired()) or len(idle) > self._settings._max_keepalive_connections:
                await _close(idle.popleft())
        finally:
            _release(connections.places)

    async def aclose(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        self._is_closed = True
        here = self._by_loop.pop(_event_loop(), None)
        self._by_loop.clear()  # other event loops close theirs
        if here is not None and here.process == os.getpid():
            await _close_all(here.idle)

    async def __aenter__(self) -> AsyncPool:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class AsyncBody:
    """The body of a response, like `Body`."""

    def __init__(self, response: httpcore.Response, give_back: Callable[[], Awaitable[None]]) -> None:
        self._response: httpcore.Response | None = response
        self._give_back = give_back
        self._stream: Any = response.stream

    def __aiter__(self) -> AsyncIterator[bytes]:
        stream: AsyncIterator[bytes] = self._stream.__aiter__()
        return stream

    async def aclose(self) -> None:
        response, give_back = self._response, self._give_back
        if response is not None:
            self._response = self._stream = None
            self._give_back = _nothing
            try:
                await response.aclose()
            finally:
                await give_back()


async def _nothing() -> None:
    """What a closed body does not give back once more."""


_inherited: list[Connections] = []


def _event_loop() -> Any:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        import trio  # only a program that runs under trio comes here

        return trio.lowlevel.current_trio_token()


async def _usable(idle: deque[Any]) -> Any:
    """The connection that was used last and that nothing has happened to since: `has_expired` looks at its socket."""
    while idle:
        connection = idle.pop()
        if not connection.has_expired():
            return connection
        await _close(connection)
    return None


async def _close(connection: Any) -> None:
    """Close a connection, also when the task is being cancelled."""
    with anyio.CancelScope(shield=True), contextlib.suppress(Exception):  # one that is broken is closed as well
        await connection.aclose()


async def _close_all(idle: Idle) -> None:
    for connections in [*idle.values()]:
        while connections:
            await _close(connections.pop())


async def _acquire(places: anyio.Semaphore | None, request: httpcore.Request) -> None:
    if places is None:
        return
    try:
        places.acquire_nowait()
    except anyio.WouldBlock:
        with anyio.move_on_after(request.extensions.get("timeout", {}).get("pool")) as scope:
            await places.acquire()
        if scope.cancelled_caught:
            raise httpcore.PoolTimeout("all connections are in use") from None


def _release(places: anyio.Semaphore | None) -> None:
    if places is not None:
        places.release()
