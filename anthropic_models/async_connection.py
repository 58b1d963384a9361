"""The same for asyncio: a connection, and the stack of those that wait, one stack for each event loop.

httpx's own pool is not used: its cost grows with the calls in flight, and a cancelled call can leave it
broken for ever (https://github.com/encode/httpcore/issues/1093).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from typing import TYPE_CHECKING, cast

import httpx

from .http11 import Exchange, Head
from .sync_connection import KEEPALIVE

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator

    from .deadlines import Deadline

MAX_CONNECTIONS = 100
"""Calls on the wire at once in one event loop; more of them wait, within their timeout."""
_HIGH_WATER = 256 * 1024


class Connection(asyncio.Protocol):
    """One connection. A call that is cancelled or fails aborts it; nobody else notices."""

    _transport: asyncio.Transport

    def __init__(self) -> None:
        self.exchange = Exchange()
        self.idle_since: float | None = None
        self._received: list[bytes] = []
        self._size = 0
        self._waiter: asyncio.Future[None] | None = None
        self._is_lost = False
        self._failure: Exception | None = None

    @classmethod
    async def open(cls, host: str, port: int, context: ssl.SSLContext | None, deadline: Deadline) -> Connection:
        """Connect to the first address that answers, and shake hands where there is TLS."""
        loop = asyncio.get_running_loop()
        try:  # no wait_for: it can swallow the cancelling of the attempt (https://github.com/python/cpython/issues/86296)
            async with asyncio.timeout(deadline.own_seconds("connect")):
                sock = await _connect(host, port, deadline)
                name = host if context is not None else None
                _, connection = await loop.create_connection(cls, sock=sock, ssl=context, server_hostname=name)
        except TimeoutError:
            raise deadline.error() from None
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(str(error)) from error
        return connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self.idle_since is not None:  # nobody asked: such bytes would become the next call's answer
            self.abort()
            return
        self._received.append(data)
        self._size += len(data)
        if self._size > _HIGH_WATER:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self._is_lost = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_lost = True
        self._failure = exc
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def send(self, data: bytes) -> None:
        """Send it all; a request is too small to wait for."""
        if self._is_lost:
            raise httpx.WriteError("the connection is closed")
        self._transport.write(data)

    async def head(self, deadline: Deadline) -> Head:
        """The start of the answer."""
        while (head := self.exchange.head()) is None:
            await self._receive(deadline)
        return head

    async def chunk(self, deadline: Deadline) -> bytes:
        """The next piece of the body, empty at its end."""
        while (chunk := self.exchange.chunk()) is None:
            await self._receive(deadline)
        return chunk

    async def _receive(self, deadline: Deadline) -> None:
        if not self._received and not self._is_lost:
            self._waiter = asyncio.get_running_loop().create_future()
            seconds = deadline.own_seconds("read")
            try:
                if seconds is None:
                    await self._waiter
                else:
                    async with asyncio.timeout(seconds):
                        await self._waiter
            except TimeoutError:
                raise deadline.error() from None
            finally:
                self._waiter = None
        if not self._received and self._failure is not None:
            raise httpx.ReadError(str(self._failure)) from self._failure
        data, self._received = b"".join(self._received), []
        if self._size > _HIGH_WATER and not self._is_lost:
            self._transport.resume_reading()
        self._size = 0
        self.exchange.receive(data)

    def is_quiet(self) -> bool:
        """Whether nothing came while the connection waited: neither bytes nor its end."""
        fresh = self.idle_since is not None and time.monotonic() - self.idle_since <= KEEPALIVE
        return fresh and not self._is_lost and not self._transport.is_closing()

    def is_reusable(self) -> bool:
        """Whether the connection can carry another request."""
        return not self._received and not self._is_lost and self.exchange.is_reusable()

    def abort(self) -> None:
        """Close at once. Only in its own event loop."""
        self._transport.abort()


async def _connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A socket that is connected to the first address that answers.

    `create_connection` could do it, but its happy eyeballs lose a socket that connects as the call is cancelled.
    """
    loop = asyncio.get_running_loop()
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:  # a name, which is looked up in a thread
        addresses = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    failure: OSError = OSError(f"no address for {host}")
    for left, (family, kind, protocol, _, address) in zip(range(len(addresses), 0, -1), addresses, strict=True):
        seconds = deadline.seconds_for("connect")
        sock = socket.socket(family, kind, protocol)
        try:
            sock.setblocking(False)
            # An unreachable address leaves time for the next.
            async with asyncio.timeout(None if seconds is None else seconds / left):
                await loop.sock_connect(sock, address)
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise failure


class Stack:
    """Connections of one event loop that wait, the one used last on top, and the places for those in use."""

    def __init__(self) -> None:
        self._idle: list[Connection] = []
        self._places = asyncio.Semaphore(MAX_CONNECTIONS)
        self._loop = asyncio.get_running_loop()
        self.is_closed = False
        self._keeper = _close_at_the_end(self._idle)
        self._is_kept = False

    async def take(self, host: str, port: int, context: ssl.SSLContext | None, deadline: Deadline) -> Connection:
        """A connection that is ready for a request; `give_back` it, or `drop` it."""
        await self._place(deadline)
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

    async def _place(self, deadline: Deadline) -> None:
        seconds = deadline.own_seconds("pool")
        if seconds is None or not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
        except TimeoutError:
            raise deadline.error() from None

    def give_back(self, connection: Connection) -> None:
        """Keep a connection for the next call where it can carry one; close it otherwise."""
        if self.is_closed or not connection.is_reusable():
            self.drop(connection)
            return
        connection.idle_since = time.monotonic()
        self._idle.append(connection)
        self._places.release()

    def drop(self, connection: Connection) -> None:
        """Close a connection that cannot be used again."""
        connection.abort()
        self._places.release()

    def close(self) -> None:
        """Close the connections that wait, from any thread; those in use are closed when their calls end."""
        self.is_closed = True
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
