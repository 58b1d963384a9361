"""A call, before and after it is sent: what the two clients share, and that neither sends nor waits."""

from __future__ import annotations

import logging
import random
import time
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

import httpx

from . import options, retries
from ._generated import Model, Operation
from .errors import APIConnectionError, APIStatusError
from .log import log
from .responses import connection_error, parse, redirect, status_error, unreadable
from .secrets import CREDENTIAL_HEADERS, Secret, cause_without_secrets, without_echo
from .sentinels import Omit
from .transport.messages import Origin, Reply, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .errors import APIError
    from .options import HeaderValues

T = TypeVar("T", bound=Model)

_RETRY_COUNT = "x-stainless-retry-count"
_NO_CREDENTIAL = (
    "Could not resolve authentication method. Expected either api_key or auth_token to be set: give one of them, "
    "or set ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN. To send none on purpose, leave one of the headers out: "
    'extra_headers={"X-Api-Key": Omit()} or {"Authorization": Omit()}.'
)


class Call(Generic[T]):
    """One operation with its arguments, checked and merged, ready to be sent.

    Args:
        operation: What is asked of the API.
        path: The values in its path.
        parameters: Its other parameters, by the names that the generated function has for them.
        base_url: What its path is appended to.
        header_layers: The client's own headers, its `default_headers`, and the call's `extra_headers`.
        credentials: What the client can identify itself with, the preferred one first.
        query: The query string.
        timeout: Of one attempt.
        max_retries: How many times it is tried again.
    """

    def __init__(
        self,
        operation: Operation[T],
        path: tuple[str, ...],
        parameters: Mapping[str, Any],
        *,
        base_url: httpx.URL,
        header_layers: tuple[HeaderValues, HeaderValues, HeaderValues],
        credentials: Mapping[str, Secret],
        query: str,
        timeout: httpx.Timeout,
        max_retries: int,
    ) -> None:
        self._operation, self._path, self._parameters = operation, path, parameters
        built = operation.build(*path, **parameters)
        own, default, extra = header_layers
        described: dict[str, str] = built.get("headers", {})
        asked = {
            name: options.header_value(_argument(name), value)
            for name, value in described.items()
            if _is_asked(name, value, parameters, operation)
        }
        custom = (default, asked, extra)
        self._origin = Origin.of(base_url)
        host = {"Host": self._origin.netloc}
        self._headers = options.merged_headers(host, own, described, _credential(credentials, custom), *custom)
        self._counts_retries = not any(name.lower() == _RETRY_COUNT for layer in custom for name in layer)
        self._method: str = built["method"].upper()
        query = "&".join(filter(None, (options.query(built.get("params")), query)))
        target = base_url.raw_path.decode("ascii") + built["url"].lstrip("/")
        self.target = f"{target}?{query}" if query else target
        self.timeout, self._max_retries = timeout, max_retries

    def request(self, target: str, retries_taken: int) -> Request:
        """The request of one attempt."""
        count = {_RETRY_COUNT: str(retries_taken)} if self._counts_retries else {}
        request = Request(self._method, self._origin, target, {**self._headers, **count})
        self._attempt, self._began = retries_taken + 1, time.monotonic()
        return request

    def onward(self, reply: Reply, visited: set[str]) -> str | None:
        """Where a redirect leads; None for a success. Raises the error for everything else."""
        self._log(reply.request, reply.status, reply.header(b"request-id"))
        if reply.is_success:
            if reply.problem is not None:
                raise unreadable(reply.as_httpx, reply.problem)
            return None
        target = redirect(reply.as_httpx, visited, time.time())
        if target is None:
            raise status_error(reply.as_httpx, time.time())
        return target

    def failed(self, cause: Exception, request: Request) -> APIError:
        """The error for an attempt that got no answer."""
        error: APIError
        if isinstance(cause, httpx.HTTPStatusError):  # raised by a hook of the caller's own client
            error = status_error(cause.response, time.time())
            cause_without_secrets(cause, cause.request)
        else:
            error = connection_error(cause, request.as_httpx)
        self._log(request, repr(error), None)
        return error

    def closed(self) -> APIError:
        """The error for a client that has been closed."""
        request = self.request(self.target, 0).as_httpx
        return APIConnectionError(message="The client is closed; make a new one.", request=request)

    def delay(self, error: APIError, retries_taken: int) -> float | None:
        """Seconds to wait before the next attempt; None where there is none."""
        asked = error.retry_after if isinstance(error, APIStatusError) else None
        if not error.is_retryable or retries_taken >= self._max_retries or (asked or 0) > retries.MAX_RETRY_AFTER:
            return None
        seconds = retries.delay(retries_taken, asked, random.random())  # noqa: S311  # spreads clients, hides nothing
        log.info("retry %d of %d in %.2f s after %r", retries_taken + 1, self._max_retries, seconds, error)
        return seconds

    def parse(self, reply: Reply) -> T:
        """The model that a success holds."""
        return parse(self._operation, reply, self._path, self._parameters)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a call and its response cannot be pickled or copied: they hold a credential")

    def _log(self, request: Request, outcome: object, request_id: str | None) -> None:
        if log.isEnabledFor(logging.INFO):
            log.info(
                "%s %s -> %s (request id %s, attempt %d, %.0f ms)",
                request.method,
                request.url,
                outcome,
                request_id and without_echo(request.as_httpx, request_id),
                self._attempt,
                (time.monotonic() - self._began) * 1000,
            )


def _is_asked(name: str, value: str, parameters: Mapping[str, Any], operation: Operation[Any]) -> bool:
    """Whether a header is there because the caller asked for it: by its name, or as it is not what it always is."""
    usual = operation.default_headers
    return _argument(name) in parameters or (bool(usual) and usual.get(name) != value)


def _argument(name: str) -> str:
    """The argument that a generated function has for a header."""
    return name.lower().replace("-", "_")


def _credential(credentials: Mapping[str, Secret], custom: tuple[HeaderValues, ...]) -> dict[str, str]:
    """The one credential of the client's own to send: none where the caller's headers have one, or leave it out."""
    given: dict[str, str | Omit] = {
        name.lower(): value for layer in custom for name, value in layer.items() if name.lower() in CREDENTIAL_HEADERS
    }
    if any(isinstance(value, str) for value in given.values()):
        return {}
    for name, secret in credentials.items():
        if name.lower() not in given:
            return {name: secret.value}
    if not given:
        raise TypeError(_NO_CREDENTIAL)
    return {}
