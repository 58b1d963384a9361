"""When to retry, and after what delay. Pure functions: the clock and the jitter are arguments.

The policy is that of the official client, except for retries that cannot help: see the table in the README.
"""

from __future__ import annotations

import datetime
import email.utils
import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

INITIAL_DELAY = 0.5
MAX_DELAY = 8.0
MAX_RETRY_AFTER = 60.0
"""Seconds. If the API asks for a longer delay, its error is raised without a retry."""

_NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_RETRYABLE = frozenset((408, 409, 429))
_HOPELESS = frozenset((501, 505))  # not implemented, version not supported: a retry gets the same response


def is_retryable_status(status: int, headers: Mapping[str, str]) -> bool:
    """Whether a retry may help; if `x-should-retry` is present, it decides."""
    verdict = headers.get("x-should-retry")
    if verdict in ("true", "false"):
        return verdict == "true"
    return status in _RETRYABLE or (status >= 500 and status not in _HOPELESS)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that a response asks to wait; None if it does not ask, or if the value is invalid.

    Reads `retry-after-ms`, then `retry-after` in seconds or as an HTTP date. `now` is seconds since the epoch.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    asked = headers.get("retry-after")
    seconds = _number(asked)
    if seconds is not None or asked is None:
        return seconds
    try:
        date = email.utils.parsedate_to_datetime(asked)
        # HTTP dates are in UTC, even without a time zone.
        wait = date.replace(tzinfo=date.tzinfo or datetime.UTC).timestamp() - now
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return wait if wait >= 0 else None


def _number(text: str | None) -> float | None:
    if not _NUMBER.fullmatch((text or "").strip()):
        return None
    value = float(text or "")
    return value if math.isfinite(value) and value >= 0 else None


def delay(retries_taken: int, asked: float | None, jitter: float) -> float:
    """The seconds until the next retry.

    Args:
        retries_taken: The number of previous retries.
        asked: The seconds that the API asked for, at most `MAX_RETRY_AFTER`.
        jitter: A random number from 0 up to 1, so that clients do not retry all at once.
    """
    if asked:
        return asked
    # The exponent is limited so that the power does not overflow a float.
    return min(INITIAL_DELAY * 2.0 ** min(retries_taken, 100), MAX_DELAY) * (1 - 0.25 * jitter)
