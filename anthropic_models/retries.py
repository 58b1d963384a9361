"""When to try again, and after how long. Pure functions: no clock, no sleep, no chance of their own.

The policy is that of the official client, but for what cannot help: see the table in the README.
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
"""Seconds. An API that asks for more gets no second try: its error is raised at once."""

_NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_RETRYABLE = frozenset((408, 409, 429))
_HOPELESS = frozenset((501, 505))  # not implemented, version not supported: the next answer is the same


def is_retryable_status(status: int, headers: Mapping[str, str]) -> bool:
    """Whether another try may help; `x-should-retry` decides where it is present."""
    verdict = headers.get("x-should-retry")
    if verdict in ("true", "false"):
        return verdict == "true"
    return status in _RETRYABLE or (status >= 500 and status not in _HOPELESS)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that an answer asks to wait; None where it does not say, or says nonsense.

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
        # Dates of HTTP are in universal time, whether they say so or not.
        wait = date.replace(tzinfo=date.tzinfo or datetime.UTC).timestamp() - now
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return wait if wait >= 0 else None


def _number(text: str | None) -> float | None:
    if not _NUMBER.fullmatch((text or "").strip()):
        return None
    value = float(text or "")
    return value if math.isfinite(value) and value >= 0 else None


def delay(retries_taken: int, asked: float | None, chance: float) -> float:
    """Seconds until the next try.

    Args:
        retries_taken: How many retries there were before.
        asked: What the API asked for, at most `MAX_RETRY_AFTER`.
        chance: A random number from 0 up to 1, which spreads the clients.
    """
    if asked:
        return asked
    # The exponent is bounded so that the power stays a float.
    return min(INITIAL_DELAY * 2.0 ** min(retries_taken, 100), MAX_DELAY) * (1 - 0.25 * chance)
