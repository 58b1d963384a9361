"""A program that forks while it uses a client, and prints what every process asked for and got, a line of JSON each.

python forking.py URL (sync|async|given) (idle|busy|thread|unused)
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx

from anthropic_models import Anthropic, AsyncAnthropic

URL, KIND, MOMENT = sys.argv[1:]
CALLS, CHILDREN = 15, 3

client = {
    "sync": lambda: Anthropic(api_key="k", base_url=URL, timeout=10),
    "async": lambda: AsyncAnthropic(api_key="k", base_url=URL, timeout=10),
    "given": lambda: Anthropic(api_key="k", base_url=URL, timeout=10, http_client=httpx.Client()),
}[KIND]()


def ask(name: str, calls: int = CALLS) -> None:
    """Ask again and again, and tell what came."""
    asked = [f"{name}-{number}" for number in range(calls)]
    if KIND == "async":
        got = asyncio.run(gathered(asked))
    elif name.startswith("child"):  # its threads race for what its parent left
        with ThreadPoolExecutor(4) as threads:
            got = list(threads.map(one, asked))
    else:
        got = [one(each) for each in asked]
    line = json.dumps({"process": name.split("/")[0], "asked": asked, "got": got})
    os.write(1, f"{line}\n".encode())  # in one piece, as others write, too


def one(name: str) -> str:
    """What a call gives, or how it fails."""
    try:
        return client.models.retrieve(name).id
    except Exception as error:  # noqa: BLE001  # told to the test
        return f"{type(error).__name__}: {error}"


async def gathered(names: list[str]) -> list[str]:
    """The same, five at a time."""
    found = []
    for start in range(0, len(names), 5):
        found += await asyncio.gather(*(client.models.retrieve(name) for name in names[start : start + 5]))
    return [each.id for each in found]


def fork(number: int) -> int:
    """A child that asks and ends."""
    process = os.fork()
    if process == 0:
        try:
            ask(f"child{number}")
            client.close() if KIND != "async" else asyncio.run(client.close())
        finally:
            sys.stdout.flush()
            os._exit(0)
    return process


def main() -> None:
    """Ask, fork, and ask in all processes at once."""
    if MOMENT != "unused":
        ask("parent/before", 3)
    # A thread's first and last use of OpenSSL takes locks that a fork would leave closed for ever, so all the threads
    # are in the middle of their calls while this one forks.
    under_way, forked = threading.Barrier(4), threading.Event()

    def keep_asking(number: int) -> None:
        ask(f"parent/{number}", 3)
        under_way.wait()
        while not forked.is_set():
            ask(f"parent/{number}-again", 5)

    busy = [threading.Thread(target=keep_asking, args=(number,)) for number in range(3)] if MOMENT == "busy" else []
    for thread in busy:
        thread.start()
    if busy:
        under_way.wait()
    children: list[int] = []
    if MOMENT == "thread":
        forks = [threading.Thread(target=lambda n=n: children.append(fork(n))) for n in range(CHILDREN)]
        for thread in forks:
            thread.start()
            thread.join()
    else:
        children = [fork(number) for number in range(CHILDREN)]
    forked.set()
    ask("parent/after")
    for thread in busy:
        thread.join()
    for child in children:
        os.waitpid(child, 0)
    ask("parent/late", 3)


main()
