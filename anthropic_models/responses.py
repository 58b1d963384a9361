"""Turns a response into a result or an exception. Nothing here does I/O.

A response is one of httpx or httpx2.
"""

from __future__ import annotations

import contextlib
import time
from typing import Any, TypeVar
from urllib.parse import urljoin

import httpx
from anthropic_models_api.types import Operation

from . import retries
from .bodies import BodyError
from .decoding import decode
from .errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    truncated,
)
from .libraries import classes
from .secrets import cause_without_secrets, response_without_echo, without_echo

T = TypeVar("T")

MAX_REDIRECTS = 10
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# httpx parses a Location even if it does not follow redirects: https://github.com/encode/httpx/pull/3706
_BAD_LOCATION = "Invalid URL in location header"


def parse(operation: Operation[T], response: Any) -> T:
    """The result in a successful response. Raises `APIResponseValidationError` if the body does not match."""
    status: int = response.status_code
    try:
        has_body = any(low <= status <= high and kind is not None for low, high, kind in operation.successes)
        result = operation.parse_success(status, decode(response.content) if has_body else None)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        problem = cause_without_secrets(error, response.request)
        raise invalid(response, response.content, str(problem)) from problem
    if hasattr(result, "_request_id"):
        object.__setattr__(result, "_request_id", response.headers.get("request-id"))  # not a field of the frozen model
    return result


def body_error(cause: BodyError) -> APIError:
    """The error for a body that is too large or cannot be decoded."""
    response = vars(cause).pop("response")
    cause_without_secrets(cause, response.request)
    if response.is_success:
        return invalid(response, cause.content, str(cause))
    return status_error(response, cause.content)


def invalid(response: Any, content: bytes, problem: str) -> APIResponseValidationError:
    """The error for a successful response that does not match the expected schema."""
    shown = response_without_echo(response, content)
    request_id = truncated(str(shown.headers.get("request-id")))
    return APIResponseValidationError(
        shown,
        _body(shown),
        message=f"The API returned {response.status_code}, but the response does not match the expected schema: "
        f"{truncated(without_echo(response.request, problem))} "
        f"(request id: {request_id}; body: {truncated(_text(shown))})",
    )


def _body(response: httpx.Response) -> object:
    """The body of an error response: parsed if it is JSON, else text."""
    with contextlib.suppress(ValueError):
        return without_echo(response.request, decode(response.content))
    return _text(response).strip()


def _text(response: httpx.Response) -> str:
    return str(without_echo(response.request, response.content.decode("utf-8", "replace")))


def status_error(response: Any, content: bytes | None = None, problem: str | None = None) -> APIStatusError:
    """The error for an unsuccessful status.

    Args:
        response: The response.
        content: What was read of its body, if `response.content` cannot be used.
        problem: Why the response cannot be used, if its status is not the reason.
    """
    if content is None:
        with contextlib.suppress(*classes("ResponseNotRead")):
            content = response.content
    shown = response_without_echo(response, content or b"")
    body = None if content is None else _body(shown)
    detail: str = without_echo(shown.request, problem) if problem else "" if body in (None, "") else str(body)
    message = f"Error code: {shown.status_code}" + (f" - {truncated(detail)}" if detail else "")
    error = APIStatusError.of_status(shown.status_code)(message, response=shown, body=body)
    error.retry_after = retries.retry_after(shown.headers, time.time())
    error.is_retryable = problem is None and retries.is_retryable_status(shown.status_code, shown.headers)
    return error


def connection_error(cause: Exception, request: Any, timeout_message: str | None = None) -> APIError:
    """The error for a request without a response, to be raised from its cause, the HTTP client's error.

    `timeout_message` describes which timeout expired, if one did.
    """
    cause_without_secrets(cause, request)
    detail = ""
    with contextlib.suppress(Exception):  # an exception of the caller's own may have no text
        detail = truncated(str(cause))
    detail = detail or type(cause).__name__
    error = APIConnectionError(message=f"Connection error: {detail}", request=request)
    if isinstance(cause, (TimeoutError, *classes("TimeoutException"))):
        error = APITimeoutError(request, message=f"Request timed out: {timeout_message or detail}")
    not_sent = (*classes("UnsupportedProtocol"), *classes("LocalProtocolError"))  # would fail again the same way
    may_pass = isinstance(cause, (OSError, *classes("TransportError"))) and not isinstance(cause, not_sent)
    error.is_retryable = may_pass and not detail.startswith(_BAD_LOCATION)
    return error


def next_redirect(response: Any, visited: set[str]) -> httpx.URL | None:
    """The URL to which a response redirects; None if it is not a redirect.

    Raises an `APIStatusError` if it is invalid or a loop, or leads to another origin, which would receive the key.
    """
    location = response.headers.get("location")
    if response.status_code not in _REDIRECTS or location is None:
        return None
    here = response.request.url
    try:
        url = httpx.URL(urljoin(str(here), location))
    except (httpx.InvalidURL, ValueError):
        raise status_error(response, problem=f"redirects to an invalid URL: {location!r}") from None
    problem = None
    if (url.scheme, url.host, url.port) != (here.scheme, here.host, here.port) or url.userinfo:
        to = f"{url.scheme}://{url.netloc.decode('ascii', 'replace').rpartition('@')[2]}"
        problem = f"redirects to another origin, which is not followed: {to}"
    elif str(url) in visited or len(visited) > MAX_REDIRECTS:
        problem = f"redirects in a loop, or more than {MAX_REDIRECTS} times"
    elif without_echo(response.request, str(url)) != str(url):  # logs and errors show URLs
        problem = "redirects to a URL that contains the credential"
    if problem is not None:
        raise status_error(response, problem=problem)
    visited.add(str(url))
    return url
