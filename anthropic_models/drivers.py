"""Drives the protocol in `flow.py`: sends requests and reads bodies, blocking or asynchronous."""

from __future__ import annotations

import datetime
import functools
import time
from collections.abc import Callable
from typing import Any

import anyio

from .bodies import BodyStream
from .flow import Answer, Flow, Send
from .libraries import exceptions, library_of
from .responses import ClosedError
from .transport.deadline import Deadline

_KEPT = 4096
"""Bytes that are kept of a body that could not be decoded: enough for a message."""

IsClosed = Callable[[], bool]


def run(flow: Flow, client: Any, is_closed: IsClosed, *, stream: bool) -> Answer:
    """Run the protocol, blocking. With `stream`, the body of a successful response is not read yet."""
    outcome: Answer | Exception | None = None
    try:
        while True:
            step = flow.send(outcome)
            outcome = None
            if isinstance(step, float):
                time.sleep(step)
                continue
            try:
                _prepare(step, is_closed)
                outcome = _exchange(client, step, stream=stream)
            except Exception as error:  # noqa: BLE001  # hooks may raise anything; callers get one hierarchy of errors
                outcome = error
    except StopIteration as end:
        answer: Answer = end.value
        return answer


async def arun(flow: Flow, client: Any, is_closed: IsClosed, *, stream: bool) -> Answer:
    """Run the protocol asynchronously. With `stream`, the body of a successful response is not read yet."""
    outcome: Answer | Exception | None = None
    try:
        while True:
            step = flow.send(outcome)
            outcome = None
            if isinstance(step, float):
                await anyio.sleep(step)
                continue
            try:
                _prepare(step, is_closed)
                outcome = await _aexchange(client, step, stream=stream)
            except Exception as error:  # noqa: BLE001  # hooks may raise anything; callers get one hierarchy of errors
                outcome = error
    except StopIteration as end:
        answer: Answer = end.value
        return answer


def _prepare(step: Send, is_closed: IsClosed) -> None:
    if is_closed():
        raise ClosedError
    step.deadline.check()
    step.request.extensions["timeout"] = step.deadline.steps()


def _exchange(client: Any, step: Send, *, stream: bool) -> Answer:
    began = time.perf_counter()
    response = client.send(step.request, stream=True, follow_redirects=False)
    if stream and response.is_success:
        return Answer(_unread(response, step.deadline, began))
    body = BodyStream(response, step.deadline)
    pieces: list[bytes] = []
    try:
        pieces.extend(body)
    except exceptions("DecodingError") as problem:
        return Answer(response, b"".join(pieces)[:_KEPT], problem)
    finally:
        body.close()
    return Answer(response, b"".join(pieces))


async def _aexchange(client: Any, step: Send, *, stream: bool) -> Answer:
    began = time.perf_counter()
    # Only our own clients are cancelled at the deadline: cancelling can damage the pool of any other client.
    with anyio.move_on_after(step.deadline.remaining() if hasattr(client, "cancels_at_deadline") else None) as scope:
        response = await client.send(step.request, stream=True, follow_redirects=False)
    if scope.cancelled_caught:
        raise library_of(client).TimeoutException("the deadline of the attempt has passed")
    if stream and response.is_success:
        return Answer(_unread(response, step.deadline, began))
    body = BodyStream(response, step.deadline)
    pieces: list[bytes] = []
    try:
        async for piece in body:
            pieces.append(piece)  # noqa: PERF401  # keeps what was read before a failure
    except exceptions("DecodingError") as problem:
        return Answer(response, b"".join(pieces)[:_KEPT], problem)
    finally:
        await body.aclose()
    return Answer(response, b"".join(pieces))


def _unread(response: Any, deadline: Deadline, began: float) -> Any:
    """A response whose body is read later. We decode it, so httpx must not decode it again."""
    library = library_of(response)
    made = library.Response(
        response.status_code,
        headers=[(name, value) for name, value in response.headers.raw if name.lower() != b"content-encoding"],
        stream=_stream_kind(library.SyncByteStream, library.AsyncByteStream)(response, deadline),
        request=response.request,
        extensions=response.extensions,
    )
    made.elapsed = datetime.timedelta(seconds=time.perf_counter() - began)
    return made


@functools.cache
def _stream_kind(*bases: Any) -> Any:
    """The class for the body of a response of this library, httpx or httpx2."""
    return type("BodyStream", (BodyStream, *bases), {})
