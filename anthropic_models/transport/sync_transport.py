"""Sends one request and brings its reply, blocking."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import httpx

from . import bodies, routes, sync_through
from .environment import proxy_for, tls_context
from .messages import Reply
from .processes import FirstProcess, ProcessLock
from .sync_connection import Connection, Stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .deadlines import Deadline
    from .messages import Origin, Request

    Opened = tuple[Reply, Iterator[bytes], Callable[[bool], None]]


class _Site:
    """The ways to one origin."""

    def __init__(self, origin: Origin) -> None:
        self.is_proxied = proxy_for(httpx.URL(f"{origin.scheme}://{origin.netloc}")) is not None
        self.stack = Stack()
        self._origin = origin
        self._clients: dict[int, httpx.Client] = {}
        self._lock = ProcessLock()

    def client(self) -> httpx.Client:
        """An httpx client of ours, made at the first call in this process: a fork must not share connections."""
        with self._lock:
            client = self._clients.get(os.getpid())
            if client is None:
                client = self._clients[os.getpid()] = httpx.Client(**routes.client_arguments(self._origin))
            return client

    def close(self) -> None:
        self.stack.close()
        if (client := self._clients.get(os.getpid())) is not None:
            client.close()


class SyncTransport:
    """The way to the API: the caller's httpx client where one was given, our own connections where they will do."""

    def __init__(self, given: httpx.Client | None = None) -> None:
        self._given = given
        self._process = FirstProcess()
        self._sites: dict[Origin, _Site] = {}
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether no more requests can be sent."""
        return self._is_closed or (self._given is not None and self._given.is_closed)

    def fetch(self, request: Request, deadline: Deadline, *, stream: bool) -> Reply:
        """Send a request and bring its reply: read, or to be read later where it is a success and `stream`.

        Raises `httpx.TransportError`, and whatever a caller's own hooks raise.
        """
        if self._given is not None:
            self._process.check()
            return sync_through.fetch(self._given, request, deadline, stream=stream)
        site = self._sites.get(request.origin)
        if site is None:  # two threads may both make one; the first to store it wins, and nothing is connected yet
            site = self._sites.setdefault(request.origin, _Site(request.origin))
        if site.is_proxied or routes.is_patched(asynchronous=False):
            return sync_through.fetch(site.client(), request, deadline, stream=stream)
        began = time.monotonic()
        reply, chunks, close = _send_directly(site.stack, request, deadline)
        if stream and reply.is_success:
            reply.seconds = time.monotonic() - began
            reply.body = bodies.SyncStream(reply, chunks, lambda: close(False))
            return reply
        is_whole = False
        try:
            bodies.read(reply, chunks)
            is_whole = reply.problem is None
        finally:
            close(is_whole)
        reply.seconds = time.monotonic() - began
        return reply

    def close(self) -> None:
        """Close every connection, and the caller's client with them."""
        self._is_closed = True
        for site in tuple(self._sites.values()):
            site.close()
        if self._given is not None:
            self._given.close()


def _send_directly(stack: Stack, request: Request, deadline: Deadline) -> Opened:
    origin = request.origin

    def connect() -> Connection:
        context = tls_context() if origin.scheme == "https" else None
        return Connection.open(origin.host, origin.port, context, deadline)

    connection = stack.take(connect)
    try:
        connection.send(connection.exchange.request(request), deadline)
        head = connection.head(deadline)
    except BaseException:
        connection.close()
        raise

    def close(is_whole: bool) -> None:
        if is_whole:
            stack.give_back(connection)
        else:
            connection.close()

    return head.reply(request), iter(lambda: connection.chunk(deadline), b""), close
