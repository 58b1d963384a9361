"""Bytes left over on a connection never become the response of the next call."""

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
    """A response whose model has the requested id."""
    return Answer(body={**MODEL, "id": peer.request.model}).encoded()


def response_and(rest):
    """Send a response and more bytes at once."""
    return lambda peer: peer.send(good(peer) + rest)


@contextlib.contextmanager
def in_one_piece(peer):
    """Send everything in the block as one TCP segment, at its end."""
    socket.socket.setsockopt(peer.socket, socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    yield
    socket.socket.setsockopt(peer.socket, socket.IPPROTO_TCP, socket.TCP_CORK, 0)


def two_records(peer):
    """Send two responses in one segment; with TLS each is its own record."""
    with in_one_piece(peer):
        peer.send(good(peer))
        peer.send(EVIL)


def too_long(peer):
    """Send a body that is longer than its content-length."""
    whole = good(peer)
    peer.send(whole.replace(b"content-length: ", b"x: ").replace(b"\r\n\r\n", b"\r\ncontent-length: 5\r\n\r\n") + EVIL)


def not_a_record(peer):
    """Send bytes after the last TLS record, in the same segment."""
    with in_one_piece(peer):
        peer.send(good(peer))
        os.write(peer.socket.fileno(), b"no record")


def end_of_tls(peer):
    """End TLS, but not the connection, in the same segment; without TLS, end the stream of bytes."""
    with in_one_piece(peer):
        peer.send(good(peer))
        peer.socket.settimeout(0.001)  # the client does not reply to it
        with contextlib.suppress(TimeoutError):
            peer.socket.unwrap() if isinstance(peer.socket, ssl.SSLSocket) else peer.socket.shutdown(socket.SHUT_WR)


class Later:
    """Sends more bytes, or closes, a moment later, while the connection is idle."""

    def __init__(self, rest):
        self._rest, self._returned, self._done = rest, threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, peer):
        peer.send(good(peer))
        self._returned.acquire(timeout=10)
        peer.send(self._rest) if self._rest else peer.socket.close()
        self._done.release()

    def go_on(self):
        """Let the rest be sent, and wait until it has been."""
        self._returned.release()
        self._done.acquire(timeout=10)


def in_turn(api, client, script, is_noticed):
    """The results of three calls, between which the rest of the bytes arrives; `is_noticed` lets the event loop run."""
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


def test_a_connection_with_unexpected_bytes_is_not_reused(api, serve, context):
    """Each call gets its own response without a retry, or an error, even if no event loop ran in between."""
    scripts = {
        "together": response_and(EVIL),
        "garbage": response_and(b"\r\n"),
        "half": response_and(EVIL[:30]),
        "two records": two_records,
        "not a TLS record": not_a_record,
        "end of TLS": end_of_tls,
        "too long": too_long,
        "with 204": lambda peer: peer.send(b"HTTP/1.1 204 No\r\n\r\n" + EVIL),
        "apart": Later(EVIL),
        "closed": Later(b""),
        "closed with a response": Later(b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n"),
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


PROXY = pytest.param("http://a.example", marks=pytest.mark.breaks_contract("a proxy gets the absolute URL"))


@pytest.mark.parametrize("url", [PROXY, ""])
def test_nothing_is_left_over_from_a_proxy_or_after_a_full_read(api, server, monkeypatch, url):
    """A connection is not reused if a response fills exactly one read, and the rest may have arrived unread."""
    server.fallback = response_and(EVIL)
    if url:
        monkeypatch.setenv("HTTP_PROXY", server.url)
    else:
        for kind in (httpcore.HTTP11Connection, httpcore.AsyncHTTP11Connection):
            monkeypatch.setattr(kind, "READ_NUM_BYTES", len(Answer(body={**MODEL, "id": "m0"}).encoded()))
    client = api.client(base_url=url or server.url)

    assert in_turn(api, client, None, False) == ASKED
    assert server.connections == 3
