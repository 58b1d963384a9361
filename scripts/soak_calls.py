"""The calls of the soak and their results."""

from __future__ import annotations

import asyncio
import collections
import random
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from faulty_server import FAULTS

from anthropic_models import Anthropic, AnthropicError, AsyncAnthropic

if TYPE_CHECKING:
    from collections.abc import Iterable

WORKERS = 16
SLOW, LONG = 0.3, 30.0
"""Timeouts in seconds: one that slow faults reach, and one that no call reaches."""
CANCELLED = "cancelled"

Results = collections.Counter[tuple[str, str]]


def planned(calls: int, seed: int) -> list[str]:
    """The fault of each call."""
    weights = [fault.weight for fault in FAULTS.values()]
    return random.Random(seed).choices([*FAULTS, CANCELLED], [*weights, sum(weights) / 8], k=calls)  # noqa: S311


def judged(name: str, got: str) -> str:
    """Whether a call received its own response."""
    return "model" if got == name else f"the answer of {got}"


def in_threads(client: Anthropic, faults: Iterable[str]) -> Results:
    """Make the calls in threads; returns the results by fault."""
    todo = iter(list(enumerate(faults)))  # of a list: threads may share it

    def ask(name: str, timeout: float) -> str:
        try:
            got = client.models.retrieve(name, timeout=timeout).id
        except AnthropicError as error:
            return type(error).__name__
        return judged(name, got)

    def worker(_: int) -> Results:
        return collections.Counter(
            (fault, ask(f"{fault}.t{number}", SLOW if FAULTS[fault].is_slow else LONG)) for number, fault in todo
        )

    with ThreadPoolExecutor(WORKERS) as threads:
        return sum(threads.map(worker, range(WORKERS)), start=collections.Counter())


async def in_tasks(client: AsyncAnthropic, faults: Iterable[str], seed: int) -> Results:
    """Make the calls in tasks and cancel some of them; returns the results by fault."""
    results: Results = collections.Counter()
    todo = iter(enumerate(faults))
    moments = random.Random(seed)  # noqa: S311  # reproducible, not for security

    async def ask(name: str, timeout: float) -> str:
        try:
            got = (await client.models.retrieve(name, timeout=timeout)).id
        except AnthropicError as error:
            return type(error).__name__
        return judged(name, got)

    async def worker() -> None:
        for number, fault in todo:
            if fault != CANCELLED:
                timeout = SLOW if FAULTS[fault].is_slow else LONG
                results[fault, await ask(f"{fault}.a{number}", timeout)] += 1
                continue
            task = asyncio.ensure_future(ask(f"hold.a{number}", LONG))
            await asyncio.sleep(moments.choice((0, 0, 0.0005, 0.002, 0.005)))
            task.cancel()
            [ended] = await asyncio.gather(task, return_exceptions=True)
            results[fault, ended if isinstance(ended, str) else type(ended).__name__] += 1

    await asyncio.gather(*(worker() for _ in range(WORKERS)))
    return results


def soak(clients: tuple[Anthropic, AsyncAnthropic], faults: list[str], seed: int) -> Results:
    """Make half of the calls in threads and half in an event loop, which also makes all cancelled calls."""
    threaded = [fault for fault in faults[::2] if fault != CANCELLED]
    awaited = faults[1::2] + [CANCELLED] * (len(faults[::2]) - len(threaded))
    with ThreadPoolExecutor(1) as beside:
        future = beside.submit(asyncio.run, in_tasks(clients[1], awaited, seed))
        return in_threads(clients[0], threaded) + future.result()
