"""A program that forks while it uses a client, and prints what every process asked for and got, a line of JSON each.

python forking.py (sync|async|Default) ((idle|busy|thread|unused) URL)...
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from anthropic_models import Anthropic, AsyncAnthropic, DefaultHttpxClient

KIND, *SCENARIOS = sys.argv[1:]
CALLS, CHILDREN = 12, 3


def make(url: str) -> Any:
    """A client of this kind."""
    if KIND == "async":
        return AsyncAnthropic(api_key="k", base_url=url, timeout=10)
    http = DefaultHttpxClient() if KIND == "Default" else None
    return Anthropic(api_key="k", base_url=url, timeout=10, http_client=http)


class Scenario:
    """One client, and the moment at which the process forks that uses it."""

    def __init__(self, moment: str, url: str) -> None:
        self._moment, self._url = moment, url
        self._client = make(url)

    def _ask(self, name: str, calls: int = CALLS) -> None:
        """Ask again and again, and tell what came."""
        asked = [f"{name}-{number}" for number in range(calls)]
        if KIND == "async":
            got = asyncio.run(self._gathered(asked))
        elif name.startswith("child"):  # its threads race for what its parent left
            with ThreadPoolExecutor(4) as threads:
                got = list(threads.map(self._one, asked))
        else:
            got = [self._one(each) for each in asked]
        line = json.dumps({"url": self._url, "process": name.split("/")[0], "asked": asked, "got": got})
        os.write(1, f"{line}\n".encode())  # in one piece, as others write, too

    def _one(self, name: str) -> str:
        """What a call gives, or how it fails."""
        try:
            return self._client.models.retrieve(name).id
        except Exception as error:  # noqa: BLE001  # told to the test
            return f"{type(error).__name__}: {error}"

    async def _gathered(self, names: list[str]) -> list[str]:
        """The same, five at a time."""
        found = []
        for start in range(0, len(names), 5):
            calls = (self._client.models.retrieve(name) for name in names[start : start + 5])
            found += await asyncio.gather(*calls)
        return [each.id for each in found]

    def _fork(self, number: int) -> int:
        """A child that asks and ends."""
        process = os.fork()
        if process == 0:
            try:
                self._ask(f"child{number}")
                self._close()
            finally:
                os._exit(0)
        return process

    def _close(self) -> None:
        self._client.close() if KIND != "async" else asyncio.run(self._client.close())

    def play(self) -> None:
        """Ask, fork, and ask in all processes at once."""
        if self._moment != "unused":
            self._ask("parent/before", 3)
        # A thread's first and last use of OpenSSL takes locks that a fork would leave closed for ever, so all the
        # threads are in the middle of their calls while this one forks.
        under_way, forked = threading.Barrier(4), threading.Event()

        def keep_asking(number: int) -> None:
            self._ask(f"parent/{number}", 3)
            under_way.wait()
            while not forked.is_set():
                self._ask(f"parent/{number}-again", 5)

        busy = [threading.Thread(target=keep_asking, args=(number,)) for number in range(3)]
        busy = busy if self._moment == "busy" else []
        for thread in busy:
            thread.start()
        if busy:
            under_way.wait()
        children: list[int] = []
        if self._moment == "thread":
            forks = [threading.Thread(target=lambda n=n: children.append(self._fork(n))) for n in range(CHILDREN)]
            for thread in forks:
                thread.start()
                thread.join()
        else:
            children = [self._fork(number) for number in range(CHILDREN)]
        forked.set()
        self._ask("parent/after")
        for thread in busy:
            thread.join()
        for child in children:
            os.waitpid(child, 0)
        self._ask("parent/late", 3)
        self._close()


for moment, url in zip(SCENARIOS[::2], SCENARIOS[1::2], strict=True):
    Scenario(moment, url).play()
