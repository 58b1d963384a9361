"""The deadline of one attempt."""

from __future__ import annotations

import time

import httpx

Steps = dict[str, float | None]
PASSED = "the deadline of the attempt has passed"


class Deadline:
    """The deadline of one attempt.

    Args:
        timeout: Seconds for each step; the longest also limits the whole attempt. Without a read timeout, the whole
            attempt has no limit.
    """

    def __init__(self, timeout: httpx.Timeout) -> None:
        self._steps: Steps = timeout.as_dict()
        self.seconds: float | None = None if timeout.read is None else max(each or 0.0 for each in self._steps.values())
        self._end = time.monotonic() + (self.seconds or 0.0)

    def remaining(self) -> float | None:
        """Seconds until the deadline, at least 0; None if there is no limit."""
        return None if self.seconds is None else max(self._end - time.monotonic(), 0.0)

    def check(self) -> None:
        """Raise `httpx.ReadTimeout` if the deadline has passed."""
        if self.remaining() == 0.0:
            raise httpx.ReadTimeout(PASSED)

    def message(self, error: BaseException) -> str:
        """A message that names the step, which comes from the name of the error, such as `ReadTimeout`."""
        step = type(error).__name__.removesuffix("Timeout").lower()
        seconds = [each for each in (self._steps.get(step), self.seconds) if each is not None]
        return f"no response within {min(seconds, default=0.0):g} seconds" + (
            f" ({step})" if step in self._steps else ""
        )

    def steps(self) -> Steps:
        """The `timeout` extension of a request; the streams of our pool read the deadline from it."""
        left = self.remaining()
        if left is None:
            return self._steps
        return {
            step: Remaining(left if each is None else min(each, left), self._end) for step, each in self._steps.items()
        }


class Remaining(float):
    """The seconds that a step may take, with the deadline of the attempt. Other code uses it as a plain float."""

    end: float

    def __new__(cls, seconds: float, end: float) -> Remaining:
        """Create it with a deadline `end`, in seconds of `time.monotonic`."""
        self = super().__new__(cls, seconds)
        self.end = end
        return self


def remaining(timeout: float | None, error: type[Exception]) -> float | None:
    """The seconds that a step may still take. Raises the error if the deadline has passed."""
    if not isinstance(timeout, Remaining):
        return timeout
    seconds = min(float(timeout), timeout.end - time.monotonic())
    if seconds <= 0:
        raise error(PASSED)
    return seconds
