"""Slow answers, dropped connections and stalls, as plain httpx and both kinds of this client see them."""

import json
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
    """One request by plain httpx, with its timeout in seconds."""
    with httpx.Client(base_url=server.url, headers=GOOD, verify=TLS) as client:
        yield lambda timeout=10: client.get("/v1/models/m", timeout=timeout)


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


@each(("after", "seen"), [("request", []), ("headers", [200]), ("half_body", [200, 50])])
def test_a_stall_lasts_until_the_client_gives_up(server, get, after, seen):
    """What was planned is sent at once, and then nothing: the client sees a timeout and no other error."""
    server.answer_next(stall_after=after)
    came = []
    with (
        pytest.raises(httpx.ReadTimeout),
        httpx.stream("GET", f"{server.url}/v1/models/m", headers=GOOD, verify=TLS, timeout=0.2) as response,
    ):
        came.append(response.status_code)
        came.extend(map(len, response.iter_raw()))

    assert came == seen
    assert server.requests[-1].answer.stall_after == after
    assert get().status_code == 200


def test_a_delayed_answer_comes_whole_and_not_sooner(server, get):
    """`delay` is in seconds, before the first byte."""
    server.answer_next(delay=0.1)
    start = time.monotonic()

    assert json.loads(get().content)["id"] == "m"
    assert time.monotonic() - start >= 0.1
    assert server.requests[-1].answer.delay == 0.1


def test_a_delay_holds_no_other_request(server, get, connection):
    """Requests on other connections are answered meanwhile."""
    server.answer_next(delay=600)
    connection.request("GET", "/v1/models/m", headers=GOOD)
    while not server.requests:
        time.sleep(0.001)

    assert get().status_code == 200
    assert [request.answer.delay for request in server.requests] == [600, 0]


@each("planned", [{"delay": 600}, {"stall_after": "request"}, {"stall_after": "half_body"}])
def test_a_server_that_holds_an_answer_stops_at_once(planned):
    """The end of the block waits neither for a delay nor for a client; the threads are gone."""
    before = set(threading.enumerate())
    with serve() as server, httpx.Client(base_url=server.url, headers=GOOD, verify=TLS) as client:
        server.answer_next(**planned)
        with pytest.raises(httpx.ReadTimeout):
            client.get("/v1/models/claude-example-1", timeout=0.05)

    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
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
    server.answer_next(**planned, times=2)

    with pytest.raises(error):
        api.retrieve(api.client(max_retries=0, timeout=0.2))
    assert api.retrieve(api.client(max_retries=1, timeout=0.5)).id == "m"
    assert len(server.requests) == 3
