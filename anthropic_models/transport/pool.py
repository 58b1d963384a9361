"""A connection pool for blocking calls. It uses httpcore's connections, each for one call at a time.

httpcore's own pool becomes slower per call with the number of calls in flight, and a cancelled call can make it
unusable (https://github.com/encode/httpcore/issues/1093).
"""

from __future__ import annotations

import contextlib
import os
import ssl
import threading
import weakref
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
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


class Idle:
    """The idle connections of one process, by origin. It neither opens nor closes them. Deques need no lock."""

    def __init__(self, settings: Any) -> None:
        self.process: int = os.getpid()
        self._limit: int = settings._max_keepalive_connections
        self._by_origin: dict[tuple[bytes, bytes, int], deque[Any]] = {}

    def of(self, request: httpcore.Request) -> deque[Any]:
        """The connections to the origin of a request; the most recently used one is last."""
        origin = request.url.origin
        return self._by_origin.setdefault((origin.scheme, origin.host, origin.port), deque())

    def evict(self, connections: deque[Any]) -> Iterator[Any]:
        """Remove the connections that have expired or exceed the limit.

        Each is removed before it is inspected, because other threads take connections at the same time, and eventlet
        does not allow two threads to poll one socket.
        """
        with contextlib.suppress(IndexError):
            while len(connections) > min(self._limit, 1):
                oldest = connections.popleft()
                if len(connections) < self._limit and not oldest.has_expired():
                    connections.appendleft(oldest)
                    return
                yield oldest

    def drain(self) -> Iterator[Any]:
        """Remove all connections; none in a forked child, which must not close those of its parent."""
        for connections in tuple(self._by_origin.values()) if self.process == os.getpid() else ():
            while connections:
                yield connections.pop()


class Pool:
    """Replaces the pool of an `httpx.HTTPTransport`; the original keeps the settings and creates connections.

    Safe to share between threads; a forked child starts without connections.
    """

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self._is_closed = False
        self._start()

    def _start(self) -> None:
        self._semaphore = threading.Semaphore(
            self._settings._max_connections
        )  # set before `_idle`, which other threads check
        self._idle = Idle(self._settings)
        weakref.finalize(self, _close_all, self._idle)  # no open socket after garbage collection

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on an idle connection, or on a new one."""
        if self._idle.process != os.getpid():
            inherited.append(self._idle)
            self._start()
        idle, semaphore = self._idle, self._semaphore
        if not semaphore.acquire(blocking=False):
            timeout = remaining(request.extensions.get("timeout", {}).get("pool"), httpcore.PoolTimeout)
            if not semaphore.acquire(timeout=timeout):
                raise httpcore.PoolTimeout("all connections are in use")
        connection: Any = None
        try:
            connections = idle.of(request)
            connection = _usable(connections) or self._settings.create_connection(request.url.origin)
            response = connection.handle_request(request)
        except BaseException:
            try:
                if connection is not None:
                    connection.close()
            finally:
                semaphore.release()
            raise

        def release() -> None:
            try:
                if self._is_closed or not is_reusable(connection):
                    connection.close()
                else:
                    connections.append(connection)
                for evicted in idle.evict(connections):
                    evicted.close()
            finally:
                semaphore.release()

        body = Body(response, release)
        return httpcore.Response(
            status=response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    def close(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        self._is_closed = True
        _close_all(self._idle)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Body:
    """The body of a response. Releases the connection when it is closed.

    It then drops its references: httpx has a reference cycle around it, which would keep the client alive.
    """

    def __init__(self, response: httpcore.Response, release: Callable[[], Any]) -> None:
        self._open: tuple[Any, Callable[[], Any]] | None = response, release
        self._stream: Any = response.stream

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    def close(self) -> None:
        if self._open is not None:
            (response, release), self._open, self._stream = self._open, None, ()
            try:
                response.close()
            finally:
                release()

    async def aclose(self) -> None:
        if self._open is not None:
            (response, release), self._open, self._stream = self._open, None, ()
            try:
                await response.aclose()
            finally:
                await release()


def _usable(connections: deque[Any]) -> Any:
    """The most recently used connection that is still open; `has_expired` polls its socket."""
    try:
        while (connection := connections.pop()).has_expired():
            connection.close()
    except IndexError:
        return None
    return connection


def is_reusable(connection: Any) -> bool:
    """Whether a connection is idle without unread bytes, which would be taken for the response of the next call."""
    inner = connection
    while hasattr(inner, "_connection"):
        inner = inner._connection
    if not connection.is_idle() or not hasattr(inner, "_h11_state"):
        return bool(connection.is_idle())  # HTTP/2 identifies its responses
    if inner._h11_state.trailing_data[0]:
        return False
    tls = inner._network_stream.get_extra_info("ssl_object")
    if not isinstance(tls, ssl.SSLObject):  # a socket, which `has_expired` polls
        return True
    try:
        tls.read(1)  # a record that arrived with the response
    except ssl.SSLWantReadError:
        return True
    except ssl.SSLError:
        return False
    return False


def _close_all(idle: Idle) -> None:
    for connection in idle.drain():
        connection.close()


inherited: list[Idle] = []
"""The parent's connections in a forked child, which neither uses nor closes them."""
