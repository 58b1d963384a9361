"""Nothing is slept that a user would not wait for: `retry-after` in all its forms."""

from __future__ import annotations

import email.utils
import time
from typing import Any

import pytest
from hostile import answer
from outcomes import asked, by_name, types

from anthropic_models import RateLimitError

NONSENSE = [
    "inf", "-inf", "nan", "1e309", "-5", "-10", "-0.1", "soon", "", "1_0", "0x10", "\xb2", "5;6", "Mon, 99 Foo 2025",
    "Fri, 99 Sep 2023 16:26:57 GMT", "99999999999999999999x", "1 2", "1e", "[]",
]  # fmt: skip
FAR = ["86400", "60.001", "1e300", "61", "9" * 300]
NEAR = {"60": 60.0, "1.5": 1.5, "0.25": 0.25, " 7 ": 7.0, "1e1": 10.0}


def date(offset: float, *, zone: str = "GMT") -> str:
    """An HTTP date this far away."""
    return email.utils.formatdate(time.time() + offset, usegmt=True).replace("GMT", zone).strip()


def test_nonsense_in_retry_after_counts_as_absent(api: Any, serve: Any, naps: list[float]) -> None:
    """The usual delay is slept, and the error has no retry_after."""
    replies = [answer({}, 429, [(name, text)]) for text in NONSENSE for name in ("retry-after", "retry-after-ms")]
    server = serve(*replies)
    client = api.client(server.url, max_retries=1)
    delays = {}
    for text in NONSENSE:
        naps.clear()
        delays[text] = (api.error(client).retry_after, [0.3 < seconds <= 0.5 for seconds in naps])

    assert delays == dict.fromkeys(NONSENSE, (None, [True]))
    assert len(server.requests) == len(replies)


def test_more_than_a_minute_is_raised_at_once(api: Any, serve: Any, naps: list[float]) -> None:
    """With `retry_after` set, for the caller to decide."""
    headers = {
        "a date": ("retry-after", date(3600)),
        **{text: ("retry-after", text) for text in FAR},
        **{f"{text} in ms": ("retry-after-ms", str(float(text) * 1000)) for text in FAR},
    }
    server = serve(by_name({name: answer({}, 429, [header]) for name, header in headers.items()}))

    errors = api.outcomes(api.client(server.url, max_retries=2), headers)

    assert types(errors) == dict.fromkeys(headers, RateLimitError)
    assert {name: error.retry_after for name, error in errors.items() if not error.retry_after > 60} == {}
    assert (asked(server), naps) == (dict.fromkeys(headers, 1), [])


def test_up_to_a_minute_is_obeyed(api: Any, serve: Any, naps: list[float]) -> None:
    """In seconds, in milliseconds, which win, and as a date."""
    replies = [
        reply
        for text, seconds in NEAR.items()
        for reply in (
            answer({}, 429, [("retry-after", text)]),
            answer({}, 503, [("retry-after-ms", str(seconds * 1000)), ("retry-after", "99")]),
            answer(),
        )
    ]
    client = api.client(serve(*replies).url, max_retries=2)
    slept = {}
    for text in NEAR:
        naps.clear()
        api.retrieve(client)
        slept[text] = naps.copy()

    assert slept == {text: [seconds, seconds] for text, seconds in NEAR.items()}


@pytest.mark.parametrize("zone", ["GMT", "", "-0000", "+0000"])
def test_a_date_is_read_as_universal_time(api: Any, serve: Any, naps: list[float], zone: str, monkeypatch: Any) -> None:
    """Wherever the program runs, and also in the old form without a zone; the past counts as absent."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    server = serve(
        answer({}, 503, [("retry-after", date(20, zone=zone))]),
        answer({}, 503, [("retry-after", date(-100_000, zone=zone))]),
        answer(),
    )
    api.retrieve(api.client(server.url, max_retries=2))
    monkeypatch.undo()
    time.tzset()

    assert [17 <= seconds <= 20 for seconds in naps] == [True, False]
    assert naps[1] <= 1
