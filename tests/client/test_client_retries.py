"""When a call is tried again, how often, after how long, and what the server sees of it."""

import email.utils
import random
import time

import httpx
import pytest
from cases import each
from recording import Answer, Drop, Hold

from anthropic_models import APIConnectionError, APIStatusError, APITimeoutError, Omit

NOW = 1_700_000_000


@pytest.fixture(autouse=True)
def _clock(monkeypatch, naps):
    monkeypatch.setattr(time, "time", lambda: float(NOW))


@each(
    ("answer", "settings", "error", "message"),
    [
        (Drop, {}, APIConnectionError, "^Connection error: "),
        (b"HTTP/1.1 nonsense\r\n\r\n", {}, APIConnectionError, "^Connection error: "),
        (Answer(), {"base_url": "http://127.0.0.1:1"}, APIConnectionError, "^Connection error: "),
        (Hold, {"timeout": 0.02}, APITimeoutError, "^Request timed out: .* 0.02 seconds"),
    ],
)
def test_no_answer_is_tried_again(api, server, naps, answer, settings, error, message):
    """A connection that ends or is refused, no HTTP, a timeout; the error has the request, and httpx's as its cause."""
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
    """Attempts are one more than `max_retries`; each `x-stainless-retry-count` and `retries_taken` count from 0."""
    server.plan(*[failure] * max_retries, Answer(), *[failure] * (max_retries + 1))
    client = api.client(max_retries=max_retries)
    counts = [str(attempt) for attempt in range(max_retries + 1)]

    assert api.run(client.models.with_raw_response.retrieve("m")).retries_taken == max_retries
    with pytest.raises((APIStatusError, APIConnectionError)):
        api.retrieve(api.client(max_retries=9).with_options(max_retries=max_retries))
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
    """Through the caller's `http_client`; the error is that of the last attempt, with its request."""
    responses, earlier = [], []

    def note(response):
        earlier.append([each.is_closed for each in responses])
        responses.append(response)

    server.plan(Answer(500, "{}"), Answer(500, "{}"), Answer(404, "last"))
    with pytest.raises(APIStatusError, match="last") as caught:
        api.retrieve(api.client(http_client=api.http_class(event_hooks={"response": [api.hook(note)]})))

    assert earlier == [[], [True], [True, True]]
    assert caught.value.request.headers["x-stainless-retry-count"] == "2"


def _date(seconds):
    return email.utils.formatdate(NOW + seconds, usegmt=True)


@each(
    ("headers", "seconds"),
    [
        ({"retry-after": "20"}, 20),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after": "60"}, 60),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "100", "retry-after": "20"}, 0.1),
        ({"retry-after-ms": "nonsense", "retry-after": "20"}, 20),
        ({"retry-after": _date(37)}, 37),
        ({"retry-after": _date(60)}, 60),
        ({}, None),
        ({"retry-after": "0"}, 0),
        ({"retry-after-ms": "0"}, 0),
        ({"retry-after": _date(0)}, 0),
    ],
)
def test_the_server_says_how_long(api, server, naps, headers, seconds):
    """`retry-after-ms` is obeyed, else `retry-after`: seconds, fractions too, or a date; else half a second.

    The error's `retry_after` has what the API asked for.
    """
    server.plan(*[Answer(429, "{}", headers)] * 2)
    with pytest.raises(APIStatusError) as caught:
        api.retrieve(api.client(max_retries=1))

    assert (naps, caught.value.retry_after) == ([pytest.approx(seconds or 0.5)], pytest.approx(seconds))


def test_the_delay_doubles_up_to_eight_seconds(api, server, naps):
    """Each delay is twice the one before, from half a second to eight at most."""
    server.plan(*[Answer(500, "{}")] * 4, *[Drop] * 3)
    api.retrieve(api.client(max_retries=7))

    assert naps == [0.5, 1, 2, 4, 8, 8, 8]


def test_a_thousandth_retry_still_has_a_delay(api, naps):
    """The delay of a call with very many retries stays eight seconds; after the last attempt nothing is waited."""
    http_client = api.http_class(transport=httpx.MockTransport(lambda _: httpx.Response(500)))
    with pytest.raises(APIStatusError):
        api.retrieve(api.client(http_client=http_client, max_retries=1100))

    assert (len(naps), set(naps[4:])) == (1100, {8})


@each(("chance", "factor"), [(0.0, 1.0), (0.5, 0.875), (1.0, 0.75)])
def test_chance_shortens_the_delay_by_a_quarter_at_most(api, server, naps, monkeypatch, chance, factor):
    """The client's own delay is multiplied by a random factor from 0.75 to 1; what the server says is kept."""
    monkeypatch.setattr(random, "random", lambda: chance)
    server.plan(Drop, Answer(429, "{}", {"retry-after": "3"}))
    api.retrieve()

    assert naps == [0.5 * factor, 3]
