"""Which way a request goes: on our own connections, or through an httpx client, and what it looks like there."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from .environment import proxy_for, tls_context
from .secrets import RequestHeaders

if TYPE_CHECKING:
    from .deadlines import Deadline

HttpClient = httpx.Client | httpx.AsyncClient

_HTTPX = str(Path(httpx.URL.__init__.__code__.co_filename).parent)


class Outgoing(NamedTuple):
    """A request, before it is known which way it goes."""

    method: str
    url: httpx.URL
    headers: dict[str, str]


def is_patched(*, asynchronous: bool) -> bool:
    """Whether a tool has put itself into httpx: respx, pytest-httpx, vcrpy, a tracer. It should see our calls too."""
    client, transport = (httpx.AsyncClient, httpx.AsyncHTTPTransport) if asynchronous else _SYNC
    method = "handle_async_request" if asynchronous else "handle_request"
    functions = [client.send, client.__dict__.get("_send_single_request", client.send), transport.__dict__[method]]
    if (httpcore := sys.modules.get("httpcore")) is not None:
        pool = getattr(httpcore, "AsyncConnectionPool" if asynchronous else "ConnectionPool", None)
        original = type(getattr(pool, method, None)) is FunctionType and getattr(pool, method).__module__.startswith(
            "httpcore."
        )
        if not original:
            return True
    return not all(type(each) is FunctionType and each.__code__.co_filename.startswith(_HTTPX) for each in functions)


_SYNC = (httpx.Client, httpx.HTTPTransport)


def is_direct(url: httpx.URL, *, asynchronous: bool) -> bool:
    """Whether our own connections can carry a request to this URL."""
    return proxy_for(url) is None and not is_patched(asynchronous=asynchronous)


def client_arguments(url: httpx.URL) -> dict[str, Any]:
    """What an httpx client of ours is made with, for the way to this URL."""
    return {"proxy": proxy_for(url), "verify": tls_context(), "trust_env": False, "timeout": None}


def prepare(outgoing: Outgoing, client: HttpClient | None, deadline: Deadline) -> httpx.Request:
    """The request as it is sent. Through a client, that client's own headers and parameters are below ours."""
    if client is None:
        request = httpx.Request(outgoing.method, outgoing.url)
        fixed = {"Accept-Encoding": "gzip, deflate", "Connection": "keep-alive"}
        request.headers = RequestHeaders({"Host": request.headers["host"], **fixed, **outgoing.headers})
        return request
    request = client.build_request(outgoing.method, outgoing.url, headers=outgoing.headers)
    request.headers = RequestHeaders(request.headers)
    if not any(name.lower() == "cookie" for name in outgoing.headers):
        request.headers.pop("cookie", None)
    request.extensions["timeout"] = deadline.steps()
    return request


def forget_cookies(response: httpx.Response, client: HttpClient, before: list[Any]) -> None:
    """Leave the caller's client without the cookies that this answer set."""
    if "set-cookie" not in response.headers:
        return
    fresh = httpx.Cookies()
    fresh.extract_cookies(response)
    kept = {(cookie.domain, cookie.path, cookie.name): cookie for cookie in before}
    for cookie in fresh.jar:
        key = (cookie.domain, cookie.path, cookie.name)
        if key in kept:
            client.cookies.jar.set_cookie(kept[key])
        else:
            client.cookies.delete(cookie.name, cookie.domain, cookie.path)
