"""What a fork must not share: locks that nobody in the child would ever open, and connections of the parent."""

from __future__ import annotations

import os
import threading


class ProcessLock:
    """A lock of which each process has one of its own: a fork cannot leave it closed for ever."""

    def __init__(self) -> None:
        self._locks: dict[int, threading.RLock] = {}

    def __enter__(self) -> None:
        self._locks.setdefault(os.getpid(), threading.RLock()).acquire()

    def __exit__(self, *_: object) -> None:
        self._locks[os.getpid()].release()


class ForkedError(RuntimeError):
    """An `http_client` was used before the fork that made this process."""

    def __init__(self) -> None:
        super().__init__(
            "the http_client was used before this process was forked: both would read from the same connections. "
            "Make a new one here"
        )


class FirstProcess:
    """The process that was the first to use something that a fork must not share, and that we cannot make anew."""

    def __init__(self) -> None:
        self._number: int | None = None

    def check(self) -> None:
        """Raise where this is another process."""
        if self._number is None:
            self._number = os.getpid()
        if self._number != os.getpid():
            raise ForkedError
