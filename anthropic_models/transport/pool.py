"""A connection pool for blocking calls: httpcore's connections, each for one call at a time.

httpcore's own pool costs more for each call the more are in flight, and a cancelled call can leave it unusable
(https://github.com/encode/httpcore/issues/1093).
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

from .deadline import left
from .network import KEEPALIVE, Backend


class Transport(httpx.HTTPTransport):
    """httpx's transport with the pool below in place of its own: whatever watches httpx sees its calls."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(socket_options=KEEPALIVE, **settings)
        self._pool._network_backend = Backend()
        self._pool: Any = Pool(self._pool)


class Idle:
    """The idle connections of one process, by origin. It neither opens nor closes them; deques need no lock."""

    def __init__(self, settings: Any) -> None:
        self.process: int = os.getpid()
        self._limit: int = settings._max_keepalive_connections
        self._by_origin: dict[tuple[bytes, bytes, int], deque[Any]] = {}

    def of(self, request: httpcore.Request) -> deque[Any]:
        """The connections to the origin of a request, the one used last at the end."""
        origin = request.url.origin
        return self._by_origin.setdefault((origin.scheme, origin.host, origin.port), deque())

    def surplus(self, connections: deque[Any]) -> Iterator[Any]:
        """Connections that have waited too long, or are too many.

        Each is taken out before it is looked at: other threads take connections meanwhile, and eventlet refuses to let
        two look at one.
        """
        with contextlib.suppress(IndexError):
            while len(connections) > min(self._limit, 1):
                oldest = connections.popleft()
                if len(connections) < self._limit and not oldest.has_expired():
                    connections.appendleft(oldest)
                    return
                yield oldest

    def drain(self) -> Iterator[Any]:
        """All of them; none in a forked child, which leaves its parent's alone."""
        for connections in tuple(self._by_origin.values()) if self.process == os.getpid() else ():
            while connections:
                yield connections.pop()


class Pool:
    """Takes the place of the pool of an `httpx.HTTPTransport`, which keeps the settings and makes connections.

    Safe to share between threads; a forked child starts without connections.
    """

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self._is_closed = False
        self._start()

    def _start(self) -> None:
        self._places = threading.Semaphore(self._settings._max_connections)  # first: other threads look at `_idle`
        self._idle = Idle(self._settings)
        weakref.finalize(self, _close_all, self._idle)  # a dropped client leaves no socket

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on an idle connection, or on a new one."""
        if self._idle.process != os.getpid():
            inherited.append(self._idle)
            self._start()
        idle, places = self._idle, self._places
        if not places.acquire(blocking=False):
            timeout = left(request.extensions.get("timeout", {}).get("pool"), httpcore.PoolTimeout)
            if not places.acquire(timeout=timeout):
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
                places.release()
            raise

        def give_back() -> None:
            try:
                if self._is_closed or not is_reusable(connection):
                    connection.close()
                else:
                    connections.append(connection)
                for surplus in idle.surplus(connections):
                    surplus.close()
            finally:
                places.release()

        body = Body(response, give_back)
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
    """The body of a response. Gives the connection back when it is closed.

    It then forgets both: httpx has a circle of references around it, which would keep a dropped client alive.
    """

    def __init__(self, response: httpcore.Response, give_back: Callable[[], Any]) -> None:
        self._open: tuple[Any, Callable[[], Any]] | None = response, give_back
        self._stream: Any = response.stream

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    def close(self) -> None:
        if self._open is not None:
            (response, give_back), self._open, self._stream = self._open, None, ()
            try:
                response.close()
            finally:
                give_back()

    async def aclose(self) -> None:
        if self._open is not None:
            (response, give_back), self._open, self._stream = self._open, None, ()
            try:
                await response.aclose()
            finally:
                await give_back()


def _usable(connections: deque[Any]) -> Any:
    """The connection that was used last and that nothing has happened to since: `has_expired` looks at its socket."""
    try:
        while (connection := connections.pop()).has_expired():
            connection.close()
    except IndexError:
        return None
    return connection


def is_reusable(connection: Any) -> bool:
    """Whether a connection is idle and has no bytes that nobody asked for, which would be the next call's answer."""
    inner = connection
    while hasattr(inner, "_connection"):
        inner = inner._connection
    if not connection.is_idle() or not hasattr(inner, "_h11_state"):
        return bool(connection.is_idle())  # HTTP/2 tells its answers apart
    if inner._h11_state.trailing_data[0]:
        return False
    tls = inner._network_stream.get_extra_info("ssl_object")
    if not isinstance(tls, ssl.SSLObject):  # the socket itself, which `has_expired` looks at
        return True
    try:
        tls.read(1)  # a record that arrived together with the answer
    except ssl.SSLError as error:
        return isinstance(error, ssl.SSLWantReadError)
    return False


def _close_all(idle: Idle) -> None:
    for connection in idle.drain():
        connection.close()


inherited: list[Idle] = []
"""The connections of the parent of a forked process, which it neither uses nor closes."""
