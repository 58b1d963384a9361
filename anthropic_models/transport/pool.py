"""The connection pools for blocking and for asynchronous calls; the latter run under asyncio and trio.

httpcore's own pool becomes slower per call with the number of calls in flight, and a cancelled call can make it
unusable (https://github.com/encode/httpcore/issues/1093).
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import weakref
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import anyio
import httpcore
import httpx

from .connections import Connections
from .deadline import remaining
from .network import KEEPALIVE, AsyncBackend, Backend


class Transport(httpx.HTTPTransport):
    """httpx's transport with the connection pool below instead of its own; tools that trace httpx see its calls."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(socket_options=KEEPALIVE, **settings)
        self._pool._network_backend = Backend()
        self._pool: Any = Pool(self._pool)

    __enter__: Any = httpx.BaseTransport.__enter__
    __exit__: Any = httpx.BaseTransport.__exit__


class Pool:
    """Sends blocking calls, from any thread. A forked child has connections of its own."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._by_process: dict[int, Connections] = {}

    def _connections(self) -> Connections:
        if (found := self._by_process.get(os.getpid())) is not None:
            return found
        new = Connections(self._source, threading.Semaphore(self._source._max_connections))
        weakref.finalize(self, _close, new.drain())  # no open socket after garbage collection
        return self._by_process.setdefault(os.getpid(), new)

    def handle_request(self, request: httpcore.Request) -> Any:
        """Send a request on an idle connection, or on a new one."""
        connections, origin = self._connections(), request.url.origin
        timeout = remaining(request.extensions.get("timeout", {}).get("pool"), httpcore.PoolTimeout)
        if not connections.semaphore.acquire(timeout=timeout):
            raise httpcore.PoolTimeout("all connections are in use")
        with contextlib.ExitStack() as stack:
            stack.callback(connections.semaphore.release)
            connection = connections.take(origin)
            stack.callback(lambda: _close(connections.give_back(origin, connection)))
            response = connection.handle_request(request)
            response.extensions.pop("reason_phrase", None)  # httpx logs it; a server may send the key back in it
            stack.callback(response.stream.close)
            response.stream.close = stack.pop_all().close  # closing the body also gives the connection back
        return response

    def close(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        for connections in self._by_process.values():
            _close(connections.drain())


def _close(connections: Iterator[Any]) -> None:
    for connection in connections:
        connection.close()


class AsyncTransport(httpx.AsyncHTTPTransport):
    """httpx's asynchronous transport, with `AsyncPool`."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(socket_options=KEEPALIVE, **settings)
        self._pool._network_backend = AsyncBackend()
        self._pool: Any = AsyncPool(self._pool)

    __aenter__: Any = httpx.AsyncBaseTransport.__aenter__
    __aexit__: Any = httpx.AsyncBaseTransport.__aexit__


class AsyncPool:
    """Sends asynchronous calls. Each event loop, in each process, has connections of its own."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._by_loop: dict[tuple[Any, int], tuple[Connections, AsyncGenerator[None]]] = {}

    async def _connections(self) -> Connections:
        key = _event_loop(), os.getpid()
        if (found := self._by_loop.get(key)) is not None:
            return found[0]
        for old in list(self._by_loop):
            if getattr(old[0], "is_closed", bool)():  # a token of trio has no such method
                self._by_loop.pop(old, None)
        new = Connections(self._source, anyio.Semaphore(self._source._max_connections))
        closer = _close_at_the_end(new)
        if sys.get_asyncgen_hooks().firstiter is not None:  # without hooks, Python would warn of an open generator
            await anext(closer)
        self._by_loop[key] = new, closer
        return new

    async def handle_async_request(self, request: httpcore.Request) -> Any:
        """Send a request on an idle connection, or on a new one."""
        connections, origin = await self._connections(), request.url.origin
        async with contextlib.AsyncExitStack() as stack:
            try:
                connections.semaphore.acquire_nowait()
            except anyio.WouldBlock:
                with anyio.move_on_after(request.extensions.get("timeout", {}).get("pool")) as waiting:
                    await connections.semaphore.acquire()
                if waiting.cancelled_caught:
                    raise httpcore.PoolTimeout("all connections are in use") from None
            stack.callback(connections.semaphore.release)
            connection = connections.take(origin)
            stack.push_async_callback(lambda: _aclose(connections.give_back(origin, connection)))
            response = await connection.handle_async_request(request)
            response.extensions.pop("reason_phrase", None)  # as above
            stack.push_async_callback(response.stream.aclose)
            response.stream.aclose = stack.pop_all().aclose  # as above
        return response

    async def aclose(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        own = self._by_loop.pop((_event_loop(), os.getpid()), None)
        self._by_loop.clear()  # other event loops close their own
        if own is not None:
            await own[1].aclose()
            await _aclose(own[0].drain())


async def _close_at_the_end(connections: Connections) -> AsyncGenerator[None]:
    """Close the connections when the event loop ends, or when this generator is garbage-collected."""
    try:
        yield
    finally:
        await _aclose(connections.drain())


async def _aclose(connections: Iterator[Any]) -> None:
    """Close connections, even if the task is being cancelled. Errors while closing are ignored."""
    for connection in connections:
        with anyio.CancelScope(shield=True), contextlib.suppress(Exception):
            await connection.aclose()


def _event_loop() -> Any:
    try:
        import asyncio  # slow to import, and not needed for blocking calls

        return asyncio.get_running_loop()
    except RuntimeError:
        import trio  # without asyncio, the program runs under trio

        return trio.lowlevel.current_trio_token()
