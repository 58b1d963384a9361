"""The policy of retries, number by number."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpx

from anthropic_models import retries

NOW = datetime(2025, 6, 1, 12, 0, 0, tzinfo=UTC)


def test_these_statuses_may_pass():
    """Some of the caller's, and all of the server's from 500 on but those that will be the same again."""
    asked = (200, 400, 404, 408, 409, 410, 422, 429, 430, 499, 500, 501, 502, 504, 505, 506, 529, 600)

    assert [status for status in asked if retries.is_retryable_status(status, {})] == [
        408, 409, 429, 500, 502, 504, 506, 529, 600,
    ]  # fmt: skip


def test_a_verdict_of_the_server_decides():
    """`true` and `false`, in small letters; any other word counts as none."""
    verdicts = ("true", "false", "TRUE", "False", "", "yes")
    found = {
        verdict: [
            retries.is_retryable_status(status, httpx.Headers({"x-should-retry": verdict})) for status in (400, 500)
        ]
        for verdict in verdicts
    }

    assert found == {
        "true": [True, True],
        "false": [False, False],
        **{key: [False, True] for key in ("TRUE", "False", "", "yes")},
    }


def asked(now: datetime = NOW, **headers: str) -> Any:
    """The seconds that these headers ask for."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return retries.retry_after(httpx.Headers(named), now.timestamp())


def test_a_number_is_seconds_or_milliseconds():
    """Zero and fractions too; milliseconds win where they are a number."""
    assert [asked(retry_after=text) for text in ("0", "0.5", " 7 ", ".25", "1e1", "61")] == [0, 0.5, 7, 0.25, 10, 61]
    assert [asked(retry_after_ms=text) for text in ("0", "500", "1.5")] == [0, 0.5, 0.0015]
    assert [asked(retry_after="9", retry_after_ms=text) for text in ("100", "x", "")] == [0.1, 9, 9]


def test_what_is_no_number_is_nothing():
    """Negative, endless, in other digits, or a word."""
    nonsense = ("", "-1", "+1", "nan", "inf", "1e999", "\u0661", "1 2", "soon", "XXXX")
    headers = [{"retry-after": text} for text in nonsense]

    assert [retries.retry_after(each, 0) for each in headers] == [None] * len(nonsense)
    assert asked() is None


def test_a_date_is_the_seconds_until_then():
    """Now is none; what is past is nothing; a date without a zone is in universal time."""
    dates = [format_datetime(NOW.replace(second=second), usegmt=True) for second in (0, 1, 30)]

    assert [asked(retry_after=date) for date in dates] == [0, 1, 30]
    assert [asked(NOW.replace(second=1), retry_after=date) for date in dates] == [None, 0, 29]
    assert asked(retry_after="Sun, 01 Jun 2025 12:00:20") == 20
    assert asked(retry_after="Sun, 01 Jun 2025 14:00:20 +0200") == 20
    assert asked(retry_after="Sun, 99 Jun 2025 12:00:20 GMT") is None


def test_the_delay_doubles_up_to_its_bound():
    """From half a second to eight; chance takes a quarter of it at most, and nothing of what the server asks."""
    assert [retries.delay(taken, None, 0.0) for taken in (0, 1, 2, 3, 4, 5, 100, 5000)] == [0.5, 1, 2, 4, 8, 8, 8, 8]
    assert [retries.delay(taken, None, 1.0) for taken in (0, 4)] == [0.375, 6]
    assert retries.delay(1, None, 0.5) == 0.875
    assert [retries.delay(3, seconds, 1.0) for seconds in (0.001, 60.0, 0.0)] == [0.001, 60, 3]
