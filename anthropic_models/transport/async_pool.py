"""The same connection pool for asynchronous calls, under asyncio and trio: idle connections belong to an event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import weakref
from collections import deque
from collections.abc import AsyncGenerator
from typing import Any

import anyio
import httpcore
import httpx

from .network import KEEPALIVE, AsyncBackend
from .pool import Body, Idle, is_reusable


class AsyncTransport(httpx.AsyncHTTPTransport):
    """httpx's transport with the pool below in place of its own."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(socket_options=KEEPALIVE, **settings)
        self._pool._network_backend = AsyncBackend(self._pool._network_backend)
        self._pool: Any = AsyncPool(self._pool)


class Here:
    """What belongs to one event loop: idle connections, and places for those that may be open."""

    def __init__(self, settings: Any) -> None:
        self.idle: Idle = Idle(settings)
        self.places: anyio.Semaphore = anyio.Semaphore(settings._max_connections)
        self._keeper = _close_at_the_end(self.idle)

    async def keep(self) -> None:
        """Let the event loop close the connections when it ends, or when nobody holds this object any more."""
        if sys.get_asyncgen_hooks().firstiter is not None:  # an event loop without hooks would complain
            await anext(self._keeper)

    async def close(self) -> None:
        """Close the connections now, and leave the event loop nothing to do."""
        await self._keeper.aclose()
        await _close(*self.idle.drain())


async def _close_at_the_end(idle: Idle) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        await _close(*idle.drain())


_inherited: list[Here] = []
"""What a forked child leaves alone: its parent's connections."""


class AsyncPool:
    """Takes the place of the pool of an `httpx.AsyncHTTPTransport`, which keeps the settings and makes connections."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self._is_closed = False
        self._by_loop: weakref.WeakKeyDictionary[Any, Here] = weakref.WeakKeyDictionary()

    async def _here(self) -> Here:
        loop = _event_loop()
        here = self._by_loop.get(loop)
        if here is not None and here.idle.process == os.getpid():
            return here
        if here is not None:
            _inherited.append(here)
        for old in [reference() for reference in self._by_loop.keyrefs()]:  # other threads may change it meanwhile
            if isinstance(old, asyncio.AbstractEventLoop) and old.is_closed():
                self._by_loop.pop(old, None)  # the generator of its connections would hold it for ever
        here = self._by_loop[loop] = Here(self._settings)
        await here.keep()
        return here

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on an idle connection, or on a new one."""
        here = await self._here()
        await _acquire(here.places, request.extensions.get("timeout", {}).get("pool"))
        connection: Any = None
        connections = here.idle.of(request)
        try:
            connection = await _usable(connections) or self._settings.create_connection(request.url.origin)
            response = await connection.handle_async_request(request)
        except BaseException:  # a cancelled call harms its own connection only
            try:
                if connection is not None:
                    await _close(connection)
            finally:
                here.places.release()
            raise

        async def give_back() -> None:
            try:
                if self._is_closed or not is_reusable(connection):
                    await _close(connection)
                else:
                    connections.append(connection)
                await _close(*here.idle.surplus(connections))
            finally:
                here.places.release()

        body = Body(response, give_back)
        return httpcore.Response(
            status=response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    async def aclose(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        self._is_closed = True
        here = self._by_loop.pop(_event_loop(), None)
        self._by_loop.clear()  # other event loops close theirs
        if here is not None and here.idle.process == os.getpid():
            await here.close()

    async def __aenter__(self) -> AsyncPool:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _event_loop() -> Any:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        import trio  # only a program that runs under trio comes here

        return trio.lowlevel.current_trio_token()


async def _usable(connections: deque[Any]) -> Any:
    while connections:
        connection = connections.pop()
        if not connection.has_expired():
            return connection
        await _close(connection)
    return None


async def _close(*connections: Any) -> None:
    """Close connections, also when the task is being cancelled."""
    for connection in connections:
        with anyio.CancelScope(shield=True), contextlib.suppress(Exception):  # one that is broken is closed as well
            await connection.aclose()


async def _acquire(places: anyio.Semaphore, timeout: float | None) -> None:
    with contextlib.suppress(anyio.WouldBlock):
        places.acquire_nowait()
        return
    with anyio.move_on_after(timeout) as scope:
        await places.acquire()
    if scope.cancelled_caught:
        raise httpcore.PoolTimeout("all connections are in use")
