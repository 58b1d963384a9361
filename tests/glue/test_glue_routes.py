"""Which way requests go, what an httpx client brings, and what it must not keep."""

from __future__ import annotations

import os
import threading
from typing import Any

import httpx
import pytest
from telling import told
from trust import TLS

from anthropic_models.transport import processes, routes
from anthropic_models.transport.messages import Origin, Request
from anthropic_models.transport.routes import forget_cookies, is_patched, is_plain, reply_of

SENT = Request("GET", Origin("http", "h", 80, "h"), "/", {})


def test_a_tool_in_httpx_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it puts itself: another function, one that wraps it, a double; in that kind of client alone."""
    places: list[tuple[type, str]] = [
        (httpx.Client, "send"),
        (httpx.Client, "_send_single_request"),
        (httpx.HTTPTransport, "handle_request"),
        (httpx.AsyncClient, "send"),
        (httpx.AsyncClient, "_send_single_request"),
        (httpx.AsyncHTTPTransport, "handle_async_request"),
    ]
    found = []
    for owner, name in places:
        doubles: list[Any] = [lambda *_: None, print, staticmethod(getattr(owner, name))]
        for double in doubles:
            with monkeypatch.context() as patch:
                patch.setattr(owner, name, double)
                found.append((is_patched(asynchronous=False), is_patched(asynchronous=True)))

    assert found == [(True, False)] * 9 + [(False, True)] * 9
    assert [is_patched(asynchronous=kind) for kind in (False, True)] == [False, False]


def test_a_tool_in_httpcore_is_seen_whatever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A double that is no function at all, too."""
    import httpcore

    found = []
    for pool, name in (
        (httpcore.ConnectionPool, "handle_request"),
        (httpcore.AsyncConnectionPool, "handle_async_request"),
    ):
        for double in (lambda *_: None, print):
            with monkeypatch.context() as patch:
                patch.setattr(pool, name, double)
                found.append((is_patched(asynchronous=False), is_patched(asynchronous=True)))

    assert found == [(True, False)] * 2 + [(False, True)] * 2


def test_a_client_is_plain_where_its_transport_is_httpxs() -> None:
    """For that address; one of the caller's own, and a client that tells nothing of its transports, are not."""
    own = httpx.MockTransport(lambda _: httpx.Response(200))
    client = httpx.Client(verify=TLS, mounts={"http://h": own})

    assert [is_plain(client, url) for url in ("http://g/", "http://h/")] == [True, False]
    assert [is_plain(httpx.Client(transport=own), "http://g/"), is_plain(object(), "http://g/")] == [False, False]  # type: ignore[arg-type]


def test_what_a_client_brings_has_its_headers_in_small_letters() -> None:
    """Those of a body that is read already do not say that it is encoded."""
    headers = [("A", "content-encoding"), ("Content-Encoding", "identity"), ("B", "2")]
    read = httpx.Response(201, headers=headers, content=b"x", extensions={"e": 1})
    unread = httpx.Response(202, headers=headers, stream=httpx.ByteStream(b"x"))
    replies = [reply_of(SENT, each) for each in (read, unread)]

    assert [(reply.status, reply.header(b"a"), reply.header(b"b")) for reply in replies] == [
        (201, "content-encoding", "2"),
        (202, "content-encoding", "2"),
    ]
    assert [reply.header(b"content-encoding") for reply in replies] == [None, "identity"]
    assert (replies[0].as_httpx.extensions, replies[0].request) == ({"e": 1}, SENT)


def test_a_client_is_left_without_the_cookies_of_an_answer() -> None:
    """Those that it had before are as they were, also where the answer changed them; others are not touched."""
    client = httpx.Client(verify=TLS)
    client.cookies.set("kept", "old", "h.test", "/")
    client.cookies.set("fresh", "other", "g", "/")
    client.cookies.set("fresh", "deeper", "h.test", "/deeper")
    before = list(client.cookies.jar)
    headers = [("Set-Cookie", "kept=new; Path=/"), ("Set-Cookie", "fresh=1; Path=/")]
    response = httpx.Response(200, headers=headers, request=httpx.Request("GET", "http://h.test/"))
    client.cookies.extract_cookies(response)
    assert len(client.cookies.jar) == 4
    forget_cookies(response, client, before)

    assert sorted((each.name, each.value, each.domain, each.path) for each in client.cookies.jar) == [
        ("fresh", "deeper", "h.test", "/deeper"),
        ("fresh", "other", "g", "/"),
        ("kept", "old", "h.test", "/"),
    ]
    client.cookies.clear()
    forget_cookies(httpx.Response(200, request=response.request), client, before)
    assert list(client.cookies.jar) == []


def test_what_another_process_used_first_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what to do is told; in the first process it can be used again and again."""
    first = processes.FirstProcess()
    assert [told(first.check), told(first.check)] == [None, None]
    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert told(first.check) == (
        "ForkedError: the http_client was used before this process was forked: both would read from the same "
        "connections. Make a new one here"
    )


def test_a_lock_is_held_in_one_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """By one thread at a time, which may take it twice; another process finds it open."""
    lock = processes.ProcessLock()
    entered: list[str] = []

    def enter(name: str) -> None:
        with lock:
            entered.append(name)

    with lock, lock:
        waiting = threading.Thread(target=enter, args=("other thread",))
        waiting.start()
        with monkeypatch.context() as patch:
            patch.setattr(os, "getpid", lambda: -1)
            elsewhere = threading.Thread(target=enter, args=("other process",))
            elsewhere.start()
            elsewhere.join(10)
        entered.append("this thread")
    waiting.join(10)

    assert sorted(entered) == ["other process", "other thread", "this thread"]
    assert routes.is_patched(asynchronous=False) is False
