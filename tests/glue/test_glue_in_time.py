"""Waits of asyncio: they end in time, and none is longer than it has to be."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from anthropic_models.transport.async_stack import place
from anthropic_models.transport.async_through import in_time
from anthropic_models.transport.async_transport import AsyncTransport
from anthropic_models.transport.deadlines import Deadline
from anthropic_models.transport.messages import Origin, Request

SENT = Request("GET", Origin("http", "models.test", 80, "models.test"), "/", {})


def test_a_call_and_each_piece_end_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever they wait for, they are told what took too long."""

    async def for_ever(*_: Any, **__: Any) -> Any:
        await asyncio.sleep(3)

    async def stalling() -> Any:
        yield b"a"
        await asyncio.sleep(3)
        yield b"b"

    async def ended() -> list[Any]:
        transport = AsyncTransport()
        monkeypatch.setattr(transport, "_fetch", for_ever)
        found: list[Any] = []
        with pytest.raises(httpx.ConnectTimeout, match=r"no answer within 0\.01 seconds \(connect\)"):
            await transport.fetch(SENT, Deadline(httpx.Timeout(0.01)), stream=False)
        with pytest.raises(httpx.TimeoutException, match=r"no answer within 0\.05 seconds"):
            async for piece in in_time(Deadline(httpx.Timeout(0.05)), stalling()):
                found.append(piece)  # noqa: PERF401  # what came before the end is kept
        return found

    assert asyncio.run(ended()) == [b"a"]


def test_a_place_that_is_free_is_taken_at_once() -> None:
    """However little time there is for that; without a bound of its own the wait is as long as the call's."""

    async def use() -> list[bool]:
        found = []
        for timeout in (httpx.Timeout(9, pool=1e-9), httpx.Timeout(9)):
            places = asyncio.Semaphore(1)
            await place(places, Deadline(timeout))
            found.append(places.locked())
        waiting = asyncio.ensure_future(place(places, Deadline(httpx.Timeout(9))))
        await asyncio.sleep(0)
        found.append(waiting.done())
        places.release()
        await waiting
        return [*found, places.locked()]

    assert asyncio.run(use()) == [True, True, False, True]
