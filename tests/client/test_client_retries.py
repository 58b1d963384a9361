"""When a call is retried, how often and after how long, and what the server receives."""

import random

import httpx
import pytest
from cases import each
from recording import Answer, Drop, Hold

from anthropic_models import APIConnectionError, APIStatusError, APITimeoutError, Omit
from anthropic_models.retries import delay

pytestmark = pytest.mark.usefixtures("naps")


@each(
    ("answer", "settings", "error", "message"),
    [
        (Drop, {}, APIConnectionError, "^Connection error: "),
        (b"HTTP/1.1 nonsense\r\n\r\n", {}, APIConnectionError, "^Connection error: "),
        (Answer(), {"base_url": "http://127.0.0.1:1"}, APIConnectionError, "^Connection error: "),
        (Hold, {"timeout": 0.02}, APITimeoutError, "^Request timed out: .* 0.02 seconds"),
    ],
)
def test_a_call_without_a_response_is_retried(api, server, naps, answer, settings, error, message):
    """It is retried after a closed or refused connection, invalid HTTP or a timeout; httpx's error is the cause."""
    server.fallback = answer
    with pytest.raises(error, match=message) as caught:
        api.retrieve(api.client(**settings))

    assert len(naps) == 2
    assert isinstance(caught.value.__cause__, httpx.TimeoutException if error is APITimeoutError else httpx.HTTPError)
    assert (caught.value.request.url.path, caught.value.body) == ("/v1/models/m", None)
    assert caught.value.is_retryable


@each("max_retries", [0, 1, 2, 5])
@each("failure", [Answer(500, "{}"), Drop])
def test_retries_are_exact_and_counted(api, server, max_retries, failure):
    """There are `max_retries` + 1 attempts; `x-stainless-retry-count` and `retries_taken` count from 0."""
    server.plan(*[failure] * max_retries, Answer(), *[failure] * (max_retries + 1))
    client = api.client(max_retries=max_retries)
    counts = [str(attempt) for attempt in range(max_retries + 1)]

    assert api.run(client.models.with_raw_response.retrieve("m")).retries_taken == max_retries
    with pytest.raises((APIStatusError, APIConnectionError)):
        api.retrieve(api.client(max_retries=9).with_options(max_retries=max_retries))
    assert [request.header("x-stainless-retry-count") for request in server.requests] == counts * 2


@each(("value", "sent"), [("42", "42"), ("many", "many"), (Omit(), None)])
def test_the_callers_retry_count_header_is_kept(api, server, value, sent):
    """The caller's `x-stainless-retry-count`, or `Omit()` for it, applies to every attempt."""
    server.plan(Answer(500, "{}"))
    api.retrieve(extra_headers={"X-Stainless-Retry-Count": value})

    assert [request.header("x-stainless-retry-count") for request in server.requests] == [sent, sent]


@pytest.mark.parametrize("is_given", [False, True])
def test_every_attempt_sends_the_same_request(api, server, is_given):
    """Attempts differ only in their count and use one connection; the error is that of the last."""
    server.plan(Answer(529, "{}"), Answer(503, "x" * 5000), Answer(404, "last"))
    client = api.client(http_client=api.http_class() if is_given else None)
    with pytest.raises(APIStatusError, match="last") as caught:
        api.retrieve(client, betas=["a"], extra_query={"b": 1}, extra_headers={"X-Foo": "bar"})
    first, *others = [
        (each.target, each.connection, [pair for pair in each.headers if pair[0] != "x-stainless-retry-count"])
        for each in server.requests
    ]

    assert others == [first, first]
    assert caught.value.request.headers["x-stainless-retry-count"] == "2"


def test_the_delay_doubles_up_to_eight_seconds(api, server, naps):
    """Each delay is twice the one before, from half a second up to eight seconds."""
    server.plan(*[Answer(500, "{}")] * 4, *[Drop] * 3)
    api.retrieve(api.client(max_retries=7))

    assert naps == [0.5, 1, 2, 4, 8, 8, 8]
    assert delay(5000, None, 0.0) == 8  # without an overflow


@each(("number", "factor"), [(0.0, 1.0), (0.5, 0.875), (1.0, 0.75)])
def test_the_delay_has_a_random_jitter(api, server, naps, monkeypatch, number, factor):
    """The client's delay is multiplied by a random factor from 0.75 to 1; the server's `retry-after` is not."""
    monkeypatch.setattr(random, "random", lambda: number)
    server.plan(Drop, Answer(429, "{}", {"retry-after": "3"}))
    api.retrieve()

    assert naps == [0.5 * factor, 3]
