"""Sends one request and brings its reply, blocking."""

from __future__ import annotations

import contextvars
import threading
import time
from typing import TYPE_CHECKING, TypeVar

import httpx

from . import bodies, routes
from .environment import proxy_for, tls_context
from .messages import Reply
from .sync_connection import Connection, Stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .deadlines import Deadline
    from .messages import Origin, Request

    Opened = tuple[Reply, Iterator[bytes], Callable[[bool], None]]

T = TypeVar("T")


class _Site:
    """The ways to one origin."""

    def __init__(self, origin: Origin) -> None:
        self.is_proxied = proxy_for(httpx.URL(f"{origin.scheme}://{origin.netloc}")) is not None
        self.stack = Stack()
        self._origin = origin
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()

    def client(self) -> httpx.Client:
        """An httpx client of ours, made at the first call."""
        with self._lock:
            if self._client is None:
                self._client = httpx.Client(**routes.client_arguments(self._origin))
            return self._client

    def close(self) -> None:
        self.stack.close()
        if self._client is not None:
            self._client.close()


class SyncTransport:
    """The way to the API: the caller's httpx client where one was given, our own connections where they will do."""

    def __init__(self, given: httpx.Client | None = None) -> None:
        self._given = given
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
        began = time.monotonic()
        reply, chunks, close = self._open(request, deadline)
        if stream and reply.is_success:
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

    def _open(self, request: Request, deadline: Deadline) -> Opened:
        if self._given is not None:
            return _send_through(self._given, request, deadline)
        site = self._sites.get(request.origin)
        if site is None:  # two threads may both make one; the first to store it wins, and nothing is connected yet
            site = self._sites.setdefault(request.origin, _Site(request.origin))
        if site.is_proxied or routes.is_patched(asynchronous=False):
            return _send_through(site.client(), request, deadline)
        return _send_directly(site.stack, request, deadline)

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


def _send_through(client: httpx.Client, request: Request, deadline: Deadline) -> Opened:
    before = list(client.cookies.jar)
    made = request.made_by(client, deadline.steps())
    response = _within(deadline, lambda: client.send(made, auth=None, follow_redirects=False, stream=True))
    routes.forget_cookies(response, client, before)
    return routes.reply_of(request, response), _pieces(response, deadline), lambda _: response.close()


def _pieces(response: httpx.Response, deadline: Deadline) -> Iterator[bytes]:
    if response.is_stream_consumed:
        yield response.content
        return
    for piece in response.iter_raw():
        deadline.seconds_for("read")
        yield piece


def _within(deadline: Deadline, send: Callable[[], T]) -> T:
    """Run `send` until the deadline, in a thread of its own: httpx bounds each read, not the wait for all headers."""
    left = deadline.left()
    if left is None:
        return send()
    result: list[T] = []
    failure: list[BaseException] = []
    done = threading.Event()
    context = contextvars.copy_context()

    def run() -> None:
        try:
            result.append(context.run(send))
        except BaseException as error:  # noqa: BLE001  # raised again in the caller's thread
            failure.append(error)
        finally:
            done.set()

    threading.Thread(target=run, name="anthropic-models-send", daemon=True).start()
    if not done.wait(max(left, 0.0)):
        raise deadline.error()
    if failure:
        raise failure[0]
    return result[0]
