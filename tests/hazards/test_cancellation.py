"""A client still works after dozens of asynchronous calls were cancelled."""

import asyncio
import time

import httpx
import pytest
from recording import Answer, Hold

from anthropic_models import APITimeoutError, AsyncAnthropic, DefaultAsyncHttpxClient


def slow(peer):
    """A response in pieces, so that calls can be cancelled anywhere in it."""
    good = Answer().encoded()
    peer.drip([good[:20], good[20:150], good[150:]], 0.003)


def stalled(peer):
    """A response that stalls in its body."""
    peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{")
    peer.hold()


async def cancelled(client, name, count, at_once):
    """The types of the results of calls that are cancelled after a few turns of the event loop, or a few moments."""
    found = set()
    for start in range(0, count, at_once):
        tasks = [asyncio.ensure_future(client.models.retrieve(name)) for _ in range(at_once)]
        for number, task in enumerate(tasks):
            if (turn := start // at_once % 4) < 3:
                await asyncio.sleep(0.0002 * (number % 7) if turn == 1 else 0)
            task.cancel()
        found |= {type(result) for result in await asyncio.gather(*tasks, return_exceptions=True)}
    return found


async def cancelled_in_the_body(client):
    """Cancel five concurrent calls, each of which has begun to read its body."""
    begun = asyncio.Semaphore(0)

    async def read():
        async with client.models.with_streaming_response.retrieve("stalled") as response:
            begun.release()
            await response.read()

    tasks = [asyncio.ensure_future(read()) for _ in range(5)]
    for _ in tasks:
        await begun.acquire()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def open_connections(server):
    """How many connections the server still has; its threads need a moment to notice that the client has gone."""
    end = time.monotonic() + 10  # after 15 seconds the server closes them by itself
    while server.open > 5 and time.monotonic() < end:
        await asyncio.sleep(0.01)
    return server.open


@pytest.mark.parametrize("given", [False, True], ids=["own", "Default"])
def test_a_client_works_after_cancelled_and_timed_out_calls(serve, context, given):
    """A cancelled call is not retried; the next three calls succeed, with five open connections at most."""
    answers = {"slow": slow, "silent": Hold, "stalled": stalled, "good": Answer()}
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
        assert await open_connections(server) <= 5
        async with client() as second:
            assert await cancelled(second, "silent", 2 * at_once, at_once) == {asyncio.CancelledError}
            for _ in range(4):
                await cancelled_in_the_body(second)
            once = second.with_options(max_retries=0, timeout=0.1)
            calls = [once.models.retrieve("silent") for _ in range(at_once)]
            errors = await asyncio.gather(*calls, return_exceptions=True)
            assert {type(error) for error in errors} == {APITimeoutError}
            await three(second)
            assert await open_connections(server) <= 5

    asyncio.run(run())

    assert server.counts["silent"] <= 3 * at_once
