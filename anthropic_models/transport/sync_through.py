"""Sends requests through an httpx client, blocking, and ends with the deadline all the same."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

import httpx

from . import bodies, routes
from .threads import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .deadlines import Deadline
    from .messages import Reply, Request


def fetch(client: httpx.Client, request: Request, deadline: Deadline, *, stream: bool) -> Reply:
    """Send a request and bring its reply: read, or to be read later where it is a success and `stream`.

    httpx bounds each read and not the whole (https://github.com/encode/httpx/issues/1450): a server that drips its
    headers or trailers would hold the call for ever. The exchange runs in a thread, for which this one waits.
    """
    made = request.made_by(client, deadline.steps(ends_reads=routes.is_plain(client, request.url)))
    try:
        return within(deadline.left(), lambda: _exchange(client, made, request, deadline, stream=stream), _close)
    except TimeoutError:
        raise deadline.error() from None


def _exchange(
    client: httpx.Client, made: httpx.Request, request: Request, deadline: Deadline, *, stream: bool
) -> Reply:
    before = list(client.cookies.jar)
    began = time.monotonic()
    try:
        response = client.send(made, auth=None, follow_redirects=False, stream=True)
    except httpx.HTTPStatusError as error:  # a hook refused the answer, with its cookies in the jar by then
        routes.forget_cookies(error.response, client, before)
        raise
    routes.forget_cookies(response, client, before)
    reply = routes.reply_of(request, response)
    pieces = _pieces(response, deadline)
    if stream and reply.is_success:
        reply.body = bodies.SyncStream(reply, _in_time(pieces, deadline), response.close)
    else:
        with contextlib.closing(response):
            bodies.read(reply, pieces)
    reply.seconds = time.monotonic() - began
    return reply


def _close(reply: Reply) -> None:
    if isinstance(reply.body, httpx.SyncByteStream):
        reply.body.close()


def _pieces(response: httpx.Response, deadline: Deadline) -> Iterator[bytes]:
    if response.is_stream_consumed:
        yield response.content
        return
    for piece in response.iter_raw():
        deadline.seconds_for("read")
        yield piece


def _in_time(pieces: Iterator[bytes], deadline: Deadline) -> Iterator[bytes]:
    try:
        while piece := within(deadline.left(), lambda: next(pieces, b"")):
            yield piece
    except TimeoutError:
        raise deadline.error() from None
