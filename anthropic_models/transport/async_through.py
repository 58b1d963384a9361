"""Sends requests through an httpx client, for asyncio, and leaves its pool as good as new when a call is cancelled."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import httpx

from . import bodies, routes
from .async_stack import MAX_CONNECTIONS, place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .deadlines import Deadline
    from .messages import Reply, Request

_GRACE = 1.0
"""Seconds for an abandoned exchange to tell where it is; a transport that never tells is cancelled then."""


class Gate:
    """The way through an httpx client, in one event loop.

    No more exchanges are under way than the client has connections, so that calls wait here, where they can be
    cancelled, and not in its pool, where each costs as much as all that wait.
    """

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        pool = getattr(getattr(client, "_transport", None), "_pool", None)
        self._places = asyncio.Semaphore(getattr(pool, "_max_connections", MAX_CONNECTIONS))

    async def fetch(self, request: Request, deadline: Deadline, *, stream: bool) -> Reply:
        """Send a request and bring its reply: read, or to be read later where it is a success and `stream`."""
        await place(self._places, deadline)
        exchange = _Exchange()
        made = request.made_by(self._client, deadline.steps())
        made.extensions["trace"] = exchange.trace
        exchange.task = asyncio.ensure_future(_exchange(self._client, made, request, deadline, stream=stream))
        exchange.task.add_done_callback(lambda _: self._places.release())
        try:
            return await asyncio.shield(exchange.task)
        except asyncio.CancelledError:
            exchange.abandon()
            raise


class _Exchange:
    """A task that is cancelled only while it reads.

    A pool of httpx never gets a connection back whose call is cancelled before it is used
    (https://github.com/encode/httpcore/issues/1093), and loses one in the middle of a handshake. Both end by
    timeouts of their own; only a read may go on and on. Not needed any more once the test of cancelled calls passes
    without it.
    """

    task: asyncio.Task[Reply]

    def __init__(self) -> None:
        self._is_abandoned = self._is_reading = self._has_told = False

    async def trace(self, event: str, _: object) -> None:
        """Httpcore tells here what it does: https://www.encode.io/httpcore/extensions/#trace."""
        self._has_told = True
        self._is_reading = event.endswith(".started") and ".receive_response_" in event
        if self._is_abandoned and self._is_reading:
            self.task.cancel()

    def abandon(self) -> None:
        """Nobody waits any more."""
        self._is_abandoned = True
        _abandoned.add(self.task)
        self.task.add_done_callback(_discard)
        if self._is_reading:
            self.task.cancel()
        elif not self._has_told:
            asyncio.get_running_loop().call_later(_GRACE, self._give_up)

    def _give_up(self) -> None:
        if not self._has_told:
            self.task.cancel()


_abandoned: set[asyncio.Task[Reply]] = set()  # an event loop holds its tasks weakly


def _discard(task: asyncio.Task[Reply]) -> None:
    _abandoned.discard(task)
    if not task.cancelled() and task.exception() is None and isinstance(body := task.result().body, bodies.AsyncStream):
        asyncio.ensure_future(body.aclose())  # noqa: RUF006  # it has only a socket to close


async def _exchange(
    client: httpx.AsyncClient, made: httpx.Request, request: Request, deadline: Deadline, *, stream: bool
) -> Reply:
    before = list(client.cookies.jar)
    began = time.monotonic()
    try:
        response = await client.send(made, auth=None, follow_redirects=False, stream=True)
    except httpx.HTTPStatusError as error:  # a hook refused the answer, with its cookies in the jar by then
        routes.forget_cookies(error.response, client, before)
        raise
    routes.forget_cookies(response, client, before)
    reply = routes.reply_of(request, response)

    async def close() -> None:
        await asyncio.shield(asyncio.ensure_future(response.aclose()))

    if stream and reply.is_success:
        reply.body = bodies.AsyncStream(reply, in_time(deadline, _pieces(response)), close)
    else:
        try:
            await bodies.aread(reply, _pieces(response))
        finally:
            await response.aclose()
    reply.seconds = time.monotonic() - began
    return reply


async def _pieces(response: httpx.Response) -> AsyncIterator[bytes]:
    if response.is_stream_consumed:
        yield response.content
        return
    async for piece in response.aiter_raw():
        yield piece


async def in_time(deadline: Deadline, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, each of which must come before the deadline."""
    while True:
        try:
            async with asyncio.timeout(deadline.left()):
                chunk = await anext(chunks)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise deadline.error() from None
        yield chunk
