"""Turns a response into a result or an exception. Nothing here does I/O.

A response is one of httpx or httpx2 whose stream has been read; `content` is its decoded body.
"""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urljoin

import httpx
from anthropic_models_api.types import Operation

from . import retries
from .decoding import decode
from .errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    truncated,
)
from .libraries import exceptions
from .secrets import cause_without_secrets, response_without_echo, without_echo

T = TypeVar("T")

MAX_REDIRECTS = 10
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# httpx parses a Location even if it does not follow redirects: https://github.com/encode/httpx/pull/3706
_BAD_LOCATION = "Invalid URL in location header"


class ClosedError(RuntimeError):
    """The client is closed."""


def parse(operation: Operation[T], response: Any, content: bytes) -> T:
    """The result in a successful response. Raises `APIResponseValidationError` if the body does not match."""
    try:
        result = _parsed(operation, response.status_code, content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise invalid(response, content, str(error)) from cause_without_secrets(error, response.request)
    if hasattr(result, "_request_id"):
        object.__setattr__(result, "_request_id", response.headers.get("request-id"))  # not a field of the frozen model
    return result


def _parsed(operation: Operation[T], status: int, content: bytes) -> T:
    for lowest, highest, annotation in operation.successes:
        if lowest <= status <= highest:
            value: object = None
            if annotation is not None:
                value = _json(content)  # `parse_success` checks it against the annotation
            return operation.parse_success(status, value)
    raise ValueError("the API describes no response with this status")


def _json(content: bytes) -> object:
    try:
        return decode(content)
    except (ValueError, RecursionError) as error:
        problem = str(error)
    raise ValueError(f"the body is not JSON: {problem}")  # outside the handler: the decoder's error contains the body


def invalid(response: Any, content: bytes, problem: str) -> APIResponseValidationError:
    """The error for a successful response that does not match the API's description."""
    shown = response_without_echo(response, content)
    request_id = truncated(str(shown.headers.get("request-id")))
    return APIResponseValidationError(
        shown,
        _body(shown),
        message=f"The API returned {response.status_code}, but the response does not match its description: "
        f"{truncated(without_echo(response.request, problem))} "
        f"(request id: {request_id}; body: {truncated(_text(shown))})",
    )


def _body(response: httpx.Response) -> object:
    """The body of an error response: parsed if it is JSON, else text."""
    if response.content.strip():
        try:
            return without_echo(response.request, decode(response.content))
        except (ValueError, RecursionError):
            pass
    return _text(response).strip()


def _text(response: httpx.Response) -> str:
    return str(without_echo(response.request, response.content.decode("utf-8", "replace")))


def status_error(response: Any, content: bytes | None, now: float, *, problem: str | None = None) -> APIStatusError:
    """The error for an unsuccessful status.

    Args:
        response: The response.
        content: Its decoded body; None if the body was not read.
        now: Seconds since the epoch.
        problem: Why the response cannot be used, if its status is not the reason.
    """
    shown = response_without_echo(response, content or b"")
    body = None if content is None else _body(shown)
    detail: str = without_echo(shown.request, problem) if problem else str(body or "")
    message = f"Error code: {shown.status_code}" + (f" - {truncated(detail)}" if detail else "")
    error = APIStatusError.of_status(shown.status_code)(message, response=shown, body=body)
    error.retry_after = retries.retry_after(shown.headers, now)
    error.is_retryable = problem is None and retries.is_retryable_status(shown.status_code, shown.headers)
    return error


def connection_error(cause: Exception, request: Any, timeout_message: str | None = None) -> APIError:
    """The error for a request without a response; its cause is the HTTP client's error.

    `timeout_message` describes which timeout passed, if one did.
    """
    if isinstance(cause, ClosedError):
        return APIConnectionError(message="The client is closed; create a new one.", request=request)
    cause_without_secrets(cause, request)
    detail = truncated(str(cause)) or type(cause).__name__
    error: APIConnectionError
    if isinstance(cause, (TimeoutError, *exceptions("TimeoutException"))):
        error = APITimeoutError(request, message=f"Request timed out: {timeout_message or detail}")
    else:
        error = APIConnectionError(message=f"Connection error: {detail}", request=request)
    error.__cause__ = cause
    not_sent = (*exceptions("UnsupportedProtocol"), *exceptions("LocalProtocolError"))  # would fail again the same way
    may_pass = isinstance(cause, (OSError, *exceptions("TransportError"))) and not isinstance(cause, not_sent)
    error.is_retryable = may_pass and not str(cause).startswith(_BAD_LOCATION)
    return error


def next_redirect(response: Any, content: bytes, visited: set[str], now: float) -> httpx.URL | None:
    """The URL to which a response redirects; None if it is not a redirect.

    Raises the status error of a redirect that is invalid, a loop, or to another origin, which would receive the key.
    """
    location = response.headers.get("location")
    if response.status_code not in _REDIRECTS or location is None:
        return None
    here = response.request.url
    try:
        url = httpx.URL(urljoin(str(here), location))
    except (httpx.InvalidURL, ValueError):
        raise status_error(response, content, now, problem=f"redirects to an invalid URL: {location!r}") from None
    problem = None
    if (url.scheme, url.host, url.port) != (here.scheme, here.host, here.port) or url.userinfo:
        to = f"{url.scheme}://{url.netloc.decode('ascii', 'replace').rpartition('@')[2]}"
        problem = f"redirects to another origin, which is not followed: {to}"
    elif str(url) in visited or len(visited) > MAX_REDIRECTS:
        problem = f"redirects in a loop, or more than {MAX_REDIRECTS} times"
    if problem is not None:
        raise status_error(response, content, now, problem=problem)
    visited.add(str(url))
    return url
