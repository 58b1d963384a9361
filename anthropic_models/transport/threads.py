"""Waits for blocking work for as long as may be, and no longer."""

from __future__ import annotations

import contextvars
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def within(seconds: float | None, work: Callable[[], T], discard: Callable[[T], object] = lambda _: None) -> T:
    """What `work` gives or raises, if it does so in time; None waits for ever.

    Python cannot interrupt a thread that blocks, so the work runs in one of its own. Where it comes too late, or
    the caller was interrupted, its result is discarded when it comes. Raises TimeoutError.
    """
    if seconds is None:
        return work()
    job = _Job(work, discard)
    threading.Thread(target=job.run, name="anthropic-models", daemon=True).start()
    try:
        if not job.done.wait(max(seconds, 0.0)):
            raise TimeoutError
    except BaseException:
        job.abandon()
        raise
    return job.result()


class _Job(Generic[T]):
    def __init__(self, work: Callable[[], T], discard: Callable[[T], object]) -> None:
        self._work, self._discard = work, discard
        self._context = contextvars.copy_context()
        self._lock = threading.Lock()
        self._is_abandoned = False
        self._results: list[T] = []
        self._error: BaseException | None = None
        self.done = threading.Event()

    def run(self) -> None:
        try:
            result = self._context.run(self._work)
            with self._lock:
                self._results.append(result)
                is_abandoned = self._is_abandoned
            if is_abandoned:
                self._discard(result)
        except BaseException as error:  # noqa: BLE001  # raised again in the caller's thread
            self._error = error
        finally:
            self.done.set()

    def abandon(self) -> None:
        """Nobody waits any more."""
        with self._lock:
            self._is_abandoned = True
        for result in self._results:
            self._discard(result)

    def result(self) -> T:
        """What the work gave. Raises what it raised, without a circle of references to its frames."""
        error, self._error = self._error, None
        try:
            if error is not None:
                raise error
            return self._results[0]
        finally:
            del error
