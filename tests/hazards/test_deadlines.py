"""Calls end: `timeout` limits the whole attempt, or each step with a caller's client of httpx or httpx2."""

import asyncio
import itertools
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx
import pytest
from cases import outcome
from kinds import KINDS, OURS, Kind
from recording import Answer, Hold

from anthropic_models import APITimeoutError

TIMEOUT = 0.3
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
CHUNKED = HEAD + b"transfer-encoding: chunked\r\n\r\n"


def drip(start, again=b"x"):
    """Send some bytes, then a few more again and again without end."""
    return lambda peer: (peer.send(start), peer.drip(itertools.repeat(again), 0.04))[0]


def silent_after(start):
    """Send some bytes and then nothing more."""
    return lambda peer: (peer.send(start), peer.hold())[0]


def late(peer):
    """Begin a body, go on shortly before the timeout, and then stall."""
    peer.send(HEAD + b"content-length: 900\r\n\r\n{")
    peer.drip([b" "], TIMEOUT * 0.8)
    peer.hold()


def redirects(peer):
    """Redirect again and again, to longer and longer paths."""
    peer.drip([Answer(307, "", {"location": f"{peer.request.target}-again"}).encoded()], TIMEOUT / 3)


SILENT = {
    "nothing": Hold,
    "half a head": silent_after(HEAD),
    "half a body": silent_after(HEAD + b"content-length: 90\r\n\r\n{"),
    "half a chunk": silent_after(CHUNKED + b"5\r\n{"),
    "an interim response": silent_after(b"HTTP/1.1 103 Early\r\n\r\n"),
}
SLOW = {
    **SILENT,
    "late": late,
    "drip of the status line": drip(b"HTTP/1.1 200 ", b"O"),
    "drip of a header": drip(HEAD + b"x: ", b"y"),
    "drip of headers": drip(HEAD, b"x: y\r\n"),
    "drip of 103": drip(b"", b"HTTP/1.1 103 Early\r\nlink: x\r\n\r\n"),
    "flood of 103": drip(b"", b"HTTP/1.1 103 Early\r\n\r\n" * 500),
    "drip of the body": drip(HEAD + b"content-length: 999999\r\n\r\n"),
    "drip of chunks": drip(CHUNKED, b"1\r\n \r\n"),
    "drip of a chunk's extension": drip(CHUNKED + b"1;a="),
    "drip to the end of the connection": drip(HEAD + b"\r\n"),
    "drip of trailers": drip(CHUNKED + b"0\r\n", b"x: y\r\n"),
    "drip of a compressed body": drip(HEAD + b"content-encoding: deflate\r\n\r\n\x78\x9c", b"\x00\x00\x00\xff\xff"),
    "drip of an error": drip(b"HTTP/1.1 500 No\r\ncontent-length: 999999\r\n\r\n"),
    "redirects": redirects,
}


def streaming(api, client):
    """Retrieve with a streaming response, and read its body."""
    with api.streamed(client) as response:
        api.run(response.read())


def attempt(kind, url, call=Kind.retrieve, **settings):
    """Whether a call of one kind of client ends in time, and the type of its error."""
    api = Kind(kind, url)
    client = api.client(**{"timeout": TIMEOUT, **settings})
    began = time.monotonic()
    error = outcome(call, api, client)
    took = time.monotonic() - began
    if api.is_async and api.is_given:  # background tasks of httpx end by their own timeouts
        api.run(asyncio.sleep(TIMEOUT + 0.1))
    api.close()
    return took < TIMEOUT + 0.5, type(error)


def check(cases):
    """Check that all end in time: first concurrently, then slow ones again alone, as the machine may be busy."""
    with ThreadPoolExecutor(len(cases)) as threads:
        running = {name: threads.submit(case) for name, case in cases.items()}
    results = {name: each.result() for name, each in running.items()}
    for _ in range(5):
        results |= {name: cases[name]() for name in cases if not results[name][0]}

    assert results == dict.fromkeys(cases, (True, APITimeoutError))


@pytest.mark.parametrize("call", [Kind.retrieve, streaming])
def test_an_attempt_ends_within_its_timeout(serve, call):
    """It raises APITimeoutError half a second later at most; other HTTP clients do so only if the server is silent."""
    servers = {name: serve(script).url for name, script in SLOW.items()}
    check(
        {
            f"{name}, {kind}": partial(attempt, kind, servers[name], call)
            for name in SLOW
            for kind in (KINDS if name in SILENT else OURS[:2])
            if call is not streaming or name != "drip of an error"
        }
    )


def test_a_stalled_connect_or_handshake_ends(server, full):
    """The shorter of the total and the connect timeout applies, to a silent TLS server or proxy too."""
    queue, proxy = full(), {"proxy": server.url.replace("http", "socks5")}
    silent, short = server.url.replace("http", "https"), httpx.Timeout(60, connect=TIMEOUT)
    check(
        {f"connect, {kind}": partial(attempt, kind, queue) for kind in KINDS}
        | {f"connect in less than the whole, {kind}": partial(attempt, kind, queue, timeout=short) for kind in KINDS}
        # clients of httpx leave the socket to the garbage collector
        | {f"handshake, {kind}": partial(attempt, kind, silent) for kind in OURS}
        | {f"SOCKS, {kind}": partial(attempt, kind, server.url, http={**proxy}) for kind in OURS}
    )


def test_a_connect_timeout_does_not_limit_other_steps(api, server):
    """Without a read timeout, a response may take longer than the connect timeout."""

    def late(peer):
        time.sleep(0.3)
        peer.send(Answer())

    server.fallback = late

    assert api.retrieve(api.client(timeout=httpx.Timeout(None, connect=0.2))).type == "model"


def test_a_stalled_name_lookup_ends(monkeypatch):
    """An asynchronous call ends in time although the lookup of the host's name hangs."""
    over = threading.Event()

    def look_up(*_, flags=0, **__):
        if not flags & socket.AI_NUMERICHOST:
            over.wait(20)
        raise socket.gaierror("unknown")

    def call(api, client):
        over.clear()
        try:
            return api.retrieve(client)
        finally:
            over.set()  # the event loop waits for its threads when it is closed

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    check({"async": partial(attempt, "async", "http://slow.example", call)})


def test_a_deadline_in_any_step_leaves_no_socket_open(our_api, server):
    """A socket that only the garbage collector closes is a warning, and so an error here."""
    client = our_api.client(base_url=server.url.replace("http", "https"))
    errors = {type(our_api.error(client, timeout=number * 5e-5)) for number in range(1, 40)}

    assert errors == {APITimeoutError}


def test_a_tiny_timeout_is_a_timeout(any_api):
    """A timeout that is over before anything is sent raises the same error."""
    client = any_api.client()
    errors = [any_api.error(client, timeout=timeout) for timeout in (1e-9, 1e-5, httpx.Timeout(1e-9))]

    assert [type(error) for error in errors] == [APITimeoutError] * 3


def test_a_blocking_body_is_a_timeout_too(any_api):
    """An attempt whose body blocks the event loop until after the deadline raises the same error."""

    reached = []

    class Late(any_api.library.SyncByteStream, any_api.library.AsyncByteStream):
        def __iter__(self):
            reached.append(self)
            time.sleep(0.25)
            yield b"{}"

        async def __aiter__(self):
            for piece in self:
                yield piece

    transport = any_api.library.MockTransport(lambda _: any_api.library.Response(200, stream=Late()))
    error = any_api.error(any_api.client(http={"transport": transport}), timeout=0.2)

    assert (type(error), len(reached)) == (APITimeoutError, 1)
