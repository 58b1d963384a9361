"""A connection for asyncio.

httpx's own pool is not used: its cost grows with the calls in flight, and a cancelled call can leave it
broken for ever (https://github.com/encode/httpcore/issues/1093).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING, Any, cast

import httpx

from .http11 import Exchange, Head
from .sync_connection import KEEPALIVE

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from .deadlines import Deadline

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


async def _looked_up(host: str, port: int) -> list[Any]:
    """The addresses of a name.

    In a thread that nothing waits for: asyncio would not end before the resolver does, which knows no timeout.
    """
    loop = asyncio.get_running_loop()
    answer = loop.create_future()

    def tell(settle: Callable[[Any], None], value: object) -> None:
        if not answer.done():
            settle(value)

    def look_up() -> None:
        told: tuple[Callable[[Any], None], object]
        try:
            told = answer.set_result, socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except Exception as error:  # noqa: BLE001  # raised again in the event loop
            told = answer.set_exception, error
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(tell, *told)

    threading.Thread(target=look_up, name="anthropic-models", daemon=True).start()
    addresses: list[Any] = await answer
    return addresses


async def _connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A socket that is connected to the first address that answers.

    `create_connection` could do it, but its happy eyeballs lose a socket that connects as the call is cancelled.
    """
    loop = asyncio.get_running_loop()
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:  # a name, which is looked up in a thread
        addresses = await _looked_up(host, port)
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
