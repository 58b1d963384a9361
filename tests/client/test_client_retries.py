"""When a call is tried again, how often, and what the server sees of it."""

import socket

import httpx
import pytest
from cases import each
from recording import Answer, Drop, Hold

from anthropic_models import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    Omit,
)

pytestmark = pytest.mark.usefixtures("naps")


@pytest.mark.parametrize(
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
@each("of_call", [False, True])
def test_attempts_are_one_more_than_retries(api, server, max_retries, of_call):
    """`max_retries` is exact, set on the client or by `with_options` for one call."""
    server.fallback = Answer(500, "{}")
    client = api.client(max_retries=9 if of_call else max_retries)
    with pytest.raises(APIStatusError):
        api.retrieve(client.with_options(max_retries=max_retries) if of_call else client)

    assert len(server.requests) == max_retries + 1


@each("failures", [0, 2, 4])
@each("failure", [Answer(500, "{}"), Drop])
def test_retries_are_counted_for_the_caller_and_the_server(api, server, failures, failure):
    """`retries_taken` and the `x-stainless-retry-count` of each attempt count the retries, from 0."""
    server.plan(*[failure] * failures)
    response = api.run(api.client(max_retries=4).models.with_raw_response.retrieve("m"))

    assert response.retries_taken == failures
    assert [request.header("x-stainless-retry-count") for request in server.requests] == [
        str(attempt) for attempt in range(failures + 1)
    ]


@each("layer", ["default_headers", "extra_headers"])
@each(("value", "sent"), [("42", "42"), ("many", "many"), (Omit(), None)])
def test_the_callers_own_retry_count_stands(api, server, layer, value, sent):
    """A caller's own `x-stainless-retry-count`, or `Omit()` for it, holds for every attempt."""
    server.plan(Answer(500, "{}"))
    headers = {"X-Stainless-Retry-Count": value}
    client = api.client(default_headers=headers if layer == "default_headers" else None)
    api.retrieve(client, extra_headers=headers if layer == "extra_headers" else None)

    assert [request.header("x-stainless-retry-count") for request in server.requests] == [sent, sent]


def test_every_attempt_sends_the_same_request(api, server):
    """But for its count, each attempt sends the same line and the same headers."""
    server.plan(Answer(529, "{}"), Drop)
    api.retrieve(betas=["a"], extra_query={"b": 1}, extra_headers={"X-Foo": "bar"})
    sent = [
        (each.method, each.target, [pair for pair in each.headers if pair[0] != "x-stainless-retry-count"])
        for each in server.requests
    ]

    assert len(sent) == 3
    assert sent[0] == sent[1] == sent[2]


def test_a_failed_response_is_read_before_the_next_attempt(api, server):
    """A failed answer is finished before the next attempt, so that three attempts need one connection."""
    server.plan(Answer(500, "{}"), Answer(503, "x" * 5000))
    api.retrieve()

    assert [request.connection for request in server.requests] == [0, 0, 0]


def test_a_failed_response_of_an_http_client_is_closed_before_the_next_attempt(api, server):
    """Through the caller's `http_client`, a failed response is closed before the next attempt begins."""
    responses = []

    def sync_hook(response: httpx.Response) -> None:
        responses.append((response, [earlier.is_closed for earlier, _ in responses]))

    async def async_hook(response: httpx.Response) -> None:
        sync_hook(response)

    server.plan(Answer(500, "{}"), Answer(500, "{}"))
    hook = async_hook if api.is_async else sync_hook
    api.retrieve(api.client(http_client=api.http_class(event_hooks={"response": [hook]})))

    assert [earlier for _, earlier in responses] == [[], [True], [True, True]]


def test_a_streaming_response_is_retried_before_its_block(api, server, naps):
    """Failures of a streaming response are retried on entering its block, and counted."""
    server.plan(Answer(500, "{}"), Drop)
    manager = api.client().models.with_streaming_response.retrieve("m")

    assert api.inside(manager, lambda response: response.retries_taken) == 2
    assert naps == [0.5, 1]


def test_a_streaming_response_is_refused_before_its_block(api, server):
    """A final status is raised, with its body, before the block of a streaming response begins."""
    server.plan(Answer(404, {"error": {"message": "no such model"}}))
    entered = []
    with pytest.raises(APIStatusError, match=r"404.*no such model"):
        api.inside(api.client().models.with_streaming_response.retrieve("m"), entered.append)

    assert entered == []
