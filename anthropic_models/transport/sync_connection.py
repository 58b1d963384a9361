"""A connection for blocking calls, and the stack of those that wait for the next one."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import time
import weakref
from collections import deque
from typing import TYPE_CHECKING, Any

import httpx

from .http11 import Exchange, Head
from .threads import within

if TYPE_CHECKING:
    from collections.abc import Callable

    from .deadlines import Deadline

KEEPALIVE = 5.0
"""Seconds that a connection may wait for its next request; servers close theirs later than that."""
_READ_SIZE = 64 * 1024


class Connection:
    """One socket. Every operation ends within the deadline it is given, or raises an `httpx.TransportError`."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self.exchange = Exchange()
        self.idle_since = 0.0

    @classmethod
    def open(cls, host: str, port: int, context: ssl.SSLContext | None, deadline: Deadline) -> Connection:
        """Connect to the first address that answers, and shake hands where there is TLS."""
        try:
            sock = _connect(host, port, deadline)
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if context is not None:
                    sock.settimeout(deadline.seconds_for("connect"))
                    sock = context.wrap_socket(sock, server_hostname=host)
            except BaseException:
                sock.close()
                raise
        except TimeoutError:
            raise deadline.error() from None
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(str(error)) from error
        return cls(sock)

    def send(self, data: bytes, deadline: Deadline) -> None:
        """Send all of it."""
        self._socket.settimeout(deadline.seconds_for("write"))
        try:
            self._socket.sendall(data)
        except TimeoutError:
            raise deadline.error() from None
        except OSError as error:
            raise httpx.WriteError(str(error)) from error

    def head(self, deadline: Deadline) -> Head:
        """The start of the answer."""
        while (head := self.exchange.head()) is None:
            self._receive(deadline)
        return head

    def chunk(self, deadline: Deadline) -> bytes:
        """The next piece of the body, empty at its end."""
        while (chunk := self.exchange.chunk()) is None:
            self._receive(deadline)
        return chunk

    def _receive(self, deadline: Deadline) -> None:
        self._socket.settimeout(deadline.seconds_for("read"))
        try:
            self.exchange.receive(self._socket.recv(_READ_SIZE))
        except TimeoutError:
            raise deadline.error() from None
        except OSError as error:
            raise httpx.ReadError(str(error)) from error

    def is_quiet(self) -> bool:
        """Whether nothing came while the connection waited: neither bytes nor its end."""
        if time.monotonic() - self.idle_since > KEEPALIVE:
            return False
        self._socket.settimeout(0)
        try:
            socket.socket.recv(self._socket, 1, socket.MSG_PEEK)  # the socket below TLS, where there is TLS
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        """Close the socket. A forked child that does so leaves its parent's connection alone."""
        with contextlib.suppress(OSError):
            self._socket.close()


def _addresses(host: str, port: int, deadline: Deadline) -> list[Any]:
    name = host.encode("ascii")  # which it is by now; for a string, the tables of IDNA would be loaded first (3 ms)
    with contextlib.suppress(socket.gaierror):  # that it is a name, to be looked up by a resolver that knows no timeout
        return socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    seconds = deadline.seconds_for("connect")
    return within(seconds, lambda: socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))


def _connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    addresses = _addresses(host, port, deadline)
    failure: OSError = OSError(f"no address for {host}")
    for left, (family, kind, protocol, _, address) in zip(range(len(addresses), 0, -1), addresses, strict=True):
        seconds = deadline.seconds_for("connect")
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(None if seconds is None else seconds / left)  # an unreachable one leaves time for the next
            sock.connect(address)
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
    """Connections that wait, the one used last on top. Shared by threads; a forked child starts with none."""

    def __init__(self) -> None:
        self._idle: deque[Connection] = deque()  # its methods are atomic: there is no lock that a fork could leave held
        weakref.finalize(self, _close_all, self._idle)  # before the sockets are dropped, even in a circle of references
        self._process = os.getpid()
        self.is_closed = False

    def take(self, connect: Callable[[], Connection]) -> Connection:
        """A connection that is ready for a request."""
        if self._process != os.getpid():
            # The new ones first: another thread that sees the new number must not find the parent's connections.
            inherited, self._idle, self._process = self._idle, deque(), os.getpid()
            weakref.finalize(self, _close_all, self._idle)
            _close_all(inherited)
        with contextlib.suppress(IndexError):
            while True:
                connection = self._idle.pop()
                if connection.is_quiet():
                    return connection
                connection.close()
        return connect()

    def give_back(self, connection: Connection) -> None:
        """Keep a connection for the next call where it can carry one; close it otherwise."""
        if not connection.exchange.is_reusable():
            connection.close()
            return
        connection.idle_since = time.monotonic()
        self._idle.append(connection)
        with contextlib.suppress(IndexError):  # those at the bottom may wait for a call that never comes
            while connection.idle_since - self._idle[0].idle_since > KEEPALIVE:
                self._idle.popleft().close()
        if self.is_closed:
            _close_all(self._idle)

    def close(self) -> None:
        """Close the connections that wait; those in use are closed when their calls end."""
        self.is_closed = True
        _close_all(self._idle)


def _close_all(idle: deque[Connection]) -> None:
    with contextlib.suppress(IndexError):
        while True:
            idle.pop().close()
