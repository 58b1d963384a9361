"""The connection pool for asynchronous calls, under asyncio and trio. Each event loop has its own connections."""

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
    """httpx's transport with the connection pool below instead of its own."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(socket_options=KEEPALIVE, **settings)
        self._pool._network_backend = AsyncBackend(self._pool._network_backend)
        self._pool: Any = AsyncPool(self._pool)


class LoopState:
    """The state of one event loop: its idle connections, and a semaphore that limits its open connections."""

    def __init__(self, settings: Any) -> None:
        self.idle: Idle = Idle(settings)
        self.semaphore: anyio.Semaphore = anyio.Semaphore(settings._max_connections)
        self._keeper = _close_at_the_end(self.idle)

    async def keep(self) -> None:
        """Let the event loop close the connections when it ends, or when this object is garbage-collected."""
        if sys.get_asyncgen_hooks().firstiter is not None:  # an event loop without hooks would warn
            await anext(self._keeper)

    async def close(self) -> None:
        """Close the connections now, so that the event loop need not."""
        await self._keeper.aclose()
        await _close(*self.idle.drain())


async def _close_at_the_end(idle: Idle) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        await _close(*idle.drain())


_inherited: list[LoopState] = []
"""The parent's connections in a forked child, which neither uses nor closes them."""


class AsyncPool:
    """Replaces the pool of an `httpx.AsyncHTTPTransport`; the original keeps the settings and creates connections."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self._is_closed = False
        self._by_loop: weakref.WeakKeyDictionary[Any, LoopState] = weakref.WeakKeyDictionary()

    async def _loop_state(self) -> LoopState:
        loop = _event_loop()
        state = self._by_loop.get(loop)
        if state is not None and state.idle.process == os.getpid():
            return state
        if state is not None:
            _inherited.append(state)
        for old in [reference() for reference in self._by_loop.keyrefs()]:  # a copy: other threads may change it
            if isinstance(old, asyncio.AbstractEventLoop) and old.is_closed():
                self._by_loop.pop(old, None)  # the generator would keep it alive
        state = self._by_loop[loop] = LoopState(self._settings)
        await state.keep()
        return state

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on an idle connection, or on a new one."""
        state = await self._loop_state()
        await _acquire(state.semaphore, request.extensions.get("timeout", {}).get("pool"))
        connection: Any = None
        connections = state.idle.of(request)
        try:
            connection = await _usable(connections) or self._settings.create_connection(request.url.origin)
            response = await connection.handle_async_request(request)
        except BaseException:  # a cancelled call closes only its own connection
            try:
                if connection is not None:
                    await _close(connection)
            finally:
                state.semaphore.release()
            raise

        async def release() -> None:
            try:
                if self._is_closed or not is_reusable(connection):
                    await _close(connection)
                else:
                    connections.append(connection)
                await _close(*state.idle.evict(connections))
            finally:
                state.semaphore.release()

        body = Body(response, release)
        return httpcore.Response(
            status=response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    async def aclose(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        self._is_closed = True
        state = self._by_loop.pop(_event_loop(), None)
        self._by_loop.clear()  # other event loops close their own
        if state is not None and state.idle.process == os.getpid():
            await state.close()

    async def __aenter__(self) -> AsyncPool:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _event_loop() -> Any:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        import trio  # without asyncio, the program runs under trio

        return trio.lowlevel.current_trio_token()


async def _usable(connections: deque[Any]) -> Any:
    while connections:
        connection = connections.pop()
        if not connection.has_expired():
            return connection
        await _close(connection)
    return None


async def _close(*connections: Any) -> None:
    """Close connections, even if the task is being cancelled."""
    for connection in connections:
        with (
            anyio.CancelScope(shield=True),
            contextlib.suppress(Exception),
        ):  # a broken connection is closed even if this raises
            await connection.aclose()


async def _acquire(semaphore: anyio.Semaphore, timeout: float | None) -> None:
    with contextlib.suppress(anyio.WouldBlock):
        semaphore.acquire_nowait()
        return
    with anyio.move_on_after(timeout) as scope:
        await semaphore.acquire()
    if scope.cancelled_caught:
        raise httpcore.PoolTimeout("all connections are in use")
