"""A connection pool for blocking calls: httpcore's connections, each for one call at a time.

httpcore's own pool costs more for each call the more are in flight, and a cancelled call can leave it unusable
(https://github.com/encode/httpcore/issues/1093).
"""

from __future__ import annotations

import functools
import os
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import httpcore

from .deadline import left

Origin = tuple[bytes, bytes, int]


class Connections:
    """The idle connections of one process, and the number that may be open. Deques are atomic: no lock to inherit."""

    def __init__(self, limit: int | None) -> None:
        self.idle: dict[Origin, deque[Any]] = {}
        self.places = threading.Semaphore(limit) if limit is not None else None
        self.process = os.getpid()

    def close(self) -> None:
        """Close the connections that are idle."""
        for idle in tuple(self.idle.values()):
            while idle:
                idle.pop().close()


class Pool:
    """Takes the place of the pool of an `httpx.HTTPTransport`, which keeps the settings and makes connections.

    Safe to share between threads; a forked child starts with no connection.
    """

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self._is_closed = False
        self._connections = self._fresh()

    def _fresh(self) -> Connections:
        connections = Connections(self._settings._max_connections)
        weakref.finalize(self, connections.close)  # a dropped client leaves no socket
        return connections

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on an idle connection, or on a new one."""
        if self._connections.process != os.getpid():
            self._connections = self._fresh()
        connections = self._connections
        origin = request.url.origin
        idle = connections.idle.setdefault((origin.scheme, origin.host, origin.port), deque())
        _acquire(connections.places, request)
        connection: Any = None
        try:
            connection = usable(idle) or self._settings.create_connection(origin)
            response = connection.handle_request(request)
        except BaseException:
            if connection is not None:
                connection.close()
            _release(connections.places)
            raise
        body = Body(response, functools.partial(self._give_back, connection, idle, connections))
        return httpcore.Response(
            status=response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    def _give_back(self, connection: Any, idle: deque[Any], connections: Connections) -> None:
        """Keep a connection for the next call if it can carry one; close it otherwise."""
        if self._is_closed or not is_reusable(connection):
            connection.close()
        else:
            idle.append(connection)
        _release(connections.places)
        kept = self._settings._max_keepalive_connections
        while (idle and idle[0].has_expired()) or len(idle) > kept:
            idle.popleft().close()

    def close(self) -> None:
        """Close the idle connections. Those in use are closed when their calls end."""
        self._is_closed = True
        if self._connections.process == os.getpid():
            self._connections.close()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Body:
    """The body of a response. Gives the connection back when it is closed.

    It then forgets both: httpx has a circle of references around it, which would keep a dropped client alive.
    """

    def __init__(self, response: httpcore.Response, give_back: Callable[[], None]) -> None:
        self._response: httpcore.Response | None = response
        self._give_back = give_back
        self._stream: Any = response.stream

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        response, give_back = self._response, self._give_back
        if response is not None:
            self._response = self._stream = None
            self._give_back = _nothing
            try:
                response.close()
            finally:
                give_back()


def _nothing() -> None:
    """What a closed body does not give back once more."""


def usable(idle: deque[Any]) -> Any:
    """The connection that was used last and that nothing has happened to since: `has_expired` looks at its socket."""
    while True:
        try:
            connection = idle.pop()
        except IndexError:
            return None
        if not connection.has_expired():
            return connection
        connection.close()


def is_reusable(connection: Any) -> bool:
    """Whether a connection is idle and has no bytes that nobody asked for, which would be the next call's answer."""
    inner = connection
    while hasattr(inner, "_connection"):
        inner = inner._connection
    state = getattr(inner, "_h11_state", None)
    return bool(connection.is_idle()) and (state is None or not state.trailing_data[0])


def _acquire(places: threading.Semaphore | None, request: httpcore.Request) -> None:
    if places is None or places.acquire(blocking=False):
        return
    timeout = left(request.extensions.get("timeout", {}).get("pool"), httpcore.PoolTimeout)
    if not places.acquire(timeout=timeout):
        raise httpcore.PoolTimeout("all connections are in use")


def _release(places: threading.Semaphore | None) -> None:
    if places is not None:
        places.release()
