"""The end of one attempt."""

from __future__ import annotations

import time

import httpx

Steps = dict[str, float | None]


class Deadline:
    """When one attempt is over.

    Args:
        timeout: Seconds for each step, as httpx has them; the longest limits the attempt as a whole. Without a read
            timeout nothing does.
    """

    def __init__(self, timeout: httpx.Timeout) -> None:
        self._steps: Steps = timeout.as_dict()
        self.seconds: float | None = None if timeout.read is None else max(each or 0.0 for each in self._steps.values())
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
        return f"no answer within {min(seconds, default=0.0):g} seconds" + (f" ({step})" if step in self._steps else "")

    def steps(self) -> Steps:
        """The `timeout` extension of a request; the streams of our pool read the end of the attempt from it."""
        left = self.left()
        if left is None or self._end is None:
            return self._steps
        return {
            step: Remaining(left if each is None else min(each, left), self._end) for step, each in self._steps.items()
        }


class Remaining(float):
    """The seconds that a step may take, which also knows the end of the attempt. To anybody else a plain number."""

    end: float

    def __new__(cls, seconds: float, end: float) -> Remaining:
        """A number of seconds that is not exceeded after `end`, in seconds of `time.monotonic`."""
        self = super().__new__(cls, seconds)
        self.end = end
        return self


def left(timeout: float | None, error: type[Exception]) -> float | None:
    """What a step may take from now on. Raises the error when the attempt is over."""
    if not isinstance(timeout, Remaining):
        return timeout
    seconds = timeout.end - time.monotonic()
    if seconds <= 0:
        raise error("the attempt is over")
    return min(float(timeout), seconds)
