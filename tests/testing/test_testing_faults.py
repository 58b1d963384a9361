"""Delayed answers, dropped connections and stalls, as plain httpx and a plain connection see them."""

import threading
import time
from contextlib import nullcontext

import httpx
import pytest
from cases import each
from trust import TLS

from anthropic_models.testing import serve

MODEL = "/v1/models/claude-example-1"
GOOD = {"x-api-key": "made-up", "anthropic-version": "2023-06-01"}


@pytest.fixture
def get(anthropic_server):
    """Sends a valid request with plain httpx."""
    with httpx.Client(base_url=anthropic_server.url, headers=GOOD, verify=TLS, timeout=30) as client:
        yield lambda: client.get(MODEL)


@each("how", ["drop_after", "stall_after"])
@each(("after", "status", "size"), [("request", 0, 0), ("headers", 200, 0), ("half_body", 200, 58)])
def test_an_answer_stops_at_the_planned_place(anthropic_server, get, connection, how, after, status, size):
    """The part before is sent and recorded, then the connection closes or stalls; the next request succeeds."""
    before = len(anthropic_server.requests)
    anthropic_server.answer_next(**{how: after})
    connection.request("GET", MODEL, headers=GOOD)
    with connection.sock.makefile("rb") as response:
        head = [*iter(response.readline, b"\r\n")] if status else []
        assert len(response.read(size)) == size
        while len(anthropic_server.requests) == before:
            time.sleep(0.001)
        connection.sock.settimeout(0.05 if how == "stall_after" else 10)
        with pytest.raises(TimeoutError) if how == "stall_after" else nullcontext():
            assert response.read(1) == b""
    connection.close()

    assert [line[:12] for line in head[:1]] == [b"HTTP/1.1 200"] * bool(status)
    assert repr(anthropic_server.requests[before]) == f"<GET {MODEL} -> {status} {how}='{after}'>"
    assert get().status_code == 200


def test_a_delayed_answer_is_sent_later_and_complete(anthropic_server, get):
    """`delay` is the time in seconds before the first byte."""
    anthropic_server.answer_next(delay=0.1)
    start = time.monotonic()

    assert get().json()["id"] == "claude-example-1"
    assert time.monotonic() - start >= 0.1
    assert anthropic_server.requests[-1].answer.delay == 0.1


@each("planned", [{"delay": 600}, {"stall_after": "request"}, {"stall_after": "half_body"}])
def test_a_delayed_answer_blocks_nothing_else(planned):
    """Other connections are served meanwhile, and the end of the block closes the port and ends the threads at once."""
    before = set(threading.enumerate())
    with httpx.Client(headers=GOOD, verify=TLS) as client, serve() as server:  # it ends while a connection is open
        server.answer_next(**planned, times=99)
        while not server.requests:  # on a busy machine it may time out before anything is sent
            with pytest.raises(httpx.TimeoutException):
                client.get(server.url + MODEL, timeout=0.05)
        server.planned.clear()
        assert client.get(server.url + MODEL, timeout=30).status_code == 200

    assert set(threading.enumerate()) <= before
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url, verify=TLS)
