"""The end of one attempt, and httpx's timeouts that know of it."""

from __future__ import annotations

import time
from typing import Any

import httpcore
import httpx

STEPS = ("connect", "read", "write", "pool")


class Deadline:
    """When one attempt is over.

    Args:
        timeout: Seconds for each step, as httpx has them; the longest is the limit of the attempt as a whole. Without
            a read timeout there is no such limit.
    """

    def __init__(self, timeout: httpx.Timeout) -> None:
        self._steps: dict[str, float | None] = {step: getattr(timeout, step) for step in STEPS}
        self.seconds = None if timeout.read is None else max(each or 0.0 for each in self._steps.values())
        self._end = None if self.seconds is None else time.monotonic() + self.seconds

    def left(self) -> float | None:
        """Seconds until the end, at least 0; None without a limit."""
        return None if self._end is None else max(self._end - time.monotonic(), 0.0)

    def check(self) -> None:
        """Raise `httpx.ReadTimeout` after the end."""
        if self.left() == 0.0:
            raise httpx.ReadTimeout("the attempt is over")

    def message(self, error: BaseException) -> str:
        """What was not there in time, by the name of the error: `ReadTimeout` and the like."""
        step = type(error).__name__.removesuffix("Timeout").lower()
        seconds = [each for each in (self._steps.get(step), self.seconds) if each is not None]
        return f"no answer within {min(seconds, default=0.0):g} seconds ({step})"

    def steps(self) -> dict[str, float | None]:
        """The `timeout` extension of a request: a blocking read of our pool takes what is left of the attempt."""
        if self._end is None:
            return self._steps
        left = self.left() or 0.0
        return {
            step: Remaining(left if seconds is None else min(seconds, left), self._end)
            for step, seconds in self._steps.items()
        }

    def shorter_steps(self) -> dict[str, float | None]:
        """The same without the steps that end no sooner than the attempt, for who limits the attempt as a whole."""
        if self.seconds is None:
            return self._steps
        return {s: None if each is None or each >= self.seconds else each for s, each in self._steps.items()}


class Remaining(float):
    """The seconds that a step may take, which also knows the end of the attempt. To anybody else a plain number."""

    def __new__(cls, seconds: float, end: float) -> Remaining:
        """A number of seconds that will not be exceeded after `end`, in seconds of `time.monotonic`."""
        self = super().__new__(cls, seconds)
        self.end = end
        return self

    end: float

    def __reduce__(self) -> tuple[type[float], tuple[float]]:
        return float, (float(self),)


def left(timeout: float | None, error: type[httpcore.TimeoutException]) -> Any:
    """What a step may take from now on. Raises the error when the attempt is over."""
    if not isinstance(timeout, Remaining):
        return timeout
    seconds = timeout.end - time.monotonic()
    if seconds <= 0:
        raise error("the attempt is over")
    return min(float(timeout), seconds)
