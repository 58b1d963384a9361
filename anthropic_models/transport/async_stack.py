"""The connections of one event loop that wait for the next call, and the places for those in use."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from typing import TYPE_CHECKING

from .async_connection import Connection
from .sync_connection import KEEPALIVE

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator

    from .deadlines import Deadline

MAX_CONNECTIONS = 100
"""Calls on the wire at once in one event loop; more of them wait, within their timeout."""


async def place(places: asyncio.Semaphore, deadline: Deadline) -> None:
    """Wait for a place, for as long as the deadline has for that."""
    seconds = deadline.own_seconds("pool")
    if seconds is None or not places.locked():
        await places.acquire()
        return
    try:
        async with asyncio.timeout(seconds):
            await places.acquire()
    except TimeoutError:
        raise deadline.error() from None


class Stack:
    """Connections of one event loop that wait, the one used last on top, and the places for those in use."""

    def __init__(self) -> None:
        self._idle: list[Connection] = []
        self._places = asyncio.Semaphore(MAX_CONNECTIONS)
        self._loop = asyncio.get_running_loop()
        self._process = os.getpid()
        self.is_closed = False
        self._keeper = _close_at_the_end(self._idle)
        self._is_kept = False

    async def take(self, host: str, port: int, context: ssl.SSLContext | None, deadline: Deadline) -> Connection:
        """A connection that is ready for a request; `give_back` it, or `drop` it."""
        await place(self._places, deadline)
        try:
            while self._idle:
                connection = self._idle.pop()
                if connection.is_quiet():
                    connection.idle_since = None
                    return connection
                connection.abort()
            if not self._is_kept:
                self._is_kept = True
                await anext(self._keeper)
            return await Connection.open(host, port, context, deadline)
        except BaseException:
            self._places.release()
            raise

    def give_back(self, connection: Connection) -> None:
        """Keep a connection for the next call where it can carry one; close it otherwise."""
        if self.is_closed or not connection.is_reusable():
            self.drop(connection)
            return
        connection.idle_since = time.monotonic()
        self._idle.append(connection)
        self._places.release()
        while (self._idle[0].idle_since or 0.0) < connection.idle_since - KEEPALIVE:
            self._idle.pop(0).abort()  # it may wait for a call that never comes

    def drop(self, connection: Connection) -> None:
        """Close a connection that cannot be used again."""
        connection.abort()
        self._places.release()

    def close(self) -> None:
        """Close the connections that wait, from any thread; those in use are closed when their calls end."""
        self.is_closed = True
        if self._process != os.getpid():  # a forked child leaves its parent's loop and connections alone
            return
        with contextlib.suppress(RuntimeError):  # the loop is closed, and its connections with it
            self._loop.call_soon_threadsafe(_abort_all, self._idle)


def _abort_all(idle: list[Connection]) -> None:
    while idle:
        idle.pop().abort()


async def _close_at_the_end(idle: list[Connection]) -> AsyncGenerator[None]:
    """Closes the connections that wait when the loop shuts its generators down, or nobody holds this one."""
    try:
        yield
    finally:
        _abort_all(idle)
        await asyncio.sleep(0)  # lets the transports close their sockets
