"""The same connection pool for asynchronous calls, under asyncio and trio: idle connections belong to an event loop."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import weakref
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import anyio
import httpcore

from .pool import Origin, is_reusable

_closing: set[asyncio.Task[None]] = set()  # an event loop holds its tasks weakly


class Connections:
    """The idle connections of one event loop in one process, and the number that may be open."""

    def __init__(self, limit: int | None) -> None:
        self.idle: dict[Origin, deque[Any]] = {}
        self.places = anyio.Semaphore(limit) if limit is not None else None
        self.process = os.getpid()

    async def close(self) -> None:
        """Close the connections that are idle."""
        connections = [each for idle in self.idle.values() for each in idle]
        self.idle.clear()
        for connection in connections:
            await close(connection)


class AsyncPool:
    """Takes the place of the pool of an `httpx.AsyncHTTPTransport`, which keeps the settings and makes connections."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self._is_closed = False
        self._by_loop: weakref.WeakKeyDictionary[Any, Connections] = weakref.WeakKeyDictionary()
        weakref.finalize(self, _close_dropped, self._by_loop).atexit = False

    def _connections(self) -> Connections:
        loop = _event_loop()
        connections = self._by_loop.get(loop)
        if connections is None or connections.process != os.getpid():  # a forked child leaves its parent's alone
            connections = self._by_loop[loop] = Connections(self._settings._max_connections)
        return connections

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on an idle connection, or on a new one."""
        connections = self._connections()
        origin = request.url.origin
        idle = connections.idle.setdefault((origin.scheme, origin.host, origin.port), deque())
        await _acquire(connections.places, request)
        connection: Any = None
        try:
            connection = await _usable(idle) or self._settings.create_connection(origin)
            response = await connection.handle_async_request(request)
        except BaseException:  # a cancelled call harms its own connection only
            if connection is not None:
                await close(connection)
            _release(connections.places)
            raise
        body = AsyncBody(response, functools.partial(self._give_back, connection, idle, connections.places))
        return httpcore.Response(
            status=response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    async def _give_back(self, connection: Any, idle: deque[Any], places: anyio.Semaphore | None) -> None:
        """Keep a connection for the next call if it can carry one; close it otherwise."""
        try:
            if self._is_closed or not is_reusable(connection):
                await close(connection)
            else:
                idle.append(connection)
            kept = self._settings._max_keepalive_connections
            while (idle and idle[0].has_expired()) or len(idle) > kept:
                await close(idle.popleft())
        finally:
            _release(places)

    async def aclose(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        self._is_closed = True
        here = self._connections()
        await here.close()
        for loop, connections in [*self._by_loop.items()]:
            if connections is not here:
                _close_elsewhere(loop, connections)

    async def __aenter__(self) -> AsyncPool:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class AsyncBody:
    """The body of a response, like `Body`."""

    def __init__(self, response: httpcore.Response, give_back: Callable[[], Awaitable[None]]) -> None:
        self._response, self._give_back = response, give_back

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._response.stream.__aiter__()  # type: ignore[union-attr]  # the stream of an asynchronous response

    async def aclose(self) -> None:
        response, give_back = self._response, self._give_back
        self._response, self._give_back = _CLOSED, _nothing
        try:
            await response.aclose()
        finally:
            await give_back()


class _Closed:
    async def aclose(self) -> None:
        """Nothing is left to be closed."""


_CLOSED: Any = _Closed()


async def _nothing() -> None:
    """What a closed body gives back."""


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
        await close(connection)
    return None


async def close(connection: Any) -> None:
    """Close a connection, also when the task is being cancelled."""
    with anyio.CancelScope(shield=True), contextlib.suppress(Exception):  # one that is broken is closed as well
        await connection.aclose()


async def _acquire(places: anyio.Semaphore | None, request: httpcore.Request) -> None:
    if places is None:
        return
    try:
        places.acquire_nowait()
    except anyio.WouldBlock:
        timeout = request.extensions.get("timeout", {}).get("pool")
        with anyio.move_on_after(timeout) as scope:
            await places.acquire()
        if scope.cancelled_caught:
            raise httpcore.PoolTimeout("all connections are in use") from None


def _release(places: anyio.Semaphore | None) -> None:
    if places is not None:
        places.release()


def _close_dropped(by_loop: weakref.WeakKeyDictionary[Any, Connections]) -> None:
    """Close what a dropped client leaves behind, in the event loops that it belongs to."""
    for loop, connections in [*by_loop.items()]:
        _close_elsewhere(loop, connections)


def _close_elsewhere(loop: Any, connections: Connections) -> None:
    if connections.process != os.getpid() or not isinstance(loop, asyncio.AbstractEventLoop):
        return  # under trio, sockets that are dropped close themselves

    def start() -> None:
        task = loop.create_task(connections.close())
        _closing.add(task)
        task.add_done_callback(_closing.discard)

    with contextlib.suppress(RuntimeError):  # the loop is closed, and its connections with it
        loop.call_soon_threadsafe(start)
