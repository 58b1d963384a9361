"""Slow answers, dropped connections and stalls, as plain httpx and a bare connection see them."""

import threading
import time

import httpx
import pytest
from cases import each
from trust import TLS

from anthropic_models.testing import serve

GOOD = {"x-api-key": "made-up", "anthropic-version": "2023-06-01"}


@pytest.fixture
def get(anthropic_server):
    """One request by plain httpx."""
    with httpx.Client(base_url=anthropic_server.url, headers=GOOD, verify=TLS, timeout=30) as client:
        yield lambda: client.get("/v1/models/claude-example-1")


@each(
    ("after", "status", "message"),
    [
        ("request", 0, "Server disconnected without sending a response"),
        ("headers", 200, "received 0 bytes, expected 117"),
        ("half_body", 200, "received 58 bytes, expected 117"),
    ],
)
def test_a_connection_is_dropped_where_it_was_planned(anthropic_server, get, after, status, message):
    """What was sent before is recorded as the answer, and how it ended is in the repr; the next request is answered."""
    anthropic_server.answer_next(drop_after=after)
    with pytest.raises(httpx.RemoteProtocolError, match=message):
        get()

    request = anthropic_server.requests[-1]
    assert request.answer.status == status
    assert repr(request) == f"<GET /v1/models/claude-example-1 -> {status} drop_after='{after}'>"
    assert get().status_code == 200


@each("after", ["request", "headers", "half_body"])
def test_a_stall_lasts_until_the_client_gives_up(anthropic_server, get, connection, after):
    """What was planned is sent at once, and then nothing; the next request is answered."""
    anthropic_server.answer_next(stall_after=after)
    connection.request("GET", "/v1/models/claude-example-1", headers=GOOD)
    with connection.sock.makefile("rb") as answer:
        if after != "request":
            head = [*iter(answer.readline, b"\r\n")]
            assert head[0].startswith(b"HTTP/1.1 200")
        if after == "half_body":
            assert len(answer.read(58)) == 58
        connection.sock.settimeout(0.05)
        with pytest.raises(TimeoutError):
            answer.read(1)
    connection.close()

    assert anthropic_server.requests[-1].answer.stall_after == after
    assert get().status_code == 200


def test_a_delayed_answer_comes_whole_and_not_sooner(anthropic_server, get):
    """`delay` is in seconds, before the first byte."""
    anthropic_server.answer_next(delay=0.1)
    start = time.monotonic()

    assert get().json()["id"] == "claude-example-1"
    assert time.monotonic() - start >= 0.1
    assert anthropic_server.requests[-1].answer.delay == 0.1


@each("planned", [{"delay": 600}, {"stall_after": "request"}, {"stall_after": "half_body"}])
def test_an_answer_that_is_held_holds_nothing_else(planned):
    """Other connections are answered meanwhile; the end of the block waits for nothing, and the threads are gone."""
    before = set(threading.enumerate())
    with serve() as server, httpx.Client(base_url=server.url, headers=GOOD, verify=TLS) as client:
        server.answer_next(**planned, times=99)
        while not server.requests:  # a busy machine may give up before anything is sent
            with pytest.raises(httpx.TimeoutException):
                client.get("/v1/models/claude-example-1", timeout=0.05)
        server.planned.clear()
        assert client.get("/v1/models/claude-example-1", timeout=30).status_code == 200

    assert set(threading.enumerate()) <= before
