"""How long is waited before the next attempt."""

import email.utils
import random
import time

import httpx
import pytest
from cases import each
from recording import Answer, Drop

from anthropic_models import APIStatusError

NOW = 1_700_000_000


@pytest.fixture(autouse=True)
def _clock(monkeypatch, naps):
    monkeypatch.setattr(time, "time", lambda: float(NOW))


def _date(seconds: float) -> str:
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
        ({}, 0.5),
        ({"retry-after": "0"}, 0.5),
        ({"retry-after-ms": "0"}, 0.5),
        ({"retry-after": _date(0)}, 0.5),
    ],
)
def test_the_server_says_how_long(api, server, naps, headers, seconds):
    """`retry-after-ms` is obeyed, else `retry-after`: seconds, fractions too, or a date; else half a second."""
    server.plan(Answer(429, "{}", headers))
    api.retrieve()

    assert naps == [pytest.approx(seconds)]


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
