"""Which way requests go: on our own connections, or through an httpx client."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import httpx

from .environment import proxy_for, tls_context
from .messages import Reply

if TYPE_CHECKING:
    from .messages import Origin, Request

HttpClient = httpx.Client | httpx.AsyncClient

_HTTPX = str(Path(httpx.URL.__init__.__code__.co_filename).parent)
_SYNC = ((httpx.Client, "send"), (httpx.Client, "_send_single_request"), (httpx.HTTPTransport, "handle_request"))
_ASYNC = (
    (httpx.AsyncClient, "send"),
    (httpx.AsyncClient, "_send_single_request"),
    (httpx.AsyncHTTPTransport, "handle_async_request"),
)


def is_patched(*, asynchronous: bool) -> bool:
    """Whether a tool has put itself into httpx: respx, pytest-httpx, vcrpy, a tracer. It should see our calls too."""
    for owner, name in _ASYNC if asynchronous else _SYNC:
        function = owner.__dict__.get(name)
        if function is not None and not (
            type(function) is FunctionType and function.__code__.co_filename.startswith(_HTTPX)
        ):
            return True
    httpcore = sys.modules.get("httpcore")  # where it was never imported, nobody has patched it
    if httpcore is None:
        return False
    pool, name = (
        ("AsyncConnectionPool", "handle_async_request") if asynchronous else ("ConnectionPool", "handle_request")
    )
    function = getattr(getattr(httpcore, pool), name)
    return not (type(function) is FunctionType and function.__module__.startswith("httpcore."))


def is_plain(client: httpx.Client, url: str) -> bool:
    """Whether a client sends to this URL by httpx's own transport, and not by one that somebody wrapped around it."""
    choose = getattr(client, "_transport_for_url", None)
    return choose is not None and type(choose(httpx.URL(url))) is httpx.HTTPTransport


def client_arguments(origin: Origin) -> dict[str, Any]:
    """What an httpx client of ours is made with, for the way to this origin."""
    proxy = proxy_for(httpx.URL(f"{origin.scheme}://{origin.netloc}"))
    return {"proxy": proxy, "verify": tls_context(), "trust_env": False, "timeout": None}


def reply_of(request: Request, response: httpx.Response) -> Reply:
    """What an httpx client brought, unread."""
    headers = [(name.lower(), value) for name, value in response.headers.raw]
    if response.is_stream_consumed:  # a hook has read it, or it never was a stream: httpx has decoded it
        headers = [each for each in headers if each[0] != b"content-encoding"]
    return Reply(request, response.status_code, headers, response.extensions)


def forget_cookies(response: httpx.Response, client: HttpClient, before: list[Any]) -> None:
    """Leave a client without the cookies that this answer set."""
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
