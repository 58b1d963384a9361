"""Bytes left over on a connection never become the next call's answer."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from hostile import MODEL, answer
from outcomes import outcome

if TYPE_CHECKING:
    from hostile import Peer

ASKED = ["m0", "m1", "m2", "m3"]
EVIL = answer({**MODEL, "id": "evil"})


def good(peer: Peer) -> bytes:
    """An answer that says who asked."""
    return answer({**MODEL, "id": peer.request.target.rpartition("/")[2]})


def together(peer: Peer) -> None:
    """Two answers in one piece."""
    peer.send(good(peer) + EVIL)


class Apart:
    """The second one a moment later, while the connection waits."""

    def __init__(self) -> None:
        self._returned, self._sent = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, peer: Peer) -> None:
        peer.send(good(peer))
        self._returned.acquire(timeout=10)
        peer.send(EVIL)
        self._sent.release()

    def send_the_rest(self) -> None:
        """The call is over: the rest may come, and has come after this."""
        self._returned.release()
        self._sent.acquire(timeout=10)


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


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_leftover_bytes_are_never_an_answer(api: Any, serve: Any, tls: Any, secure: bool) -> None:
    """The connection is not used again: each call gets its own answer or an error, and never the other one."""
    apart = Apart()
    scripts = {
        "together": together,
        "apart": apart,
        "garbage": garbage,
        "half": half,
        "too long": too_long,
        "with 204": with_204,
    }
    got = {}
    for case, script in scripts.items():
        server = serve(script, context=tls if secure else None)
        client = api.client(server.url)
        found = []
        for name in ASKED:
            result = outcome(api.retrieve, client, name)
            found.append(getattr(result, "id", type(result).__name__))
            if script is apart:
                apart.send_the_rest()
            api.run(settle() if api.is_async else None)
        got[case] = (found, server.connections)

    refused = dict.fromkeys(["too long", "with 204"], (["APIResponseValidationError"] * 4, 4))
    assert got == {**dict.fromkeys(scripts, (ASKED, 4)), **refused}


def test_a_server_that_closes_while_a_connection_waits_is_not_asked_there(api: Any, serve: Any) -> None:
    """The next call opens a connection of its own, without a retry."""
    closed = threading.Semaphore(0)

    def once(peer: Peer) -> None:
        peer.send(good(peer))
        peer.socket.close()
        closed.release()

    server = serve(once)
    client = api.client(server.url)
    got = []
    for number in range(3):
        got.append(api.retrieve(client, f"m{number}").id)
        closed.acquire(timeout=10)
        api.run(settle() if api.is_async else None)

    assert got == ["m0", "m1", "m2"]
    assert len(server.requests) == 3


async def settle() -> None:
    """Lets an event loop take notice of what came meanwhile."""
    import asyncio

    await asyncio.sleep(0)
    await asyncio.sleep(0)
