"""The connections of one process or event loop. Nothing here does I/O except to look at sockets."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterator
from typing import Any

import httpcore


class Connections:
    """Connections of httpcore, each for one call at a time, with a deque of idle ones for each origin.

    The operations of a deque are atomic, so threads need no lock.

    Args:
        source: A pool of httpcore, which creates the connections and has the limits.
        semaphore: Limits how many connections are in use.
    """

    def __init__(self, source: Any, semaphore: Any) -> None:
        self.semaphore: Any = semaphore
        self._source, self._process, self._is_closed = source, os.getpid(), False
        self._idle: dict[str, deque[Any]] = {}

    def take(self, origin: httpcore.Origin) -> Any:
        """The most recently used idle connection that is still open, or a new one."""
        idle = self._idle.setdefault(str(origin), deque())
        with contextlib.suppress(IndexError):  # another thread took the last one
            for _ in range(len(idle)):
                connection = idle.pop()
                if not connection.has_expired():
                    return connection
                idle.appendleft(connection)  # closed after this call
        return self._source.create_connection(origin)

    def give_back(self, origin: httpcore.Origin, connection: Any) -> Iterator[Any]:
        """Keep a connection if it can be used again; yields the connections to close."""
        idle, limit = self._idle[str(origin)], self._source._max_keepalive_connections
        if self._is_closed or not limit or not is_reusable(connection):
            yield connection
        else:
            idle.append(connection)
        with contextlib.suppress(IndexError):
            while len(idle) > 1:
                oldest = idle.popleft()  # before it is checked: with eventlet, only one thread may look at a socket
                if len(idle) < limit and not oldest.has_expired():
                    idle.appendleft(oldest)
                    break
                yield oldest

    def drain(self) -> Iterator[Any]:
        """Keep no connection from now on; yields the idle ones to close. A forked child keeps its parent's open."""
        self._is_closed = True
        if self._process != os.getpid():
            _inherited.append(self)
            return
        for idle in list(self._idle.values()):
            while idle:
                yield idle.pop()


_inherited: list[Connections] = []
"""The parent's connections in a forked child: garbage collection would close them."""


def is_reusable(connection: Any) -> bool:
    """Whether a connection is idle without unread bytes, which would be taken for the response of the next call."""
    inner = connection
    while hasattr(inner, "_connection"):
        inner = inner._connection
    unread = hasattr(inner, "_h11_state") and inner._h11_state.trailing_data[0]  # HTTP/2 identifies its responses
    return bool(connection.is_available()) and not unread
