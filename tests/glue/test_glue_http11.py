"""HTTP/1.1 on a connection: what is refused, in which words, and when another request may follow."""

from __future__ import annotations

from telling import told

from anthropic_models.transport.http11 import Exchange, Head
from anthropic_models.transport.messages import Origin, Request


def request(target: str = "/", **headers: str) -> Request:
    """A request."""
    return Request("GET", Origin("http", "h", 80, "h"), target, {"host": "h", **headers})


def answered(received: bytes) -> Exchange:
    """A connection on which a request was sent, and this came back."""
    exchange = Exchange()
    exchange.request(request())
    exchange.receive(received)
    return exchange


def test_a_request_that_cannot_be_written_is_told():
    """In the words of the library that writes it."""
    assert told(Exchange().request, request("/a b")) == "LocalProtocolError: Illegal target characters"
    assert told(Exchange().request, request(**{"a b": "c"})) == "LocalProtocolError: Illegal header name b'a b'"


def test_what_is_no_answer_is_told_in_words():
    """Another protocol, an early end, no HTTP at all, or a body where a start should be."""
    told_of = {
        received: told(answered(received).head)
        for received in (b"HTTP/1.1 101 S\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n", b"", b"no\r\n\r\n")
    }

    assert list(told_of.values()) == [
        "RemoteProtocolError: Received server _SWITCH_UPGRADE event without a pending proposal",
        "RemoteProtocolError: can't handle event type ConnectionClosed when role=SERVER and state=SEND_RESPONSE",
        "RemoteProtocolError: illegal status line: bytearray(b'no')",
    ]
    exchange = answered(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nab")
    exchange.head()
    assert told(exchange.head) == "RemoteProtocolError: the server did not answer with a response"


def test_a_head_of_sixty_four_kibibytes_is_the_most():
    """As long as it has not come whole."""
    start = b"HTTP/1.1 200 OK\r\na: "

    assert told(answered(start + b"x" * 60_000).head) is None
    assert told(answered(start + b"x" * (65_536 - len(start))).head) is None
    assert str(told(answered(start + b"x" * (65_537 - len(start))).head)).startswith(
        "RemoteProtocolError: Receive buffer"
    )


def test_interim_answers_are_passed_over_but_for_another_protocol():
    """However many; the bytes of the answer may come one by one."""
    whole = b"HTTP/1.1 100 C\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.0 201 Made\r\nA: b\r\n\r\n"
    exchange = answered(b"")
    exchange = answered(whole[:1])
    heads = []
    for position in range(1, len(whole)):
        heads.append(exchange.head())
        exchange.receive(whole[position : position + 1])

    assert heads == [None] * (len(whole) - 1)
    assert exchange.head() == Head(201, [(b"a", b"b")], b"Made", b"1.0")


def test_another_request_may_follow_where_all_is_read():
    """Not before the answer has come, nor amid its body, nor with bytes left over, nor where either side will close."""
    whole = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nab"

    def reusable(received: bytes, chunks: int) -> list[bool]:
        exchange = answered(received)
        found = [exchange.is_reusable()]
        exchange.head()
        for _ in range(chunks):
            found.append(exchange.is_reusable())
            exchange.chunk()
        return [*found, exchange.is_reusable()]

    assert Exchange().is_reusable() is False
    assert reusable(whole, 2) == [False, False, False, True]
    assert reusable(whole + b"x", 2) == [False] * 4
    assert reusable(whole.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"), 2) == [False] * 4
    again = answered(whole)
    again.head()
    assert [again.chunk(), again.chunk(), again.is_reusable()] == [b"ab", b"", True]
    assert again.request(request("/b")).startswith(b"GET /b HTTP/1.1\r\n")
    assert again.is_reusable() is False
