"""Slow answers, dropped connections and stalls, as plain httpx and both kinds of this client see them."""

import threading
import time

import httpx
import pytest
from cases import each
from trust import TLS

import anthropic_models
from anthropic_models.testing import serve

GOOD = {"x-api-key": "made-up", "anthropic-version": "2023-06-01"}


@pytest.fixture
def server(anthropic_server):
    """What `api` talks to here."""
    anthropic_server.add_model(id="m")
    return anthropic_server


@pytest.fixture
def get(server):
    """One request by plain httpx."""
    with httpx.Client(base_url=server.url, headers=GOOD, verify=TLS, timeout=30) as client:
        yield lambda: client.get("/v1/models/m")


@each(
    ("after", "status", "message"),
    [
        ("request", 0, "Server disconnected without sending a response"),
        ("headers", 200, "received 0 bytes, expected 101"),
        ("half_body", 200, "received 50 bytes, expected 101"),
    ],
)
def test_a_connection_is_dropped_where_it_was_planned(server, get, after, status, message):
    """What was sent before is recorded as the answer, and how it ended is in the repr; the next request is answered."""
    server.answer_next(drop_after=after)
    with pytest.raises(httpx.RemoteProtocolError, match=message):
        get()

    request = server.requests[-1]
    assert request.answer.status == status
    assert repr(request) == f"<GET /v1/models/m -> {status} drop_after='{after}'>"
    assert get().status_code == 200


@each("after", ["request", "headers", "half_body"])
def test_a_stall_lasts_until_the_client_gives_up(server, get, connection, after):
    """What was planned is sent at once, and then nothing; the next request is answered."""
    server.answer_next(stall_after=after)
    connection.request("GET", "/v1/models/m", headers=GOOD)
    with connection.sock.makefile("rb") as answer:
        if after != "request":
            head = [*iter(answer.readline, b"\r\n")]
            assert head[0].startswith(b"HTTP/1.1 200")
        if after == "half_body":
            assert len(answer.read(50)) == 50
        connection.sock.settimeout(0.05)
        with pytest.raises(TimeoutError):
            answer.read(1)
    connection.close()

    assert server.requests[-1].answer.stall_after == after
    assert get().status_code == 200


def test_a_delayed_answer_comes_whole_and_not_sooner(server, get):
    """`delay` is in seconds, before the first byte."""
    server.answer_next(delay=0.1)
    start = time.monotonic()

    assert get().json()["id"] == "m"
    assert time.monotonic() - start >= 0.1
    assert server.requests[-1].answer.delay == 0.1


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


@each(
    ("planned", "error"),
    [
        ({"drop_after": "half_body"}, anthropic_models.APIConnectionError),
        ({"drop_after": "request"}, anthropic_models.APIConnectionError),
        ({"stall_after": "headers"}, anthropic_models.APITimeoutError),
        ({"delay": 60}, anthropic_models.APITimeoutError),
    ],
)
def test_both_clients_raise_the_error_and_get_through_when_they_retry(api, server, naps, planned, error):
    """The reason that there are faults: timeouts and retries of a program can be tested."""
    server.requests.clear()
    server.answer_next(**planned, times=99)
    client = api.client(max_retries=0, timeout=0.1)
    while not server.requests:  # a busy machine may give up before anything is sent
        with pytest.raises(error):
            api.retrieve(client)
    server.planned.clear()
    server.answer_next(drop_after="headers")

    assert api.retrieve(client.with_options(timeout=30, max_retries=1)).id == "m"
    assert len(naps) == 1
