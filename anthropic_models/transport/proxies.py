"""Proxies from the environment: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY."""

from __future__ import annotations

import ipaddress
import os
import re
import urllib.request
from collections.abc import Iterator

import httpx

_HOST = re.compile(r"[0-9A-Za-z._~-]{1,255}")


def of_environment() -> dict[str, httpx.Proxy | None]:
    """The proxy for each URL pattern of httpx; None connects directly. Raises ValueError, which names the variable."""
    named = urllib.request.getproxies()
    proxies: dict[str, httpx.Proxy | None] = {
        f"{scheme}://": _proxy(scheme, named[scheme]) for scheme in ("http", "https", "all") if named.get(scheme)
    }
    exceptions = re.split(r"[\s,]+", named.get("no", "").strip())
    if not proxies or "*" in exceptions:
        return {}
    return proxies | {pattern: None for each in exceptions for pattern in _patterns(each)}


def has_sound_host(url: httpx.URL) -> bool:
    """Whether the host and port are valid; httpx accepts the host `[bad` and the port 99999."""
    host = url.raw_host.decode("ascii", "replace")
    known = ":" in host or _HOST.fullmatch(host) is not None  # httpx has checked an IPv6 address
    return known and (url.port is None or 0 < url.port < 65536)


def _proxy(scheme: str, address: str) -> httpx.Proxy:
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
        if not has_sound_host(proxy.url):
            raise ValueError("its host or port is invalid")
        if proxy.url.scheme.startswith("socks"):
            import socksio  # type: ignore[import-not-found]  # noqa: F401  # httpx imports it only with the first request
    except (ValueError, httpx.InvalidURL, ImportError) as error:
        reason = "install httpx[socks]" if isinstance(error, ImportError) else str(error).replace(address, "…")
        raise ValueError(f"{_variable(scheme)} is not a usable proxy: {reason}") from None
    return proxy


def _patterns(entry: str) -> Iterator[str]:
    """An entry of NO_PROXY as URL patterns of httpx: a host suffix or an address, with or without a port."""
    scheme, _, rest = entry.rpartition("://")
    match = None if _is_address(rest) else re.fullmatch(r"(.+):(\d+)", rest)
    host, port = (match[1], f":{match[2]}") if match else (rest, "")
    host = re.sub(r"^\[(.*)\]$", r"\1", host).removeprefix("*").lstrip(".")
    if _is_address(host) or host.lower() == "localhost":
        yield f"{scheme.lower() or 'all'}://" + (f"[{host}]" if ":" in host else host) + port
    elif _HOST.fullmatch(host):
        yield f"{scheme.lower() or 'all'}://*{host}{port}"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _variable(scheme: str) -> str:
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    return next((name for name in names if os.environ.get(name)), names[1])
