"""How long an attempt may take: the timeout of each step, and of the whole."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from typing import Literal

    Step = Literal["connect", "read", "write", "pool"]

_ERRORS: dict[Step, type[httpx.TimeoutException]] = {
    "connect": httpx.ConnectTimeout,
    "read": httpx.ReadTimeout,
    "write": httpx.WriteTimeout,
    "pool": httpx.PoolTimeout,
}


class Deadline:
    """The end of one attempt. Without a read timeout there is none, only that of each step.

    Args:
        timeout: The longest of its four bounds the attempt as a whole; each bounds its own step.
    """

    def __init__(self, timeout: httpx.Timeout) -> None:
        self._timeout = timeout
        steps = (timeout.connect, timeout.read, timeout.write, timeout.pool)
        self.seconds = None if timeout.read is None else max(each or 0.0 for each in steps)
        self._end = None if self.seconds is None else time.monotonic() + self.seconds
        self.step: Step = "connect"
        """What the attempt is at, to say what took too long."""

    def left(self) -> float | None:
        """Seconds until the end, below zero after it; None for ever."""
        return None if self._end is None else self._end - time.monotonic()

    def seconds_for(self, step: Step) -> float | None:
        """Seconds that a step may take from now on; None for ever. Raises httpx's timeout where none are left."""
        self.step = step
        own: float | None = getattr(self._timeout, step)
        left = self.left()
        if left is None:
            return own
        if left <= 0:
            raise self.error()
        return left if own is None else min(own, left)

    def own_seconds(self, step: Step) -> float | None:
        """Seconds that a step may take, where that is less than the whole attempt may."""
        self.step = step
        own: float | None = getattr(self._timeout, step)
        return own if own is not None and (self.seconds is None or own < self.seconds) else None

    def error(self) -> httpx.TimeoutException:
        """What to raise when the step took too long."""
        own = getattr(self._timeout, self.step)
        shortest = min((each for each in (own, self.seconds) if each is not None), default=0.0)
        return _ERRORS[self.step](f"no answer within {shortest:g} seconds ({self.step})")

    def steps(self, *, ends_reads: bool = False) -> dict[str, Any]:
        """The seconds that each step may take from now on, as httpx's transports take them.

        `ends_reads` also ends reads that go on and on, which a number cannot: see `_Left`.
        """
        steps: dict[str, Any] = {step: self.seconds_for(step) for step in ("pool", "connect", "write", "read")}
        if ends_reads and self._end is not None:
            steps["read"] = _Left(self)
        return steps


class _Left:
    """What is left of a deadline, each time that a socket asks.

    httpx sets the same timeout for every read, and its own sockets take what can stand for a whole number. So a
    thread that nobody waits for any more ends within a second, however long a server drips.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline

    def __index__(self) -> int:
        left = self._deadline.left() or 0.0
        if left <= 0:
            raise TimeoutError
        return math.ceil(left)

    def __repr__(self) -> str:
        return repr(self._deadline.left())
