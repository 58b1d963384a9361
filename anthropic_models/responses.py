"""An answer becomes a model, or an error of the tree. Nothing here sends or waits."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, NoReturn, TypeVar
from urllib.parse import urljoin

import httpx

from . import retries
from ._generated import Decoded, Model, Operation
from .checks import MismatchError, check
from .errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    capped,
)
from .secrets import CREDENTIAL_HEADERS, without_frames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .messages import Reply

T = TypeVar("T", bound=Model)

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_NOT_SENT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)  # would fail again the same way


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def decode(content: bytes) -> object:
    """JSON, and nothing that only Python takes for it. Raises ValueError or RecursionError."""
    text = content.decode("utf-8-sig")
    value = _DECODER.decode(text)
    if "\\u" in text:  # half characters can be escaped, but neither printed nor sent on
        json.dumps(value, ensure_ascii=False).encode()
    return value


def parse(operation: Operation[T], reply: Reply, path: tuple[str, ...], options: Mapping[str, object]) -> T:
    """The model that a success holds. Raises `APIResponseValidationError` where it holds none."""
    if reply.problem is not None:
        raise _invalid(reply.as_httpx, _text(reply.as_httpx), str(reply.problem))
    try:
        value = decode(reply.content)
    except (ValueError, RecursionError) as error:
        raise _invalid(reply.as_httpx, _text(reply.as_httpx), f"the body is not JSON: {error}") from None
    try:
        check(value, operation.result)
        parsed = operation.parse(Decoded(reply.status, value), *path, **options)
    except MismatchError as error:
        raise _invalid(reply.as_httpx, value, str(error)) from None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        raise _invalid(reply.as_httpx, value, f"the body cannot be parsed: {error}") from None
    if not isinstance(parsed, operation.result):
        raise _invalid(reply.as_httpx, value, "the API describes no such success")
    object.__setattr__(parsed, "_request_id", reply.header(b"request-id"))  # no part of the frozen value
    return parsed


def unreadable(response: httpx.Response, problem: Exception) -> APIResponseValidationError:
    """The error for a success whose body cannot be read to its end."""
    return _invalid(response, None, str(problem))


def _invalid(response: httpx.Response, body: object, problem: str) -> APIResponseValidationError:
    request_id = response.headers.get("request-id")
    return APIResponseValidationError(
        response,
        body,
        message=_hidden(
            response.request,
            f"The API answered {response.status_code}, but not with what it describes: {capped(problem)} "
            f"(request id: {request_id}; body: {_shown(response)})",
        ),
    )


def _shown(response: httpx.Response) -> str:
    return capped(_text(response))


def _text(response: httpx.Response) -> str:
    if not response.is_closed:
        return ""
    return response.content.decode("utf-8", "replace")


def _hidden(request: httpx.Request, text: str) -> str:
    """The text without the credential, which a server may have sent back."""
    for name in CREDENTIAL_HEADERS:
        for secret in filter(None, (request.headers.get(name, "").removeprefix("Bearer "),)):
            text = text.replace(secret, "[secret]")
    return text


def status_error(response: httpx.Response, now: float, *, problem: str | None = None) -> APIStatusError:
    """The error for a status that is not a success. `now` is seconds since the epoch."""
    text = _text(response).strip()
    body: object = text or None
    with contextlib.suppress(ValueError, RecursionError):
        body = decode(response.content)
    detail = problem or (str(body) if text else "")
    message = f"Error code: {response.status_code}" + (f" - {capped(detail)}" if detail else "")
    cls = APIStatusError.of_status(response.status_code)
    error = cls(_hidden(response.request, message), response=response, body=body)
    error.retry_after = retries.retry_after(response.headers, now)
    error.is_retryable = problem is None and retries.is_retryable_status(response.status_code, response.headers)
    return error


def connection_error(cause: Exception, request: httpx.Request) -> APIError:
    """The error for a request that got no answer, with what httpx said about it as its cause."""
    detail = _hidden(request, capped(str(cause)))
    error: APIConnectionError
    if isinstance(cause, httpx.TimeoutException):
        error = APITimeoutError(request, message=f"Request timed out: {detail or type(cause).__name__}")
    else:
        error = APIConnectionError(message=f"Connection error: {detail or type(cause).__name__}", request=request)
    error.__cause__ = without_frames(cause)
    error.is_retryable = isinstance(cause, (httpx.TransportError, OSError)) and not isinstance(cause, _NOT_SENT)
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
    try:
        url = httpx.URL(urljoin(str(here), location))
        origin = (url.scheme, url.host, url.port)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise status_error(response, now, problem=f"redirects to what is no URL: {location[:200]!r}") from None
    if origin != (here.scheme, here.host, here.port) or url.userinfo:
        to = f"{url.scheme}://{url.netloc.decode('ascii', 'replace').rpartition('@')[2]}"
        raise status_error(response, now, problem=f"redirects to another origin, which is not followed: {to[:200]}")
    target = url.raw_path.decode("ascii")
    if target in visited or len(visited) >= MAX_REDIRECTS:
        raise status_error(response, now, problem=f"redirects in a circle, or more than {MAX_REDIRECTS} times")
    visited.add(target)
    return target


MAX_REDIRECTS = 10
