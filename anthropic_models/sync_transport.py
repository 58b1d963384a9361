"""Sends one request and hands over its answer, blocking."""

from __future__ import annotations

import contextvars
import threading
import time
from typing import TYPE_CHECKING, TypeVar

import httpx

from . import answers, routes
from .environment import tls_context
from .sync_connection import Connection, Stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .deadlines import Deadline

    Opened = tuple[answers.Start, Iterator[bytes], Callable[[bool], None]]

T = TypeVar("T")


class SyncTransport:
    """The way to the API: the caller's httpx client where one was given, our own connections where they will do."""

    def __init__(self, given: httpx.Client | None = None) -> None:
        self._given = given
        self._own: httpx.Client | None = None
        self._own_lock = threading.Lock()
        self._stacks: dict[tuple[str, str, int], Stack] = {}
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether no more requests can be sent."""
        return self._is_closed or (self._given is not None and self._given.is_closed)

    def client_for(self, url: httpx.URL) -> httpx.Client | None:
        """The httpx client that a request to this URL goes through; None for our own connections."""
        if self._given is not None or routes.is_direct(url, asynchronous=False):
            return self._given
        with self._own_lock:
            if self._own is None:
                self._own = httpx.Client(**routes.client_arguments(url))
        return self._own

    def fetch(
        self, request: httpx.Request, client: httpx.Client | None, deadline: Deadline, *, stream: bool
    ) -> httpx.Response:
        """Send a request and give its answer, read, or to be read later where it is a success and `stream`.

        Raises `httpx.TransportError`, and whatever a caller's own hooks raise.
        """
        if client is None:
            start, chunks, close = self._send_directly(request, deadline)
        else:
            start, chunks, close = _send_through(client, request, deadline)
        if stream and 200 <= start.status <= 299:
            return answers.stream(start, answers.SyncStream(start, chunks, lambda: close(False)))
        is_whole = False
        try:
            response = answers.read(start, chunks)
            is_whole = answers.UNREADABLE not in response.extensions
        finally:
            close(is_whole)
        return response

    def _send_directly(self, request: httpx.Request, deadline: Deadline) -> Opened:
        url = request.url
        host, port = url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)
        stack = self._stacks.get((url.scheme, host, port))
        if stack is None:
            stack = self._stacks.setdefault((url.scheme, host, port), Stack())

        def connect() -> Connection:
            return Connection.open(host, port, tls_context() if url.scheme == "https" else None, deadline)

        began = time.monotonic()
        connection = stack.take(connect)
        try:
            connection.send(
                connection.exchange.request(request.method.encode(), url.raw_path, request.headers.raw), deadline
            )
            head = connection.head(deadline)
        except BaseException:
            connection.close()
            raise
        start = answers.Start.of(head, request, began)

        def close(is_whole: bool) -> None:
            if is_whole:
                stack.give_back(connection)
            else:
                connection.close()

        return start, iter(lambda: connection.chunk(deadline), b""), close

    def close(self) -> None:
        """Close every connection, and the caller's client with them."""
        self._is_closed = True
        for stack in tuple(self._stacks.values()):
            stack.close()
        for client in (self._given, self._own):
            if client is not None:
                client.close()


def _send_through(client: httpx.Client, request: httpx.Request, deadline: Deadline) -> Opened:
    before = list(client.cookies.jar)
    began = time.monotonic()
    response = _within(deadline, lambda: client.send(request, auth=None, follow_redirects=False, stream=True))
    routes.forget_cookies(response, client, before)
    start = answers.Start(request, response.status_code, response.headers, response.extensions, began)
    return start, _pieces(response, deadline), lambda _: response.close()


def _pieces(response: httpx.Response, deadline: Deadline) -> Iterator[bytes]:
    if response.is_stream_consumed:  # a hook has read it, or it never was a stream
        response.headers.pop("content-encoding", None)
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
