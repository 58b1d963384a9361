"""When a call is tried again, how often, and what the server sees of it."""

import socket

import pytest
from cases import each
from recording import Answer, Drop, Hold

from anthropic_models import APIConnectionError, APIStatusError, APITimeoutError, Omit

pytestmark = pytest.mark.usefixtures("naps")


@each(
    ("answer", "settings", "error"),
    [
        (Drop, {}, APIConnectionError),
        (b"HTTP/1.1 nonsense\r\n\r\n", {}, APIConnectionError),
        (Hold, {"timeout": 0.01}, APITimeoutError),
    ],
)
def test_no_answer_is_tried_again(api, server, naps, answer, settings, error):
    """A connection that ends, an answer that is no HTTP and a timeout are tried again."""
    server.fallback = answer
    with pytest.raises(error):
        api.retrieve(api.client(**settings))

    assert len(naps) == 2


def test_a_refused_connection_is_tried_again(api, naps):
    """An address where nobody listens is tried again, and then an `APIConnectionError` that says why."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # taken, but not listening
        with pytest.raises(APIConnectionError, match="Connection error: "):
            api.retrieve(api.client(base_url=f"http://127.0.0.1:{deaf.getsockname()[1]}", max_retries=4))

    assert len(naps) == 4


@each("max_retries", [0, 1, 2, 5])
@each("failure", [Answer(500, "{}"), Drop])
def test_retries_are_exact_and_counted(api, server, max_retries, failure):
    """Attempts are one more than `max_retries`; each `x-stainless-retry-count` and `retries_taken` count from 0."""
    server.plan(*[failure] * max_retries, Answer(), *[failure] * (max_retries + 1))
    client = api.client(max_retries=max_retries)
    counts = [str(attempt) for attempt in range(max_retries + 1)]

    assert api.run(client.models.with_raw_response.retrieve("m")).retries_taken == max_retries
    with pytest.raises((APIStatusError, APIConnectionError)):
        api.retrieve(client)
    assert [request.header("x-stainless-retry-count") for request in server.requests] == counts * 2


@each("layer", ["default_headers", "extra_headers"])
@each(("value", "sent"), [("42", "42"), ("many", "many"), (Omit(), None)])
def test_the_callers_own_retry_count_stands(api, server, layer, value, sent):
    """A caller's own `x-stainless-retry-count`, or `Omit()` for it, holds for every attempt."""
    server.plan(Answer(500, "{}"))
    headers = {layer: {"X-Stainless-Retry-Count": value}}
    client = api.client(default_headers=headers.get("default_headers"))
    api.retrieve(client, extra_headers=headers.get("extra_headers"))

    assert [request.header("x-stainless-retry-count") for request in server.requests] == [sent, sent]


def test_every_attempt_sends_the_same_request(api, server):
    """But for its count. A failed answer is finished before the next attempt, so that all need one connection."""
    server.plan(Answer(529, "{}"), Answer(503, "x" * 5000))
    api.retrieve(betas=["a"], extra_query={"b": 1}, extra_headers={"X-Foo": "bar"})
    first, *others = [
        (each.target, each.connection, [pair for pair in each.headers if pair[0] != "x-stainless-retry-count"])
        for each in server.requests
    ]

    assert others == [first, first]


def test_a_failed_response_of_an_http_client_is_closed_before_the_next_attempt(api, server):
    """Through the caller's `http_client`, a failed response is closed before the next attempt begins."""
    responses, earlier = [], []

    def note(response) -> None:
        earlier.append([each.is_closed for each in responses])
        responses.append(response)

    server.plan(Answer(500, "{}"), Answer(500, "{}"))
    api.retrieve(api.client(http_client=api.http_class(event_hooks={"response": [api.hook(note)]})))

    assert earlier == [[], [True], [True, True]]
