"""The connections of one event loop: which are kept, for how long, and that none is left over."""

from __future__ import annotations

import asyncio
import os
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from doubles import Idle

from anthropic_models.transport import async_stack
from anthropic_models.transport.async_stack import Stack
from anthropic_models.transport.deadlines import Deadline
from anthropic_models.transport.sync_connection import KEEPALIVE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

DEADLINE = Deadline(httpx.Timeout(9))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What connections are opened with; one to `bad` fails."""
    opened: list[Any] = []

    async def open_one(*arguments: Any) -> Any:
        opened.append(arguments)
        if arguments[0] == "bad":
            raise httpx.ConnectError("bad")
        return Idle(f"{arguments[0]}{len(opened)}")

    monkeypatch.setattr(async_stack.Connection, "open", open_one)
    return opened


def run(use: Callable[[Stack], Awaitable[Any]]) -> Any:
    """What comes of using a stack in an event loop of its own."""

    async def used() -> Any:
        return await use(Stack())

    return asyncio.run(used())


def test_the_connection_used_last_is_taken_first(opened: list[Any]) -> None:
    """Those that are not quiet are closed on the way; where none is left, another is opened."""
    given: list[Any] = [Idle("a"), Idle("b"), Idle("c", quiet=False), Idle("d", reusable=False)]

    async def use(stack: Stack) -> list[Any]:
        for each in given:
            stack.give_back(each)
        waited = [each.idle_since is not None for each in given]
        taken: list[Any] = [await stack.take("h", 81, "context", DEADLINE) for _ in range(3)]  # type: ignore[arg-type]
        return [waited, [each.name for each in taken], [each.idle_since for each in taken]]

    assert run(use) == [[True, True, True, False], ["b", "a", "h1"], [None] * 3]
    assert [each.is_closed for each in given] == [False, False, True, True]
    assert opened == [("h", 81, "context", DEADLINE)]


def test_those_that_waited_too_long_are_closed_from_the_bottom(monkeypatch: pytest.MonkeyPatch) -> None:
    """Just as long is not too long."""
    given: list[Any] = [Idle(str(number)) for number in range(4)]
    times = iter((0.0, 1.0, KEEPALIVE, KEEPALIVE + 1.5))

    async def use(stack: Stack) -> list[str]:
        found = []
        for each in given:
            now = next(times)
            with monkeypatch.context() as patch:
                patch.setattr(time, "monotonic", lambda now=now: now)
                stack.give_back(each)
            found.append("".join(each.name for each in given if each.is_closed))
        return found

    assert run(use) == ["", "", "", "01"]


def test_a_closed_stack_keeps_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the next turn of its loop; those that come back later are closed then. Another process closes nothing."""
    waiting, late, parents = (Idle(name) for name in ("waiting", "late", "parents"))

    async def use(stack: Stack) -> list[Any]:
        stack.give_back(waiting)  # type: ignore[arg-type]
        found = [stack.is_closed, waiting.is_closed]
        stack.close()
        await asyncio.sleep(0)
        found += [stack.is_closed, waiting.is_closed, late.is_closed]
        stack.give_back(late)  # type: ignore[arg-type]
        return [*found, late.is_closed]

    async def fork(stack: Stack) -> list[Any]:
        stack.give_back(parents)  # type: ignore[arg-type]
        with monkeypatch.context() as patch:
            patch.setattr(os, "getpid", lambda: -1)
            stack.close()
        await asyncio.sleep(0)
        return [stack.is_closed, parents.is_closed]

    assert run(use) == [False, False, True, True, False, True]
    assert run(fork) == [True, False]


def test_what_waits_when_the_loop_ends_is_closed(opened: list[Any]) -> None:
    """However many were opened before."""

    async def use(stack: Stack) -> list[Any]:
        taken: list[Any] = [await stack.take("h", 81, None, DEADLINE) for _ in range(3)]
        for each in taken:
            stack.give_back(each)
        await asyncio.sleep(0)
        assert [each.is_closed for each in taken] == [False] * 3
        return taken

    assert [each.is_closed for each in run(use)] == [True] * 3


def test_a_place_is_left_by_each_connection_that_ends(opened: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Given back, dropped, never opened: the next call has one. With all in use it is told so in time."""
    monkeypatch.setattr(async_stack, "MAX_CONNECTIONS", 1)
    deadline = Deadline(httpx.Timeout(9, pool=0.01))

    async def use(stack: Stack) -> list[Any]:
        found: list[Any] = []
        first = await stack.take("h", 81, None, deadline)
        with pytest.raises(httpx.PoolTimeout, match=r"no answer within 0\.01 seconds \(pool\)"):
            await stack.take("h", 81, None, deadline)
        stack.drop(first)
        with pytest.raises(httpx.ConnectError):
            await stack.take("bad", 81, None, deadline)
        second: Any = await stack.take("h", 81, None, deadline)
        stack.give_back(second)
        found.append((await stack.take("h", 81, None, deadline)) is second)
        return [*found, first.is_closed, second.is_closed]  # type: ignore[attr-defined]

    assert run(use) == [True, True, False]
