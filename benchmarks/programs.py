"""The programs that are measured, one process each. Each prints what it measured; the last line is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .contenders import Contender

MODEL_ID = "claude-sonnet-4-20250514"


def start(contender: Contender, url: str) -> str:
    """What a user's first script is; the process is measured from outside."""
    return f"""
{contender.imports}
URL, model_id = {url!r}, {MODEL_ID!r}
client = {contender.client}
print({contender.call})
"""


def importing(statement: str) -> str:
    """CPU seconds of an import, inside a fresh process: those of the clock, but for what else the machine does."""
    return f"""
from time import process_time
begin = process_time()
{statement}
print(process_time() - begin)
"""


def warm(contender: Contender, url: str, calls: int) -> str:
    """CPU seconds of a blocking call, after 200 others."""
    return f"""
from time import process_time
{contender.imports}
URL = {url!r}
client = {contender.client}
def call(model_id):
    return {contender.call}
for _ in range(200):
    call({MODEL_ID!r})
begin = process_time()
for _ in range({calls}):
    call({MODEL_ID!r})
print((process_time() - begin) / {calls})
"""


def fan_out(contender: Contender, url: str, *, in_flight: int, calls: int, warm_up: int) -> str:
    """CPU seconds of an asyncio call with so many in flight all the time, each for an id of its own."""
    return f"""
import asyncio
from time import process_time
{contender.async_imports}
URL = {url!r}
async def main():
    async with {contender.async_client} as client:
        async def worker(ids):
            for model_id in ids:
                {contender.async_call}
        async def ask(count):
            ids = (f"model-{{number:05}}" for number in range(count))
            await asyncio.gather(*(worker(ids) for _ in range({in_flight})))
        await ask({warm_up})
        begin = process_time()
        await ask({calls})
        print((process_time() - begin) / {calls})
asyncio.run(main())
"""


def clients(contender: Contender, url: str, *, clients: int, asked: int) -> str:
    """CPU seconds to make clients and ask through them in turn, where nothing listens."""
    client = contender.client
    if contender.no_retries:
        client = f"{client.removesuffix(')')}, {contender.no_retries})"
    return f"""
from time import process_time
{contender.imports}
URL, model_id = {url!r}, {MODEL_ID!r}
def call(client):
    try:
        {contender.call}
    except Exception as error:
        assert "Connect" in type(error).__name__, repr(error)
    else:
        raise AssertionError("something listens at " + URL)
begin = process_time()
clients = [{client} for _ in range({clients})]
for number in range({asked}):
    call(clients[number % {clients}])
print(process_time() - begin)
"""
