"""The connection pool for asynchronous calls, under asyncio and trio. Each event loop has its own connections."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import anyio
import httpcore
import httpx

from .network import KEEPALIVE, AsyncBackend
from .pool import Body, Connections


class AsyncTransport(httpx.AsyncHTTPTransport):
    """httpx's transport with the connection pool below instead of its own."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(socket_options=KEEPALIVE, **settings)
        self._pool._network_backend = AsyncBackend()
        self._pool: Any = AsyncPool(self._pool)

    __aenter__, __aexit__ = httpx.AsyncBaseTransport.__aenter__, httpx.AsyncBaseTransport.__aexit__


class AsyncPool:
    """Replaces the pool of an `httpx.AsyncHTTPTransport`. Each event loop of each process has connections."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._by_loop: dict[tuple[Any, int], tuple[Connections, AsyncGenerator[None]]] = {}

    async def _connections(self) -> Connections:
        key = _event_loop(), os.getpid()
        if key in self._by_loop:
            return self._by_loop[key][0]
        for old in list(self._by_loop):
            if getattr(old[0], "is_closed", bool)():  # trio's have no such method
                self._by_loop.pop(old, None)
        new = Connections(self._pool, anyio.Semaphore(self._pool._max_connections))
        keeper = _close_at_the_end(new)
        if sys.get_asyncgen_hooks().firstiter is not None:  # an event loop without hooks would warn
            await anext(keeper)
        self._by_loop[key] = new, keeper
        return new

    async def handle_async_request(self, request: httpcore.Request) -> Any:
        """Send a request on an idle connection, or on a new one."""
        connections, origin = await self._connections(), request.url.origin
        async with contextlib.AsyncExitStack() as stack:
            try:
                with anyio.fail_after(request.extensions.get("timeout", {}).get("pool")):
                    await stack.enter_async_context(connections.semaphore)
            except TimeoutError:
                raise httpcore.PoolTimeout("all connections are in use") from None
            connection = connections.take(origin)
            stack.push_async_callback(lambda: _close(connections.give_back(origin, connection)))
            response = await connection.handle_async_request(request)
            stack.push_async_callback(response.stream.aclose)
            response.stream = Body(response.stream, stack.pop_all())
        return response

    async def aclose(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        own = self._by_loop.pop((_event_loop(), os.getpid()), None)
        self._by_loop.clear()  # other event loops close their own
        if own is not None:
            await own[1].aclose()
            await _close(own[0].drain())


async def _close_at_the_end(connections: Connections) -> AsyncGenerator[None]:
    """Close the connections when the event loop ends, or when this generator is garbage-collected."""
    try:
        yield
    finally:
        await _close(connections.drain())


def _event_loop() -> Any:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        import trio  # without asyncio, the program runs under trio

        return trio.lowlevel.current_trio_token()


async def _close(connections: Iterator[Any]) -> None:
    """Close connections, even if the task is being cancelled; a broken one is closed even if this raises."""
    for connection in connections:
        with anyio.CancelScope(shield=True), contextlib.suppress(Exception):
            await connection.aclose()
