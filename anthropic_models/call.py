"""A call before it is sent: checks its arguments and merges them with the client's settings."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import httpx
from anthropic_models_api.types import Operation, Unset

from . import options
from .bodies import DECODED
from .secrets import CREDENTIAL_HEADERS, hide_credentials
from .settings import Settings, as_timeout
from .settings import timeout as checked_timeout

_RETRY_COUNT = "x-stainless-retry-count"
_NO_CREDENTIAL = (
    "Could not resolve authentication method. Expected either api_key or auth_token to be set. Or for one of the "
    "`X-Api-Key` or `Authorization` headers to be explicitly omitted. Pass an argument, or set ANTHROPIC_API_KEY or "
    'ANTHROPIC_AUTH_TOKEN. To send no credential, pass extra_headers={"X-Api-Key": Omit()}.'
)


class Call:
    """One operation with its arguments, ready to be sent.

    Args:
        settings: The settings of the client.
        user_agent: The value of the `User-Agent` header.
        operation: The operation of the API.
        arguments: Its arguments, by the names that callers use; `Unset` ones were not given.
        extra_headers, extra_query, timeout: The options of this call.
    """

    def __init__(
        self,
        settings: Settings,
        user_agent: str,
        operation: Operation[Any],
        arguments: Mapping[str, object],
        *,
        extra_headers: object,
        extra_query: object,
        timeout: object,
    ) -> None:
        self.operation: Operation[Any] = operation
        self.retries_taken: int = 0
        given = options.parameters(operation, arguments)
        built = operation.build_request(**given)
        described: dict[str, str] = built.get("headers", {})
        names = {each.name: each.wire_name for each in operation.parameters if each.place == "header"}
        asked = {names[name]: described[names[name]] for name in given if name in names}
        custom = (settings.default_headers, asked, options.headers("extra_headers", extra_headers))
        given_headers = {name.lower(): value for layer in custom for name, value in layer.items()}
        self._counts_retries = _RETRY_COUNT not in given_headers
        self._omitted = [name for name, value in given_headers.items() if isinstance(value, Unset)]
        host = settings.base_url.netloc.decode("ascii")
        self._defaults = {
            name: value for name, value in {"Host": host, **_DEFAULTS}.items() if name.lower() not in given_headers
        }
        self.headers: dict[str, str] = options.merged_headers(
            own_headers(user_agent), described, _credential(settings, given_headers), *custom
        )
        self.method: str = built["method"].upper()
        extra = {**settings.default_query, **options.query_values("extra_query", extra_query)}
        query = "&".join(filter(None, (options.repeated(built.get("params", {})), options.query(extra))))
        target = settings.base_url.raw_path.decode("ascii") + built["url"].lstrip("/")
        self.url: httpx.URL = _url(settings.base_url, f"{target}?{query}" if query else target)
        seconds = settings.timeout if isinstance(timeout, Unset) else checked_timeout("timeout", timeout)
        self.timeout: httpx.Timeout = as_timeout(seconds)
        self.max_retries: int = settings.max_retries

    def request(self, client: Any, url: Any, *, is_default: bool) -> Any:
        """Build the next request: the first one of an attempt, or the one after a redirect.

        The package's own HTTP client has no headers, parameters or cookies to add, so `httpx.Request` is used directly:
        that is faster.
        """
        headers = self.headers | {_RETRY_COUNT: str(self.retries_taken)} if self._counts_retries else self.headers
        if is_default:
            request = httpx.Request(self.method, url, headers=self._defaults | headers, stream=_NO_BODY)
        else:
            codings = set(client.headers.get("accept-encoding", "").replace(" ", "").lower().split(","))
            if _CODING in self._defaults and not codings.issubset(DECODED):
                headers = {_CODING: _DEFAULTS[_CODING], **headers}
            # If the HTTP client has query parameters, httpx drops the query of the URL, but keeps what is in `params`.
            params = httpx.QueryParams(url.query) if client.params else None
            request = client.build_request(self.method, str(url), headers=headers, params=params)
            ours = {name.lower() for name in headers}.intersection(CREDENTIAL_HEADERS)
            others = [name for name in CREDENTIAL_HEADERS if ours and name not in ours]  # send one credential only
            for name in (*others, *self._omitted):
                request.headers.pop(name, None)
        hide_credentials(request)
        return request


_NO_BODY = httpx.ByteStream(b"")
_CODING = "Accept-Encoding"
_DEFAULTS = {_CODING: "gzip, deflate", "Connection": "keep-alive"}
"""Headers of every request, which the caller or the caller's own HTTP client may replace."""


def own_headers(user_agent: str) -> dict[str, str]:
    """Headers of every request, besides those in the fragment, the credential, and `_DEFAULTS`."""
    return {"Accept": "application/json", "User-Agent": user_agent}


@functools.lru_cache(maxsize=256)
def _url(base_url: httpx.URL, target: str) -> httpx.URL:
    try:
        return base_url.copy_with(raw_path=target.encode("ascii"))
    except httpx.InvalidURL as error:  # it is too long
        raise ValueError(f"the arguments do not fit into a URL: {error}") from None


def _credential(settings: Settings, given: Mapping[str, str | Unset]) -> dict[str, str]:
    """The header for `api_key`, or for `auth_token` if there is no key or the caller omits `X-Api-Key`.

    An empty dictionary if the caller sets a credential header.
    """
    if any(isinstance(given.get(name), str) for name in CREDENTIAL_HEADERS):
        return {}
    if settings.api_key is not None and "x-api-key" not in given:
        return {"X-Api-Key": settings.api_key}
    if settings.auth_token is not None and "authorization" not in given:
        return {"Authorization": f"Bearer {settings.auth_token}"}
    if given.keys().isdisjoint(CREDENTIAL_HEADERS):
        raise TypeError(_NO_CREDENTIAL)
    return {}
