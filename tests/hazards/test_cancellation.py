"""Cancelling an asynchronous call, dozens of times, leaves the client as good as new."""

import asyncio
import time

import httpx
import pytest
from recording import Answer, Hold

from anthropic_models import APITimeoutError, AsyncAnthropic, DefaultAsyncHttpxClient


def slow(peer):
    """An answer in pieces, so that calls can be cancelled anywhere in it."""
    good = Answer().encoded()
    peer.drip([good[:20], good[20:150], good[150:]], 0.003)


def half(peer):
    """A body that begins and does not go on."""
    peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{")
    peer.hold()


async def cancelled(client, name, count, at_once):
    """What becomes of calls that are cancelled after more and more turns of the event loop, or of the clock."""
    found = set()
    for start in range(0, count, at_once):
        tasks = [asyncio.ensure_future(client.models.retrieve(name)) for _ in range(at_once)]
        for number, task in enumerate(tasks):
            if (turn := start // at_once % 4) < 3:
                await asyncio.sleep(0.0002 * (number % 7) if turn == 1 else 0)
            task.cancel()
        found |= {type(result) for result in await asyncio.gather(*tasks, return_exceptions=True)}
    return found


async def cancelled_amid_the_body(client):
    """Five calls at once, each of which has begun to read."""
    begun = asyncio.Semaphore(0)

    async def read():
        async with client.models.with_streaming_response.retrieve("half") as response:
            begun.release()
            await response.read()

    tasks = [asyncio.ensure_future(read()) for _ in range(5)]
    for _ in tasks:
        await begun.acquire()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def held(server):
    """How many connections the server still has: its threads take their time to notice that the client has gone."""
    end = time.monotonic() + 10  # after 15 seconds the server closes them by itself
    while server.open > 5 and time.monotonic() < end:
        await asyncio.sleep(0.01)
    return server.open


@pytest.mark.parametrize("given", [False, True], ids=["own", "Default"])
def test_cancelled_and_late_calls_leave_the_client_as_good_as_new(serve, context, given):
    """Three calls succeed, and at most five connections stay, though more calls were made than the pool may have.

    A cancelled call raises CancelledError and is not tried again. A pool of httpx is dead by then (httpcore#1093).
    """
    answers = {"slow": slow, "silent": Hold, "half": half, "good": Answer()}
    server, at_once = serve(answers, context=context), 12 if context else 25

    def client():
        http = DefaultAsyncHttpxClient(limits=httpx.Limits(max_connections=10)) if given else None
        return AsyncAnthropic(api_key="k", base_url=server.url, http_client=http, timeout=20)

    async def three(client):
        assert [(await client.models.retrieve("good")).type for _ in range(3)] == ["model"] * 3

    async def run():
        async with client() as first:  # some of its calls succeed, so that others use their connections
            await cancelled(first, "slow", 4 * at_once, at_once)
            await three(first)
        assert await held(server) <= 5
        async with client() as second:
            assert await cancelled(second, "silent", 2 * at_once, at_once) == {asyncio.CancelledError}
            for _ in range(4):
                await cancelled_amid_the_body(second)
            once = second.with_options(max_retries=0, timeout=0.1)
            calls = [once.models.retrieve("silent") for _ in range(at_once)]
            errors = await asyncio.gather(*calls, return_exceptions=True)
            assert {type(error) for error in errors} == {APITimeoutError}
            await three(second)
            assert await held(server) <= 5

    asyncio.run(run())

    assert server.asked["silent"] <= 3 * at_once
