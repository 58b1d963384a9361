"""The connection pool for blocking calls, and what it has in common with the asynchronous one.

It uses httpcore's connections, each for one call at a time. httpcore's own pool becomes slower per call with the
number of calls in flight, and a cancelled call can make it unusable (https://github.com/encode/httpcore/issues/1093).
"""

from __future__ import annotations

import contextlib
import os
import threading
import weakref
from collections import deque
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpcore
import httpx

from .deadline import remaining
from .network import KEEPALIVE, Backend


class Transport(httpx.HTTPTransport):
    """httpx's transport with the connection pool below instead of its own; tools that trace httpx see its calls."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(socket_options=KEEPALIVE, **settings)
        self._pool._network_backend = Backend()
        self._pool: Any = Pool(self._pool)

    __enter__, __exit__ = httpx.BaseTransport.__enter__, httpx.BaseTransport.__exit__


class Connections:
    """The connections of one process or event loop: at most so many are in use, and the idle ones wait by origin.

    Args:
        pool: A pool of httpcore, which has the settings and creates connections.
        semaphore: Limits how many connections are in use.
    """

    def __init__(self, pool: Any, semaphore: Any) -> None:
        self.semaphore = semaphore
        self._pool = pool
        self._process = os.getpid()
        self._is_closed = False
        self._idle: dict[str, deque[Any]] = {}

    def take(self, origin: httpcore.Origin) -> Any:
        """The most recently used idle connection that is still open, or a new one."""
        idle = self._idle.setdefault(str(origin), deque())
        with contextlib.suppress(IndexError):  # another thread may have taken the last one
            for _ in range(len(idle)):
                connection = idle.pop()
                if not connection.has_expired():
                    return connection
                idle.appendleft(connection)  # closed after this call
        return self._pool.create_connection(origin)

    def give_back(self, origin: httpcore.Origin, connection: Any) -> Iterator[Any]:
        """Keep a connection if it is reusable; yields the connections to close.

        Each is removed before it is inspected, because other threads take connections at the same time, and eventlet
        does not allow two threads to poll one socket.
        """
        idle, limit = self._idle[str(origin)], self._pool._max_keepalive_connections
        if self._is_closed or not limit or not _is_reusable(connection):
            yield connection
        else:
            idle.append(connection)
        with contextlib.suppress(IndexError):
            while len(idle) > 1:
                oldest = idle.popleft()
                if len(idle) < limit and not oldest.has_expired():
                    idle.appendleft(oldest)
                    break
                yield oldest

    def drain(self) -> Iterator[Any]:
        """Keep no connection from now on; yields the connections to close: none of its parent's in a forked child."""
        self._is_closed = True
        if self._process != os.getpid():
            _inherited.append(self)
            return
        for idle in list(self._idle.values()):
            while idle:
                yield idle.pop()


_inherited: list[Connections] = []
"""The parent's connections in a forked child, so that they are not closed by garbage collection either."""


def _is_reusable(connection: Any) -> bool:
    """Whether a connection is idle without unread bytes, which would be taken for the response of the next call."""
    inner = connection
    while hasattr(inner, "_connection"):
        inner = inner._connection
    unread = inner._h11_state.trailing_data[0] if hasattr(inner, "_h11_state") else b""  # HTTP/2 identifies responses
    return connection.is_available() and not unread


class Body:
    """The body of a response. Closing it gives the connection back."""

    def __init__(self, stream: Any, stack: Any) -> None:
        self._stream, self._stack = stream, stack

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    def close(self) -> None:
        self._stack.close()

    async def aclose(self) -> None:
        await self._stack.aclose()


class Pool:
    """Replaces the pool of an `httpx.HTTPTransport`. Safe to share between threads; each process has connections."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._by_process: dict[int, Connections] = {}

    def _connections(self) -> Connections:
        if (found := self._by_process.get(os.getpid())) is not None:
            return found
        new = Connections(self._pool, threading.Semaphore(self._pool._max_connections))
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
            stack.callback(response.stream.close)
            response.stream = Body(response.stream, stack.pop_all())
        return response

    def close(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        for connections in self._by_process.values():
            _close(connections.drain())


def _close(connections: Iterator[Any]) -> None:
    for connection in connections:
        connection.close()
