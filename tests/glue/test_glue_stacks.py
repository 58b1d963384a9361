"""The stack of connections that wait, for blocking calls: the order, the end, and another process."""

from __future__ import annotations

import gc
import os
import time
from typing import Any

import pytest
from doubles import Clock, Idle

from anthropic_models.transport.sync_connection import KEEPALIVE, Stack


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of connections and deadlines."""
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


def stacked(stack: Stack, *connections: Any) -> None:
    """Give them all back."""
    for connection in connections:
        stack.give_back(connection)


def test_the_connection_used_last_is_taken_first(clock: Clock) -> None:
    """Those that are not quiet are closed on the way; where none is left, another is made."""
    stack = Stack()
    a, b, c, d = Idle("a"), Idle("b"), Idle("c", quiet=False), Idle("d", reusable=False)
    stacked(stack, a, b, c, d)
    taken: list[Any] = [stack.take(lambda: Idle("new")) for _ in range(3)]  # type: ignore[arg-type,return-value]

    assert [each.name for each in taken] == ["b", "a", "new"]
    assert [each.is_closed for each in (a, b, c, d)] == [False, False, True, True]


def test_those_that_waited_too_long_are_closed_from_the_bottom(clock: Clock) -> None:
    """Just as long is not too long."""
    stack = Stack()
    connections = [Idle(str(number)) for number in range(4)]
    found = []
    for clock.now, connection in zip((0.0, 1.0, KEEPALIVE, KEEPALIVE + 1.5), connections, strict=True):
        stacked(stack, connection)
        found.append("".join(each.name for each in connections if each.is_closed))

    assert found == ["", "", "", "01"]


def test_a_closed_stack_keeps_none(clock: Clock) -> None:
    """Those that wait are closed with it, and those that come back later then; a forgotten stack closes them too."""
    stack = Stack()
    waiting, late, forgotten = Idle("waiting"), Idle("late"), Idle("forgotten")
    stacked(stack, waiting)
    assert (stack.is_closed, waiting.is_closed) == (False, False)
    stack.close()
    assert (stack.is_closed, waiting.is_closed, late.is_closed) == (True, True, False)
    stacked(stack, late)
    assert late.is_closed
    other = Stack()
    stacked(other, forgotten)
    del other
    gc.collect()
    assert forgotten.is_closed


def test_a_forked_process_starts_with_none(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """It closes its copies of what its parent has, and keeps its own."""
    stack = Stack()
    inherited, own = Idle("inherited"), Idle("own")
    stacked(stack, inherited)
    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert stack.take(lambda: own) is own  # type: ignore[arg-type,return-value,comparison-overlap]
    assert inherited.is_closed
    stacked(stack, own)
    assert stack.take(lambda: Idle("new")) is own  # type: ignore[arg-type,return-value,comparison-overlap]
    stacked(stack, own)
    del stack
    gc.collect()
    assert own.is_closed
