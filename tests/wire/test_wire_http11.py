"""HTTP/1.1 as our own connections speak it."""

from __future__ import annotations

import httpx
import pytest

from anthropic_models.transport.http11 import Exchange
from anthropic_models.transport.messages import Origin, Request


def request(target: str = "/", **headers: str) -> Request:
    """A request with this target and these headers."""
    return Request("GET", Origin("http", "models.test", 80, "models.test"), target, {"host": "models.test", **headers})


def test_a_request_is_one_head() -> None:
    """Its first line, its headers as they were given, and no body."""
    sent = Exchange().request(request("/v1/models/m?a=1", accept="x"))

    assert sent == b"GET /v1/models/m?a=1 HTTP/1.1\r\nhost: models.test\r\naccept: x\r\n\r\n"


@pytest.mark.parametrize("bad", [request("/a b"), request(accept="a\r\nb: c"), request(**{"a b": "c"})])
def test_what_cannot_be_written_is_not(bad: Request) -> None:
    """A space in the target, a line break in a value, a space in a name: httpx's error, and not a byte."""
    with pytest.raises(httpx.LocalProtocolError):
        Exchange().request(bad)


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n", b""]
)
def test_what_is_no_answer_is_told(answer: bytes) -> None:
    """A server that changes the protocol unasked, or closes before it answers."""
    exchange = Exchange()
    exchange.request(request())
    exchange.receive(answer)

    with pytest.raises(httpx.RemoteProtocolError):
        exchange.head()


def test_an_interim_answer_is_passed_over() -> None:
    """The start of the answer is that of the first that is not interim; its body follows, and the next may come."""
    exchange = Exchange()
    exchange.request(request())
    exchange.receive(b"HTTP/1.1 103 Early Hints\r\n\r\n")
    assert exchange.head() is None
    exchange.receive(b"HTTP/1.1 404 None\r\nContent-Length: 2\r\nA: b\r\n\r\nx")
    head = exchange.head()

    assert head is not None
    assert (head.status, head.headers, head.reason) == (404, [(b"content-length", b"2"), (b"a", b"b")], b"None")
    assert [exchange.chunk(), exchange.chunk()] == [b"x", None]
    exchange.receive(b"y")
    assert [exchange.chunk(), exchange.chunk(), exchange.is_reusable()] == [b"y", b"", True]
