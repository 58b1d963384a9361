"""Blocking work that is waited for as long as may be, and no longer."""

from __future__ import annotations

import contextvars
import threading

import pytest

from anthropic_models.transport.threads import within

NAME = contextvars.ContextVar("NAME", default="")


def test_work_gives_what_it_makes_or_raises_what_it_raised() -> None:
    """In time, with a bound and without one; it sees the caller's context."""
    NAME.set("caller")

    assert [within(bound, NAME.get) for bound in (None, 5.0)] == ["caller", "caller"]
    for bound in (None, 5.0):
        with pytest.raises(ZeroDivisionError):
            within(bound, lambda: 1 // 0)


def test_work_that_comes_too_late_is_a_timeout_and_its_result_is_discarded() -> None:
    """Once it is there, however late, and once only."""
    free, done = threading.Event(), threading.Event()
    discarded: list[int] = []

    def work() -> int:
        free.wait(10)
        return 7

    def discard(result: int) -> None:
        discarded.append(result)
        done.set()

    for bound in (0.01, -1.0):
        with pytest.raises(TimeoutError):
            within(bound, work, discard)
    free.set()

    assert done.wait(10)
    for thread in threading.enumerate():
        if thread.name == "anthropic-models":
            thread.join(10)
    assert discarded == [7, 7]


def test_work_that_fails_too_late_is_nobodys() -> None:
    """There is nothing to discard, and no thread complains."""
    free = threading.Event()
    discarded: list[object] = []

    def work() -> None:
        free.wait(10)
        raise ValueError

    with pytest.raises(TimeoutError):
        within(0.01, work, discarded.append)
    free.set()
    for thread in threading.enumerate():
        if thread.name == "anthropic-models":
            thread.join(10)

    assert discarded == []


def test_work_that_is_done_as_its_caller_is_interrupted_is_discarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C between the end of the work and the end of the wait loses nothing that must be closed."""
    discarded: list[str] = []
    wait = threading.Event.wait

    def interrupted(event: threading.Event, timeout: float | None = None) -> bool:
        wait(event, timeout)
        if timeout == 30:
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr(threading.Event, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        within(30, lambda: "socket", discarded.append)

    assert discarded == ["socket"]
