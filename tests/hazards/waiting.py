"""Calls that somebody keeps waiting, all of them at once: whether each ends in time, and what it leaves open."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from kinds import Api
from outcomes import outcome
from slow import TIMEOUT


class Case(NamedTuple):
    """A call of one kind of client, for which somebody keeps it waiting."""

    kind: str
    url: str
    settings: dict[str, Any] = {}  # noqa: RUF012  # nobody changes it
    call: Callable[[Api, Any], object] = Api.retrieve

    def ended(self, start: threading.Barrier | None = None) -> tuple[bool, type]:
        """Whether the call ended in time, and its error."""
        api = Api(self.kind)
        client = api.client(self.url, **{"timeout": TIMEOUT, **self.settings})
        if start is not None:
            start.wait()
        began = time.monotonic()
        error = outcome(self.call, api, client)
        took = time.monotonic() - began
        if api.is_async and api.is_given:  # what httpx is at in the background ends by timeouts of its own
            api.run(asyncio.sleep(TIMEOUT + 0.1))
        api.close()
        return took < TIMEOUT + 0.5, type(error)


def all_ended(cases: dict[str, Case]) -> dict[str, tuple[bool, type]]:
    """The same of all of them at once; slow ones are tried again alone, since others may have kept the machine busy.

    Those that do not end at all are False.
    """
    start, results = threading.Barrier(len(cases), timeout=40), dict[str, tuple[bool, type]]()

    def run(name: str) -> None:
        results[name] = cases[name].ended(start)

    threads = [threading.Thread(target=run, args=(name,), daemon=True) for name in cases]
    for thread in threads:
        thread.start()
    give_up = time.monotonic() + 40
    for thread in threads:
        thread.join(max(0.0, give_up - time.monotonic()))
    for _ in range(5):
        slow = [name for name, (in_time, _) in results.items() if not in_time]
        results |= {name: cases[name].ended() for name in slow}
    return {**dict.fromkeys(cases, (False, type(None))), **results}


def streaming(api: Api, client: Any) -> object:
    """Reads the body later."""
    return api.inside(client.models.with_streaming_response.retrieve("m"), lambda response: response.read())


async def fewest(server: Any, most: int) -> int:
    """How many descriptors the client's side has open, once it is no more than that, or at last."""
    for _ in range(200):
        if descriptors() - server.open <= most:
            break
        await asyncio.sleep(0.05)
    return descriptors() - server.open


def descriptors() -> int:
    """How many files and sockets this process has open."""
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # quicker, as others come and go
