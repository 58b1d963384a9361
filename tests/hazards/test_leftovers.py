"""Bytes left over on a connection never become the next call's answer."""

import asyncio
import contextlib
import os
import socket
import ssl
import threading

import httpcore
import pytest
from cases import outcome
from recording import MODEL, Answer

ASKED = ["m0", "m1", "m2"]
EVIL = Answer(body={**MODEL, "id": "evil"}).encoded()


def good(peer):
    """An answer that says who asked."""
    return Answer(body={**MODEL, "id": peer.request.model}).encoded()


def and_more(rest):
    """More bytes in the same piece."""
    return lambda peer: peer.send(good(peer) + rest)


@contextlib.contextmanager
def in_one_piece(peer):
    """What is sent inside goes out at the end, in one segment."""
    socket.socket.setsockopt(peer.socket, socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    yield
    socket.socket.setsockopt(peer.socket, socket.IPPROTO_TCP, socket.TCP_CORK, 0)


def two_records(peer):
    """Two answers in one segment, but over TLS in a record each."""
    with in_one_piece(peer):
        peer.send(good(peer))
        peer.send(EVIL)


def too_long(peer):
    """A body that is longer than its length says."""
    whole = good(peer)
    peer.send(whole.replace(b"content-length: ", b"x: ").replace(b"\r\n\r\n", b"\r\ncontent-length: 5\r\n\r\n") + EVIL)


def no_record(peer):
    """Bytes after the last record of TLS, in the same piece."""
    with in_one_piece(peer):
        peer.send(good(peer))
        os.write(peer.socket.fileno(), b"no record")


def end_of_tls(peer):
    """The end of TLS in the same piece, but not that of the connection; without TLS, the end of what is sent."""
    with in_one_piece(peer):
        peer.send(good(peer))
        peer.socket.settimeout(0.001)  # nobody says goodbye too
        with contextlib.suppress(TimeoutError):
            peer.socket.unwrap() if isinstance(peer.socket, ssl.SSLSocket) else peer.socket.shutdown(socket.SHUT_WR)


class Apart:
    """A moment later, while the connection waits: more bytes, or its end."""

    def __init__(self, rest):
        self._rest, self._returned, self._done = rest, threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, peer):
        peer.send(good(peer))
        self._returned.acquire(timeout=10)
        peer.send(self._rest) if self._rest else peer.socket.close()
        self._done.release()

    def go_on(self):
        """The call is over: the rest may come, and has come after this."""
        self._returned.release()
        self._done.acquire(timeout=10)


def in_turn(api, client, script, is_noticed):
    """What each of three calls gives; the rest of the bytes comes in between, while an event loop may stand still."""
    go_on = getattr(script, "go_on", lambda: None)

    async def in_one_task():
        found = []
        for each in ASKED:
            found += await asyncio.gather(client.models.retrieve(each), return_exceptions=True)
            go_on()
            if is_noticed:
                await asyncio.sleep(0.001)
        return found

    def one_by_one():
        for each in ASKED:
            yield outcome(api.retrieve, client, each)
            go_on()

    found = api.run(in_one_task()) if api.is_async else one_by_one()
    return [getattr(result, "id", type(result).__name__) for result in found]


def test_a_connection_on_which_something_happened_is_not_used_again(api, serve, context):
    """Each call gets its own answer, without a retry, or an error; whether or not an event loop ran in between."""
    scripts = {
        "together": and_more(EVIL),
        "garbage": and_more(b"\r\n"),
        "half": and_more(EVIL[:30]),
        "two records": two_records,
        "no record": no_record,
        "end of TLS": end_of_tls,
        "too long": too_long,
        "with 204": lambda peer: peer.send(b"HTTP/1.1 204 No\r\n\r\n" + EVIL),
        "apart": Apart(EVIL),
        "closed": Apart(b""),
        "closed with a word": Apart(b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n"),
    }
    got, wanted = {}, {}
    for case, script in scripts.items():
        for is_noticed in (False, True) if api.is_async else (False,):
            server = serve(script, context=context)
            found = in_turn(api, api.client(base_url=server.url), script, is_noticed)
            got[case, is_noticed] = found, server.connections
            is_refused = case in ("too long", "with 204")
            wanted[case, is_noticed] = ["APIResponseValidationError"] * 3 if is_refused else ASKED, 3

    assert got == wanted


PROXY = pytest.param("http://a.example", marks=pytest.mark.breaks_contract("a proxy is asked by the whole URL"))


@pytest.mark.parametrize("url", [PROXY, ""])
def test_a_proxy_or_a_response_that_fills_one_read_leaves_nothing_either(api, server, monkeypatch, url):
    """Although what follows it may have arrived with it, and be in no buffer that httpcore knows."""
    server.fallback = and_more(EVIL)
    if url:
        monkeypatch.setenv("HTTP_PROXY", server.url)
    else:
        for kind in (httpcore.HTTP11Connection, httpcore.AsyncHTTP11Connection):
            monkeypatch.setattr(kind, "READ_NUM_BYTES", len(Answer(body={**MODEL, "id": "m0"}).encoded()))
    client = api.client(base_url=url or server.url)

    assert in_turn(api, client, None, False) == ASKED
    assert server.connections == 3
