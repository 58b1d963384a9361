"""The httpx clients of this package: httpx's own, but for the connection pool, and for cookies, which they ignore."""

from __future__ import annotations

import http.cookiejar
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import httpx

from .settings import DEFAULT_TIMEOUT
from .transport import certificates, proxies
from .transport.async_pool import AsyncPool
from .transport.network import AsyncBackend, Backend
from .transport.pool import Pool

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    class _Arguments(TypedDict, total=False):
        """What both httpx clients take, beside a transport."""

        auth: Any
        params: Any
        headers: Any
        cookies: Any
        verify: ssl.SSLContext | str | bool
        cert: Any
        trust_env: bool
        http1: bool
        http2: bool
        proxy: httpx.Proxy | httpx.URL | str | None
        timeout: Any
        follow_redirects: bool
        limits: httpx.Limits
        max_redirects: int
        event_hooks: Mapping[str, list[Callable[..., Any]]] | None
        base_url: httpx.URL | str
        default_encoding: str | Callable[[bytes], str]

    class ClientArguments(_Arguments, total=False):
        """The keyword arguments of `httpx.Client`."""

        mounts: Mapping[str, httpx.BaseTransport | None] | None
        transport: httpx.BaseTransport | None

    class AsyncClientArguments(_Arguments, total=False):
        """The keyword arguments of `httpx.AsyncClient`."""

        mounts: Mapping[str, httpx.AsyncBaseTransport | None] | None
        transport: httpx.AsyncBaseTransport | None


DEFAULT_CONNECTION_LIMITS = httpx.Limits(max_connections=1000, max_keepalive_connections=100)

_KEEPALIVE: list[tuple[int, int, int]] = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
for _name, _value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 60), ("TCP_KEEPCNT", 5)):
    if hasattr(socket, _name):  # not on every system
        _KEEPALIVE.append((socket.IPPROTO_TCP, getattr(socket, _name), _value))


class _NoCookies(http.cookiejar.CookieJar):
    """Keeps no cookie of a server's, and sends none."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Keep nothing."""


def with_defaults(settings: Any) -> dict[str, Any]:
    """The arguments of an httpx client, with this package's defaults."""
    return {
        "timeout": DEFAULT_TIMEOUT,
        "limits": DEFAULT_CONNECTION_LIMITS,
        "follow_redirects": True,
        "cookies": _NoCookies(),
        **settings,
    }


class Transport(httpx.HTTPTransport):
    """httpx's transport with our pool in place of its own: whatever watches httpx sees its calls."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(socket_options=_KEEPALIVE, **settings)
        self._pool._network_backend = Backend()
        self._pool: Any = Pool(self._pool)


class AsyncTransport(httpx.AsyncHTTPTransport):
    """The same for asynchronous calls."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(socket_options=_KEEPALIVE, **settings)
        self._pool._network_backend = AsyncBackend(self._pool._network_backend)
        self._pool: Any = AsyncPool(self._pool)


class _Ours:
    """What differs in how httpx's clients make their transports."""

    _transport_kind: type[Any]

    def _init_transport(self, transport: Any = None, **settings: Any) -> Any:
        return self._transport_kind(**_with_certificates(settings)) if transport is None else transport

    def _init_proxy_transport(self, proxy: Any, **settings: Any) -> Any:
        return self._transport_kind(proxy=proxy, **_with_certificates(settings))

    def _get_proxy_map(self, proxy: Any, allow_env_proxies: bool) -> dict[str, httpx.Proxy | None]:
        if proxy is None:
            return proxies.of_environment() if allow_env_proxies else {}
        return {"all://": httpx.Proxy(url=proxy) if isinstance(proxy, (str, httpx.URL)) else proxy}


def _with_certificates(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of a transport, with the certificates that clients share unless there are others."""
    is_usual = settings.get("verify") is True and settings.get("trust_env") and settings.get("cert") is None
    return {**settings, "verify": certificates.of_environment()} if is_usual else settings


class DefaultHttpxClient(_Ours, httpx.Client):
    """An `httpx.Client` with this package's connection pool; takes the same arguments."""

    _transport_kind = Transport

    def __init__(self, **settings: Unpack[ClientArguments]) -> None:
        super().__init__(**with_defaults(settings))


class DefaultAsyncHttpxClient(_Ours, httpx.AsyncClient):
    """An `httpx.AsyncClient` with this package's connection pool; takes the same arguments."""

    limits_attempts = True
    """A call may be cancelled at the end of an attempt: that harms its own connection only."""
    _transport_kind = AsyncTransport

    def __init__(self, **settings: Unpack[AsyncClientArguments]) -> None:
        super().__init__(**with_defaults(settings))
