"""Limits on the time and memory that a run may take; exceeding one is an error."""

import contextlib
import signal
from collections.abc import Iterator
from typing import Any

SECONDS = 300  # in all
MIB = 2**20
LARGEST_PAGE = 2 * MIB
LARGEST_WHEEL = 16 * MIB
MOST_CODE = 16 * MIB  # that is searched for the method
MOST_PARSED = MIB // 4  # the tree of a source may take a thousand times the memory of its text
MOST_TYPES = 20_000  # a class that is used twice is read twice


class LimitError(Exception):
    """There is more of something than any honest release has."""


@contextlib.contextmanager
def seconds() -> Iterator[None]:
    """LimitError in what runs inside, when it takes longer. Children that it waits for are ended too."""
    limit = SECONDS

    def stop(*_: Any) -> None:
        raise LimitError(f"it took longer than {limit:g} seconds")

    handler = signal.signal(signal.SIGALRM, stop)
    timer = signal.setitimer(signal.ITIMER_REAL, limit, 1)  # again and again: Python drops what a finalizer raises
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler)
