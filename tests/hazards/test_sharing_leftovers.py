"""Bytes left over on a connection never become the next call's answer."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any

import httpcore
import pytest
from hostile import MODEL, answer
from outcomes import outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from hostile import Peer

ASKED = ["m0", "m1", "m2", "m3"]
EVIL = answer({**MODEL, "id": "evil"})


def good(peer: Peer) -> bytes:
    """An answer that says who asked."""
    return answer({**MODEL, "id": peer.request.target.rpartition("/")[2]})


def together(peer: Peer) -> None:
    """Two answers in one piece."""
    peer.send(good(peer) + EVIL)


def two_records(peer: Peer) -> None:
    """Two answers in one segment, but over TLS in a record each."""
    peer.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    peer.send(good(peer))
    peer.send(EVIL)
    peer.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)


class Apart:
    """A moment later, while the connection waits: more bytes, or its end."""

    def __init__(self, rest: bytes) -> None:
        self._rest, self._returned, self._done = rest, threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, peer: Peer) -> None:
        peer.send(good(peer))
        self._returned.acquire(timeout=10)
        peer.send(self._rest) if self._rest else peer.socket.close()
        self._done.release()

    def go_on(self) -> None:
        """The call is over: the rest may come, and has come after this."""
        self._returned.release()
        self._done.acquire(timeout=10)


def garbage(peer: Peer) -> None:
    """A few bytes more than were announced."""
    peer.send(good(peer) + b"\r\n")


def too_long(peer: Peer) -> None:
    """A body that is longer than its length says."""
    whole = good(peer)
    peer.send(whole.replace(b"content-length: ", b"x: ").replace(b"\r\n\r\n", b"\r\ncontent-length: 5\r\n\r\n") + EVIL)


def with_204(peer: Peer) -> None:
    """A body after a status that has none."""
    peer.send(b"HTTP/1.1 204 No\r\n\r\n" + EVIL)


def half(peer: Peer) -> None:
    """The start of another answer."""
    peer.send(good(peer) + EVIL[:30])


def in_turn(api: Any, client: Any, go_on: Callable[[], None], moment: str) -> list[str]:
    """The model that each of four calls gives, or its error; the rest of the connection's bytes comes in between."""

    def name(result: Any) -> str:
        return getattr(result, "id", type(result).__name__)

    async def in_one_task() -> list[str]:
        found = []
        for each in ASKED:
            [result] = await asyncio.gather(client.models.retrieve(each), return_exceptions=True)
            found.append(name(result))
            go_on()  # the event loop stands still
        return found

    if moment == "in one task":
        return api.run(in_one_task())
    found = []
    for each in ASKED:
        found.append(name(outcome(api.retrieve, client, each)))
        go_on()
        if moment == "noticed":
            api.run(asyncio.sleep(0.001))
    return found


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_a_connection_on_which_something_happened_is_not_used_again(
    api: Any, serve: Any, tls: Any, secure: bool
) -> None:
    """Each call gets its own answer, without a retry, or an error; whether or not an event loop ran in between."""
    scripts = {
        "together": together,
        "two records": two_records,
        "garbage": garbage,
        "half": half,
        "too long": too_long,
        "with 204": with_204,
        "apart": Apart(EVIL),
        "closed": Apart(b""),
        "closed with a word": Apart(b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n"),
    }
    moments = ["noticed", "between runs", "in one task"] if api.is_async else ["sync"]
    got = {}
    for case, script in scripts.items():
        for moment in moments:
            server = serve(script, context=tls if secure else None)
            found = in_turn(api, api.client(server.url), getattr(script, "go_on", lambda: None), moment)
            got[case, moment] = (found, server.connections)

    refused = {"too long": (["APIResponseValidationError"] * 4, 4), "with 204": (["APIResponseValidationError"] * 4, 4)}
    assert got == {(case, moment): refused.get(case, (ASKED, 4)) for case in scripts for moment in moments}


@pytest.mark.breaks_contract("a proxy is asked by the whole URL")
def test_a_proxy_that_forwards_leaves_nothing_for_the_next_call(
    api: Any, serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes after an answer on a connection to a proxy are no answer either."""
    proxy = serve(together)
    monkeypatch.setenv("HTTP_PROXY", proxy.url)

    found = in_turn(api, api.client("http://a.example"), lambda: None, "in one task" if api.is_async else "sync")

    assert (found, proxy.connections) == (ASKED, 4)


def test_a_response_that_fills_one_read_leaves_nothing_either(
    api: Any, serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although what follows it has arrived with it, and is in no buffer that httpcore knows."""
    for kind in (httpcore.HTTP11Connection, httpcore.AsyncHTTP11Connection):
        monkeypatch.setattr(kind, "READ_NUM_BYTES", len(answer({**MODEL, "id": "m0"})))
    server = serve(together)

    found = in_turn(api, api.client(server.url), lambda: None, "in one task" if api.is_async else "sync")

    assert (found, server.connections) == (ASKED, 4)
