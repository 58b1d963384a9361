"""How long each step and the whole may take, by a clock that stands still."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest
from doubles import Clock
from telling import told

from anthropic_models.transport.deadlines import Deadline

STEPS = ("connect", "read", "write", "pool")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of the deadlines."""
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


def test_the_longest_bound_ends_the_whole(clock: Clock) -> None:
    """Below a second too; without one for reading there is no end, and without another the rest decide."""
    timeouts = [
        httpx.Timeout(0.5, connect=0.25),
        httpx.Timeout(1, write=9),
        httpx.Timeout(3, read=None),
        httpx.Timeout(None, read=0.5),
        httpx.Timeout(None),
    ]
    deadlines = [Deadline(each) for each in timeouts]
    clock.now += 0.25

    assert [each.seconds for each in deadlines] == [0.5, 9, None, 0.5, None]
    assert [each.left() for each in deadlines] == [0.25, 8.75, None, 0.25, None]


def test_a_step_may_take_what_is_left_or_its_own(clock: Clock) -> None:
    """The shorter of the two; where nothing is left at all, that is its timeout."""
    deadline = Deadline(httpx.Timeout(10, connect=2, pool=None))
    found = []
    for now in (1000.0, 1008.5, 1009.75):
        clock.now = now
        found.append([deadline.seconds_for(step) for step in STEPS])  # type: ignore[arg-type]

    assert found == [[2, 10, 10, 10], [1.5, 1.5, 1.5, 1.5], [0.25] * 4]
    assert deadline.step == "pool"
    for clock.now in (1010.0, 1011.0):
        assert [told(deadline.seconds_for, step) for step in STEPS] == [
            "ConnectTimeout: no answer within 2 seconds (connect)",
            "ReadTimeout: no answer within 10 seconds (read)",
            "WriteTimeout: no answer within 10 seconds (write)",
            "PoolTimeout: no answer within 10 seconds (pool)",
        ]


def test_a_step_has_its_own_end_where_that_comes_first(clock: Clock) -> None:
    """One that may take as long as the whole has none of its own; without an end of the whole each has."""
    bounded, endless = Deadline(httpx.Timeout(10, connect=2, pool=None)), Deadline(httpx.Timeout(3, read=None))

    assert [bounded.own_seconds(step) for step in STEPS] == [2, None, None, None]  # type: ignore[arg-type]
    assert [endless.own_seconds(step) for step in STEPS] == [3, None, 3, 3]  # type: ignore[arg-type]
    assert endless.step == "pool"
    assert [endless.seconds_for(step) for step in STEPS] == [3, None, 3, 3]  # type: ignore[arg-type]


def test_what_took_too_long_is_told_by_its_step(clock: Clock) -> None:
    """With the shorter of its bound and that of the whole, zero where there was none."""
    said = []
    for timeout, step in ((httpx.Timeout(3, read=0.25), "read"), (httpx.Timeout(None), "write")):
        deadline = Deadline(timeout)
        deadline.own_seconds(step)  # type: ignore[arg-type]
        said.append(f"{type(deadline.error()).__name__}: {deadline.error()}")
    deadline = Deadline(httpx.Timeout(1e6, connect=None))

    assert said == [
        "ReadTimeout: no answer within 0.25 seconds (read)",
        "WriteTimeout: no answer within 0 seconds (write)",
    ]
    assert str(deadline.error()) == "no answer within 1e+06 seconds (connect)"


def test_the_steps_of_httpx_are_seconds(clock: Clock) -> None:
    """Of which reading may be told what is left each time anew, rounded up; over, it is a timeout."""
    deadline, endless = Deadline(httpx.Timeout(10, connect=2)), Deadline(httpx.Timeout(None))
    read: Any = deadline.steps(ends_reads=True).pop("read")

    assert deadline.steps() == {"pool": 10, "connect": 2, "write": 10, "read": 10}
    assert {**deadline.steps(ends_reads=True), "read": 0} == {"pool": 10, "connect": 2, "write": 10, "read": 0}
    assert endless.steps(ends_reads=True) == endless.steps() == dict.fromkeys(STEPS)
    found = []
    for clock.now in (1000.0, 1008.5, 1009.75, 1010.0, 1011.0):
        found.append((told(read.__index__), repr(read)))
    assert found == [
        (10, "10.0"),
        (2, "1.5"),
        (1, "0.25"),
        ("TimeoutError: ", "0.0"),
        ("TimeoutError: ", "-1.0"),
    ]
