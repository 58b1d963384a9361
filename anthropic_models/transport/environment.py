"""What the environment says about the way to the API: proxies and certificates."""

from __future__ import annotations

import functools
import os
import ssl
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from .hosts import has_sound_host
from .processes import ProcessLock

if TYPE_CHECKING:
    from collections.abc import Mapping

_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


def proxy_for(url: httpx.URL) -> httpx.Proxy | None:
    """The proxy that HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY name for a URL.

    Raises ValueError with the variable's name where it cannot be used.
    """
    proxies: Mapping[str, str] = urllib.request.getproxies()
    kind = url.scheme if proxies.get(url.scheme) else "all"
    address = proxies.get(kind)
    host = f"[{url.host}]" if ":" in url.host else url.host
    if not address or any(urllib.request.proxy_bypass(each) for each in (f"{host}:{url.port or ''}", host, url.host)):
        return None
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
        if not has_sound_host(proxy.url):
            raise ValueError("it names no host and port that there can be")
        if proxy.url.scheme.startswith("socks"):
            httpx.HTTPTransport(proxy=proxy, verify=False).close()  # needs a package of its own
    except (ValueError, httpx.InvalidURL, ImportError) as error:
        reason = str(error).replace(address, "…") if not isinstance(error, ImportError) else "install httpx[socks]"
        raise ValueError(f"{_variable(kind)} is not a proxy that can be used: {reason}") from None
    return proxy


def _variable(kind: str) -> str:
    names = (f"{kind}_proxy", f"{kind}_proxy".upper())
    return next((name for name in names if os.environ.get(name)), names[1])


def tls_context() -> ssl.SSLContext:
    """The TLS context for what the environment says now, made once for each state of it.

    Raises ValueError with the variable's name where it names what cannot be read.
    """
    values = tuple(os.environ.get(name) or None for name in _CERTIFICATES)
    with _making:
        return _tls_context(values)


def check_certificates() -> None:
    """Refuse bad variables now; without any, nothing is loaded before it is needed."""
    if any(os.environ.get(name) for name in _CERTIFICATES):
        tls_context()


_making = ProcessLock()  # many threads at once make one context


@functools.lru_cache(maxsize=8)
def _tls_context(values: tuple[str | None, ...]) -> ssl.SSLContext:
    file, folder, log = values
    if file is not None and not os.path.isfile(file):  # noqa: PTH113  # Path raises where the name is too long
        raise ValueError(f"SSL_CERT_FILE names no file: {file[:200]!r}")
    if file is None and folder is not None and not os.path.isdir(folder):  # noqa: PTH112  # likewise
        raise ValueError(f"SSL_CERT_DIR names no folder: {folder[:200]!r}")
    if log is not None and not os.path.isdir(Path(log).parent):  # noqa: PTH112  # likewise
        raise ValueError(f"SSLKEYLOGFILE is in no folder: {log[:200]!r}")
    try:
        context = httpx.create_ssl_context()
    except (OSError, ValueError) as error:
        names = ", ".join(name for name, value in zip(_CERTIFICATES, values, strict=True) if value)
        raise ValueError(f"{names or 'the certificates'} cannot be read: {error}") from None
    context.set_alpn_protocols(["http/1.1"])
    return context
