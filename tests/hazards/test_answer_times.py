"""`created_at` is RFC 3339 and nothing else, and becomes an aware datetime."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hostile import MODEL, answer

from anthropic_models import APIResponseValidationError

DAY = datetime(2025, 2, 19, tzinfo=UTC)
GOOD = {
    "2025-02-19T00:00:00Z": DAY,
    "2025-02-19t00:00:00z": DAY,
    "2025-02-19T00:00:00+00:00": DAY,
    "2025-02-19T00:00:00-00:00": DAY,
    "2025-02-19T05:30:00+05:30": DAY,
    "2025-02-18T23:00:00.5-01:00": DAY + timedelta(microseconds=500_000),
    "2025-02-19T00:00:00.123456789Z": DAY + timedelta(microseconds=123_456),
    "2025-02-19T00:00:00.9999999Z": DAY + timedelta(microseconds=999_999),
    "2025-02-19T00:00:00.1Z": DAY + timedelta(microseconds=100_000),
    "1970-01-01T00:00:00Z": datetime(1970, 1, 1, tzinfo=UTC),
    "2016-12-31T23:59:60Z": datetime(2017, 1, 1, tzinfo=UTC),
    "2016-12-31T15:59:60-08:00": datetime(2017, 1, 1, tzinfo=UTC),
    "2016-12-31T23:59:60.5z": datetime(2017, 1, 1, tzinfo=UTC),
    "2024-02-29T12:00:00Z": datetime(2024, 2, 29, 12, tzinfo=UTC),
    "0001-01-01T00:00:00Z": datetime(1, 1, 1, tzinfo=UTC),
    "9999-12-31T23:59:59Z": datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
}
BAD = [
    "2025-W48-1", "20251124", "2025-11-24", "2025-02-19T00:00:00", "2025-02-19T00:00Z", "2025-02-19 00:00:00Z",
    "20250219T000000Z",
    "2025-02-19T00:00:00+0000", "2025-02-19T00:00:00+00", "2025-02-30T00:00:00Z", "2025-13-01T00:00:00Z",
    "2025-02-19T24:00:00Z",
    "2025-02-19T00:60:00Z", "2025-02-19T00:00:61Z", "2025-02-19T12:00:60Z", "2025-02-19T00:00:00.Z",
    "2025-02-19T00:00:00,5Z",
    "0000-01-01T00:00:00Z", "2025-02-19T00:00:00+24:00", "2025-02-19T00:00:00Z ", " 2025-02-19T00:00:00Z", "", "now",
    "1740000000",
    "2025-02-19T00:00:00Z\n", "٢٠٢٥-02-19T00:00:00Z", "2025-2-19T00:00:00Z", "+2025-02-19T00:00:00Z",
    "2025-02-19T00:00:00ZZ",
    "9999-12-31T23:59:60Z", "2025-02-19T00:00:00+05:60", "2025-366T00:00:00Z", "2023-02-29T00:00:00Z",
]  # fmt: skip


def test_every_form_of_the_standard_is_read(any_api: Any, serve: Any) -> None:
    """Small letters, offsets, fractions of any length, leap seconds; more than six digits of a second are cut."""
    server = serve(*(answer({**MODEL, "created_at": text}) for text in GOOD))
    client = any_api.client(server.url)
    times = {text: any_api.retrieve(client).created_at for text in GOOD}

    assert times == GOOD
    assert all(time.tzinfo is not None for time in times.values())


def test_every_other_form_is_refused(any_api: Any, serve: Any) -> None:
    """Week dates, dates without dashes, without time or zone, and days that there are not."""
    server = serve(*(answer({**MODEL, "created_at": text}) for text in BAD))
    client = any_api.client(server.url)
    errors = {text: any_api.error(client) for text in BAD}

    assert {text: type(error) for text, error in errors.items()} == dict.fromkeys(BAD, APIResponseValidationError)
    assert all("created_at: expected an RFC 3339 date-time" in str(error) for error in errors.values())


def test_the_offset_is_kept(any_api: Any, serve: Any) -> None:
    """What the server wrote can be written again."""
    server = serve(answer({**MODEL, "created_at": "2025-02-19T05:30:00+05:30"}))
    info = any_api.retrieve(any_api.client(server.url))

    assert info.created_at.tzinfo == timezone(timedelta(hours=5, minutes=30))
    assert info.to_dict(mode="json")["created_at"] == "2025-02-19T05:30:00+05:30"
