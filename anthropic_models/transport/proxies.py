"""Proxies from the environment: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY."""

from __future__ import annotations

import importlib.util
import os
import re
import urllib.request

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
    return proxies | {pattern: None for each in exceptions if (pattern := _pattern(each))}


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
        if proxy.url.scheme.startswith("socks") and importlib.util.find_spec("socksio") is None:
            raise ValueError("install httpx[socks]")  # httpx notices with the first request
    except (ValueError, httpx.InvalidURL) as error:
        names = (name for name in os.environ if name.lower() == f"{scheme}_proxy")
        name = max(names, default=f"{scheme}_proxy")  # lowercase, which urllib prefers, comes last
        raise ValueError(f"{name} is not a usable proxy: {str(error).replace(address, '…')}") from None
    return proxy


def _pattern(entry: str) -> str | None:
    """An entry of NO_PROXY as a URL pattern of httpx: a host and its subdomains, or an IPv6 address."""
    scheme, _, rest = entry.rpartition("://")
    match = re.fullmatch(r"\*?\.*(\[[\w:.%]+\]|[\w.~-]+)(:\d+)?|([\w:.%]+)", rest, re.ASCII)
    if match is None:
        return None
    host, port, bare = match.groups("")
    host = host or f"[{bare}]"  # an IPv6 address may have no brackets
    try:
        url = httpx.URL(f"{scheme or 'all'}://{host}{port}")
    except httpx.InvalidURL:
        return None
    return f"{url.scheme}://{'' if '[' in host else '*'}{host}{port}" if has_sound_host(url) else None
