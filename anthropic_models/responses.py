"""An answer becomes a model, or an error of the tree. Nothing here sends or waits."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin

import httpx

from . import retries
from ._generated import Decoded, Model, Operation
from .checks import MismatchError, check
from .decoding import decode
from .errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    capped,
)
from .secrets import cause_without_secrets, response_without_echo, without_echo
from .transport.messages import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .transport.messages import Reply

T = TypeVar("T", bound=Model)

MAX_REDIRECTS = 10
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_NOT_SENT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)  # would fail again the same way
# httpx reads a Location even where it does not follow: https://github.com/encode/httpx/pull/3706
_BAD_LOCATION = "Invalid URL in location header"


def parse(operation: Operation[T], reply: Reply, path: tuple[str, ...], options: Mapping[str, object]) -> T:
    """The model that a success holds. Raises `APIResponseValidationError` where it holds none."""
    parsed = _parsed(operation, reply, path, options)
    if isinstance(parsed, str):  # raised here, so that no context of it holds the body
        raise _invalid(reply.as_httpx, parsed)
    object.__setattr__(parsed, "_request_id", reply.header(b"request-id"))  # no part of the frozen value
    return parsed


def _parsed(operation: Operation[T], reply: Reply, path: tuple[str, ...], options: Mapping[str, object]) -> T | str:
    """The model, or what is wrong."""
    try:
        value = decode(reply.content)
    except (ValueError, RecursionError) as error:
        return f"the body is not JSON: {error}"
    try:
        check(value, operation.result)
        parsed = operation.parse(Decoded(reply.status, value), *path, **options)
    except MismatchError as error:
        return str(error)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        return f"the body cannot be parsed: {error}"
    return parsed if isinstance(parsed, operation.result) else "the API describes no such success"


def unreadable(response: httpx.Response, problem: Exception) -> APIResponseValidationError:
    """The error for a success whose body cannot be read to its end."""
    return _invalid(response, str(problem))


def _invalid(response: httpx.Response, problem: str) -> APIResponseValidationError:
    response = response_without_echo(response)
    return APIResponseValidationError(
        response,
        _body(response),
        message=f"The API answered {response.status_code}, but not with what it describes: "
        f"{capped(without_echo(response.request, problem))} "
        f"(request id: {capped(str(response.headers.get('request-id')))}; body: {capped(_text(response))})",
    )


def _body(response: httpx.Response) -> object:
    """The body of an answer that became an error: JSON where it is that, else text; None where it was not read."""
    if not _is_read(response):
        return None
    if response.content.strip() and UNREADABLE not in response.extensions:
        with contextlib.suppress(ValueError, RecursionError):
            return decode(response.content)
    return _text(response).strip()


def _text(response: httpx.Response) -> str:
    return response.content.decode("utf-8", "replace") if _is_read(response) else ""


def _is_read(response: httpx.Response) -> bool:
    """Whether its body is there; a hook of the caller's own client may have refused the answer before."""
    try:
        return response.content is not None
    except httpx.ResponseNotRead:
        return False


def status_error(response: httpx.Response, now: float, *, problem: str | None = None) -> APIStatusError:
    """The error for a status that is not a success. `now` is seconds since the epoch."""
    response = response_without_echo(response)
    body = _body(response)
    detail = without_echo(response.request, problem) if problem else "" if body is None else str(body)
    message = f"Error code: {response.status_code}" + (f" - {capped(detail)}" if detail else "")
    cls = APIStatusError.of_status(response.status_code)
    error = cls(message, response=response, body=body)
    error.retry_after = retries.retry_after(response.headers, now)
    error.is_retryable = problem is None and retries.is_retryable_status(response.status_code, response.headers)
    return error


def connection_error(cause: Exception, request: httpx.Request) -> APIError:
    """The error for a request that got no answer, with what httpx said about it as its cause."""
    cause_without_secrets(cause, request)
    detail = capped(str(cause))
    error: APIConnectionError
    if isinstance(cause, httpx.TimeoutException):
        error = APITimeoutError(request, message=f"Request timed out: {detail or type(cause).__name__}")
    else:
        error = APIConnectionError(message=f"Connection error: {detail or type(cause).__name__}", request=request)
    error.__cause__ = cause
    may_pass = isinstance(cause, (httpx.TransportError, OSError)) and not isinstance(cause, _NOT_SENT)
    error.is_retryable = may_pass and not str(cause).startswith(_BAD_LOCATION)
    return error


def redirect(response: httpx.Response, visited: set[str], now: float) -> str | None:
    """The path and query to go on with; None where the answer is no redirect.

    Raises the status error of an answer that leads to another origin, in a circle, or nowhere: what was sent
    there would carry the key along.
    """
    location = response.headers.get("location")
    if response.status_code not in _REDIRECTS or location is None:
        return None
    here = response.request.url
    url = _joined(here, location)
    if url is None:
        raise status_error(response, now, problem=f"redirects to what is no URL: {location[:200]!r}")
    if (url.scheme, url.host, url.port) != (here.scheme, here.host, here.port) or url.userinfo:
        to = f"{url.scheme}://{url.netloc.decode('ascii', 'replace').rpartition('@')[2]}"
        raise status_error(response, now, problem=f"redirects to another origin, which is not followed: {to[:200]}")
    target = url.raw_path.decode("ascii")
    if target in visited or len(visited) > MAX_REDIRECTS:
        raise status_error(response, now, problem=f"redirects in a circle, or more than {MAX_REDIRECTS} times")
    visited.add(target)
    return target


def _joined(here: httpx.URL, location: str) -> httpx.URL | None:
    try:
        return httpx.URL(urljoin(str(here), location))
    except (httpx.InvalidURL, ValueError):
        return None
