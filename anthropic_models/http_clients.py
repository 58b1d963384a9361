"""The httpx clients of this package. They differ from httpx's in their connection pool, and ignore cookies."""

from __future__ import annotations

import logging
import ssl
from typing import TYPE_CHECKING, Any

import httpx

from .settings import DEFAULT_TIMEOUT
from .transport import certificates, proxies

DEFAULT_CONNECTION_LIMITS = httpx.Limits(max_connections=1000, max_keepalive_connections=100)


class _NoCookies(httpx.Cookies):
    """A cookie jar that stays empty."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Ignore the cookies of the response."""


def with_defaults(settings: Any) -> dict[str, Any]:
    """The arguments of an httpx client, with this package's defaults."""
    return {"timeout": DEFAULT_TIMEOUT, "limits": DEFAULT_CONNECTION_LIMITS, "follow_redirects": True, **settings}


class _Ours:
    """Replaces the transports of httpx's clients by our own. Type checkers see httpx's own signatures."""

    tls_context: ssl.SSLContext | None = None
    """The TLS context with the certificates that the environment names; None if the caller chose others."""
    _transport_name: str

    if not TYPE_CHECKING:

        def __new__(cls, **settings: Any) -> Any:  # noqa: ARG004  # the signature that `help` shows
            """Also inherit from the class with which a tool has replaced httpx's, as OpenTelemetry 0.48 does."""
            name = next(base.__name__ for base in cls.__mro__ if base.__module__ == "httpx")
            if not issubclass(cls, now := getattr(httpx, name)):
                cls = type(cls.__name__, (cls, now), {})
            return super().__new__(cls)

        def __init__(self, **settings: Any) -> None:
            super().__init__(**with_defaults(settings))
            if "cookies" not in settings:
                self._cookies = _NoCookies()

        def _init_transport(self, transport: Any = None, **settings: Any) -> Any:
            if transport is not None:
                return transport
            from .transport import pool  # httpcore is slow to import; httpx also delays it

            if settings.get("http2") and (hpack := logging.getLogger("hpack")).level == logging.NOTSET:
                hpack.setLevel(logging.INFO)  # at DEBUG, it logs the headers of requests
            if settings.get("verify") is True and settings.get("trust_env") and settings.get("cert") is None:
                settings["verify"] = self.tls_context = certificates.of_environment()
            return getattr(pool, self._transport_name)(**settings)

        def _init_proxy_transport(self, proxy: Any, **settings: Any) -> Any:
            return self._init_transport(proxy=proxy, **settings)

        def _get_proxy_map(self, proxy: Any, allow_env_proxies: bool) -> dict[str, httpx.Proxy | None]:
            if proxy is None and allow_env_proxies:
                return proxies.of_environment()
            return super()._get_proxy_map(proxy, False)


class DefaultHttpxClient(_Ours, httpx.Client):
    """An `httpx.Client` with this package's connection pool; takes the same arguments."""

    _transport_name = "Transport"


class DefaultAsyncHttpxClient(_Ours, httpx.AsyncClient):
    """An `httpx.AsyncClient` with this package's connection pool; takes the same arguments."""

    _transport_name = "AsyncTransport"
    cancels_at_deadline = True
    """Whether calls may be cancelled at their deadline: cancelling closes only the connection of that call."""
