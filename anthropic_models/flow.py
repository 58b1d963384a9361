"""The control flow of a call: attempts, redirects and retries. It does no I/O, so both clients share it.

The generator yields requests and delays. `sender.py` sends or waits, and passes the responses and exceptions back.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Generator
from typing import Any, NamedTuple

from . import responses, retries
from .bodies import BodyError
from .call import Call
from .errors import APIConnectionError, APIError, APIStatusError
from .libraries import classes
from .log import log
from .secrets import cause_without_secrets, hide_credentials, without_echo
from .transport.deadline import Deadline


class Send(NamedTuple):
    """A request to send. The deadline also limits the reading of its response."""

    request: Any
    deadline: Deadline


Flow = Generator[Send | float, Any, Any]
"""Yields requests to send and seconds to wait, receives responses and exceptions, and returns a successful response."""


def attempts(call: Call, client: Any, is_closed: Callable[[], bool], *, is_default: bool) -> Flow:
    """Run one call with its retries. Raises the `APIError` of the last attempt.

    Args:
        call: The call.
        client: The HTTP client that sends its requests.
        is_closed: Tells whether the client has been closed; then nothing is sent.
        is_default: Whether this package created the HTTP client.
    """
    while True:
        try:
            return (yield from _attempt(call, client, is_closed, is_default=is_default))
        except APIError as error:
            seconds = _delay(call, error)
            if seconds is None:
                raise
        yield seconds
        call.retries_taken += 1


def resumed(flow: Flow, outcome: Any) -> Any:
    """Resume the flow with a response, an exception or None. Returns its next step, or at its end the response."""
    try:
        return flow.throw(outcome) if isinstance(outcome, Exception) else flow.send(outcome)
    except StopIteration as end:
        return end.value


def _attempt(call: Call, client: Any, is_closed: Callable[[], bool], *, is_default: bool) -> Flow:
    deadline = Deadline(call.timeout)
    url, visited = call.url, {str(call.url)}
    redirects: list[Any] = []
    while True:
        request = call.request(client, url, is_default=is_default)
        if is_closed():
            raise APIConnectionError(message="The client is closed; create a new one.", request=request)
        began = time.monotonic()
        try:
            deadline.check()
            request.extensions["timeout"] = deadline.steps()
            response = yield Send(request, deadline)
            try:
                hide_credentials(response.request)  # hooks and `auth` may replace a request or its headers
            except RuntimeError:  # a mock's response has no request
                response.request = request
        except Exception as cause:  # hooks may raise anything; callers get one hierarchy of errors
            error = _failed(cause, request, deadline)
            _log(call, request, repr(error), None, began)
            raise error from cause
        _log(call, request, response.status_code, response.headers.get("request-id"), began)
        if response.is_success:
            response.history = [*redirects, *response.history]  # `auth` may send requests of its own
            return response
        to = responses.next_redirect(response, visited) if client.follow_redirects else None
        if to is None:
            raise responses.status_error(response)
        url = to
        redirects += [*response.history, response]


def _failed(cause: Exception, request: Any, deadline: Deadline) -> APIError:
    """The error for an attempt that raised. If a hook raised `HTTPStatusError`, its response determines the error."""
    if isinstance(cause, BodyError):
        return responses.body_error(cause)
    response: Any = vars(cause).get("response") if isinstance(cause, classes("HTTPStatusError")) else None
    if response is not None and response.request is request:  # not the response to another request, which the hook made
        cause_without_secrets(cause, request)
        return responses.status_error(response)
    timeout_message = deadline.message(cause) if isinstance(cause, classes("TimeoutException")) else None
    return responses.connection_error(cause, request, timeout_message)


def _delay(call: Call, error: APIError) -> float | None:
    """Seconds to wait before the next attempt; None if there is none."""
    asked = error.retry_after if isinstance(error, APIStatusError) else None
    if not error.is_retryable or call.retries_taken >= call.max_retries or (asked or 0) > retries.MAX_RETRY_AFTER:
        return None
    seconds = retries.delay(call.retries_taken, asked, random.random())  # noqa: S311  # jitter, not a secret
    log.info("retry %d of %d in %.2f s after %r", call.retries_taken + 1, call.max_retries, seconds, error)
    return seconds


def _log(call: Call, request: Any, outcome: object, request_id: str | None, began: float) -> None:
    if log.isEnabledFor(logging.INFO):
        log.info(
            "%s %s -> %s (request id %s, attempt %d, %.0f ms)",
            request.method,
            request.url,
            outcome,
            request_id and without_echo(request, request_id),
            call.retries_taken + 1,
            (time.monotonic() - began) * 1000,
        )
