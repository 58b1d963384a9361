"""Drives the protocol in `flow.py`: sends requests and reads bodies, blocking or asynchronous."""

from __future__ import annotations

import datetime
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import anyio
import httpx

from .bodies import Body, Reading
from .flow import Answer, Flow, Send
from .libraries import library_of
from .responses import ClosedError
from .transport.deadline import Deadline

_PIECES = 64
"""Pieces of a body that are read before other tasks get their turn: one read of a socket may bring thousands."""


def run(flow: Flow, client: Any, is_closed: Callable[[], bool], *, stream: bool) -> Answer:
    """What the protocol returns; with `stream`, the body of a success is left to be read."""
    outcome: Answer | Exception | None = None
    try:
        while True:
            step = flow.send(outcome)
            outcome = None
            if not isinstance(step, Send):
                time.sleep(step.seconds)
                continue
            try:
                if is_closed():
                    raise ClosedError
                step.deadline.check()
                outcome = _exchange(client, step, stream=stream)
            except Exception as error:  # noqa: BLE001  # hooks may raise anything; callers get one tree of errors
                outcome = error
    except StopIteration as end:
        answer: Answer = end.value
        return answer


def _exchange(client: Any, step: Send, *, stream: bool) -> Answer:
    request, deadline = step
    request.extensions["timeout"] = deadline.steps()
    began = time.perf_counter()
    response = client.send(request, stream=True, follow_redirects=False)
    if stream and response.is_success:
        return Answer(_unread(response, SyncStream(response, deadline), began))
    try:
        reading = Reading(response)
        for piece in () if response.is_stream_consumed else response.stream:
            deadline.check()
            if not reading.feed(piece):
                break
    finally:
        response.close()
    return Answer(response, reading.content(), reading.problem)


async def arun(flow: Flow, client: Any, is_closed: Callable[[], bool], *, stream: bool) -> Answer:
    """The same, asynchronous. A client of ours has its attempts cancelled when they end; another may not survive it."""
    limits_attempts = getattr(client, "limits_attempts", False)
    outcome: Answer | Exception | None = None
    try:
        while True:
            step = flow.send(outcome)
            outcome = None
            if not isinstance(step, Send):
                await anyio.sleep(step.seconds)
                continue
            try:
                if is_closed():
                    raise ClosedError
                request, deadline = step
                deadline.check()
                request.extensions["timeout"] = deadline.shorter_steps() if limits_attempts else deadline.steps()
                with anyio.fail_after(deadline.left() if limits_attempts else None):
                    outcome = await _aexchange(client, step, stream=stream)
            except TimeoutError as error:
                outcome = library_of(client).ReadTimeout(str(error) or "the attempt is over")
            except Exception as error:  # noqa: BLE001  # hooks may raise anything; callers get one tree of errors
                outcome = error
    except StopIteration as end:
        answer: Answer = end.value
        return answer


async def _aexchange(client: Any, step: Send, *, stream: bool) -> Answer:
    request, deadline = step
    began = time.perf_counter()
    response = await client.send(request, stream=True, follow_redirects=False)
    if stream and response.is_success:
        return Answer(_unread(response, AsyncStream(response, deadline), began))
    try:
        reading = Reading(response)
        if not response.is_stream_consumed:
            count = 0
            async for piece in response.stream:
                deadline.check()
                if not reading.feed(piece):
                    break
                count += 1
                if count % _PIECES == 0:
                    await anyio.sleep(0)
    except BaseException:
        with anyio.CancelScope(shield=True):
            await response.aclose()
        raise
    await response.aclose()
    return Answer(response, reading.content(), reading.problem)


def _unread(response: Any, stream: Any, began: float) -> Any:
    """A response whose body is read later, decoded and bounded by us; httpx must not decode it once more."""
    headers = [(name, value) for name, value in response.headers.raw if name.lower() != b"content-encoding"]
    made = library_of(response).Response(
        response.status_code,
        headers=headers,
        stream=stream,
        request=response.request,
        extensions=response.extensions,
    )
    made.elapsed = datetime.timedelta(seconds=time.perf_counter() - began)
    return made


class _Stream:
    def __init__(self, response: Any, deadline: Deadline) -> None:
        self._response, self._deadline = response, deadline
        is_decoded = response.is_stream_consumed
        self._body = Body("" if is_decoded else str(response.headers.get("content-encoding", "")))
        self._source = [response.content] if is_decoded else response.stream


class SyncStream(_Stream, httpx.SyncByteStream):
    """The body of a response, decoded, within the time and size that it may take."""

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._source:
            self._deadline.check()
            yield self._body.feed(piece)
        self._body.finish()

    def close(self) -> None:
        self._response.close()


class AsyncStream(_Stream, httpx.AsyncByteStream):
    """The same for asynchronous calls."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if isinstance(self._source, list):
            yield self._body.feed(self._source[0])
            return
        source = aiter(self._source)
        while True:
            try:
                with anyio.fail_after(self._deadline.left()):
                    piece = await anext(source, None)
            except TimeoutError:
                raise httpx.ReadTimeout("the attempt is over") from None
            if piece is None:
                break
            yield self._body.feed(piece)
        self._body.finish()

    async def aclose(self) -> None:
        with anyio.CancelScope(shield=True):
            await self._response.aclose()
