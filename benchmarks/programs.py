"""The programs that are measured. `warm` and `flight` print a figure for each line that they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .contenders import Code
    from .tracers import Tracer

MODEL_ID = "claude-sonnet-4-20250514"
CALLS = 100
"""Timed calls for each line that `warm` reads."""


def start(code: Code, url: str) -> str:
    """A user's first script. The process is measured from outside."""
    return f"""
{code.imports}
URL, model_id = {url!r}, {MODEL_ID!r}
client = {code.client}
print({code.call})
"""


def importing(statement: str) -> str:
    """CPU seconds of an import inside a fresh process."""
    return f"""
from time import process_time
begin = process_time()
{statement}
print(process_time() - begin)
"""


def warm(code: Code, url: str, tracer: Tracer) -> str:
    """CPU seconds of a blocking call."""
    return f"""
import sys
from time import process_time
{tracer.setup}
{code.imports}
URL = {url!r}
client = {code.client}
def ask(count):
    for model_id in [{MODEL_ID!r}] * count:
        {code.call}
ask({CALLS})
batches = 0
for _ in sys.stdin:
    ask(5)  # the connection may have expired meanwhile
    begin = process_time()
    with {tracer.around}:
        ask({CALLS})
    print((process_time() - begin) / {CALLS}, flush=True)
    batches += 1
assert seen is None or seen() >= batches * {CALLS}, "the tracer has not seen every call"
"""


def flight(code: Code, url: str, in_flight: int) -> str:
    """CPU seconds of an asyncio call with this many always in flight, each for a different id."""
    calls = max(CALLS, 2 * in_flight)
    return f"""
import asyncio, sys
from time import process_time
{code.imports}
URL = {url!r}
async def main():
    async with {code.client} as client:
        async def worker(ids):
            for model_id in ids:
                {code.call}
        async def ask(count):
            ids = (f"model-{{number:05}}" for number in range(count))
            await asyncio.gather(*(worker(ids) for _ in range({in_flight})))
        await ask({in_flight})
        for _ in sys.stdin:
            await ask({in_flight})  # connections may have expired meanwhile
            begin = process_time()
            await ask({calls})
            print((process_time() - begin) / {calls}, flush=True)
asyncio.run(main())
"""
