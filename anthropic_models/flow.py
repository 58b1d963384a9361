"""The protocol of a call: attempts, redirects and retries. It does no I/O, so both clients share it.

The generator yields requests and delays. A driver in `drivers.py`, one for each client, executes them and sends
the outcomes back into the generator.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Generator
from typing import Any, NamedTuple

from . import responses, retries
from .call import Call
from .errors import APIError, APIStatusError
from .libraries import exceptions
from .log import log
from .secrets import cause_without_secrets, without_echo
from .transport.deadline import Deadline


class Send(NamedTuple):
    """Send a request, and read the response before the deadline."""

    request: Any
    deadline: Deadline


class Answer(NamedTuple):
    """A response, its body unless that is read later, and the error if the body could not be decoded."""

    response: Any
    content: bytes = b""
    problem: Exception | None = None
    retries_taken: int = 0


Flow = Generator[Send | float, Answer | Exception | None, Answer]
"""Yields a request to send, or seconds to wait. Receives the answer or the exception; None after a wait."""


def attempts(call: Call[Any], client: Any, *, is_default: bool) -> Flow:
    """Return the successful response to a call. Raises an `APIError`.

    Args:
        call: The call.
        client: The HTTP client that sends its requests.
        is_default: Whether the client is our own, which adds nothing to requests and follows redirects.
    """
    retries_taken = 0
    while True:
        try:
            return (yield from _attempt(call, client, retries_taken, is_default=is_default))
        except APIError as error:
            seconds = _delay(call, error, retries_taken)
            if seconds is None:
                raise
        yield seconds
        retries_taken += 1


def _attempt(call: Call[Any], client: Any, retries_taken: int, *, is_default: bool) -> Flow:
    deadline = Deadline(call.timeout)
    url, visited = call.url, {str(call.url)}
    while True:
        request = call.request(client, url, retries_taken, is_default=is_default)
        began = time.monotonic()
        outcome = yield Send(request, deadline)
        if isinstance(outcome, Exception):
            error = _failed(outcome, request, deadline)
            _log(request, repr(error), None, retries_taken, began)
            raise error from outcome
        assert outcome is not None  # noqa: S101  # None follows only a wait
        response, content, problem, _ = outcome
        _log(request, response.status_code, response.headers.get("request-id"), retries_taken, began)
        if response.is_success:
            if problem is not None:
                raise responses.invalid(response, content, str(problem)) from cause_without_secrets(problem, request)
            return outcome._replace(retries_taken=retries_taken)
        to = responses.next_redirect(response, content, visited, time.time()) if client.follow_redirects else None
        if to is None:
            raise responses.status_error(response, content, time.time())
        url = to


def _failed(cause: Exception, request: Any, deadline: Deadline) -> APIError:
    """The error for an attempt that raised; the cause may be a hook's `HTTPStatusError`, which has a response."""
    response: Any = vars(cause).get("response") if isinstance(cause, exceptions("HTTPStatusError")) else None
    if response is not None and response.request is request:  # not a request that the hook itself sent
        try:
            content: bytes | None = response.content
        except exceptions("ResponseNotRead"):
            content = None
        cause_without_secrets(cause, request)
        return responses.status_error(response, content, time.time())
    timeout_message = deadline.message(cause) if isinstance(cause, exceptions("TimeoutException")) else None
    return responses.connection_error(cause, request, timeout_message)


def _delay(call: Call[Any], error: APIError, retries_taken: int) -> float | None:
    """Seconds to wait before the next attempt; None if there is none."""
    asked = error.retry_after if isinstance(error, APIStatusError) else None
    if not error.is_retryable or retries_taken >= call.max_retries or (asked or 0) > retries.MAX_RETRY_AFTER:
        return None
    seconds = retries.delay(retries_taken, asked, random.random())  # noqa: S311  # jitter needs no secure randomness
    log.info("retry %d of %d in %.2f s after %r", retries_taken + 1, call.max_retries, seconds, error)
    return seconds


def _log(request: Any, outcome: object, request_id: str | None, retries_taken: int, began: float) -> None:
    if log.isEnabledFor(logging.INFO):
        log.info(
            "%s %s -> %s (request id %s, attempt %d, %.0f ms)",
            request.method,
            request.url,
            outcome,
            request_id and without_echo(request, request_id),
            retries_taken + 1,
            (time.monotonic() - began) * 1000,
        )
