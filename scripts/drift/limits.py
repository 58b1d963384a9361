"""Limits on the time and memory that a run may take; exceeding one is an error."""

import contextlib
import signal
from collections.abc import Iterator
from typing import Any

SECONDS = 300  # in all
MIB = 2**20
LARGEST_PAGE = 2 * MIB
LARGEST_WHEEL = 16 * MIB
MOST_CODE = 16 * MIB  # in the files that are searched for the method
MOST_PARSED = MIB // 4  # the tree of a source may take a thousand times the memory of its text
MOST_TYPES = 20_000  # a class that is used twice is read twice


class LimitError(Exception):
    """Upstream exceeds a limit, which no regular release does."""


@contextlib.contextmanager
def seconds() -> Iterator[None]:
    """Raise LimitError in the block if it takes longer than SECONDS. A child that it waits for is ended too."""
    limit = SECONDS

    def stop(*_: Any) -> None:
        raise LimitError(f"it took longer than {limit:g} seconds")

    handler = signal.signal(signal.SIGALRM, stop)
    timer = signal.setitimer(signal.ITIMER_REAL, limit, 1)  # repeated, as Python ignores an exception in a finalizer
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler)
