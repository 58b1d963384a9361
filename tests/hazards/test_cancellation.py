"""Cancelling an asynchronous call, hundreds of times, leaves the client as good as new."""

import asyncio
import os

import httpx
import pytest
from recording import Answer, Hold

from anthropic_models import APITimeoutError, AsyncAnthropic, DefaultAsyncHttpxClient

GIVEN = pytest.mark.parametrize("given", [False, True], ids=["own", "Default"])


def slow(peer):
    """An answer in pieces, so that calls can be cancelled anywhere in it."""
    good = Answer().encoded()
    peer.drip([good[:20], good[20:150], good[150:]], 0.003)


def client_for(server, given, **settings):
    """A client as it is made by default, or one whose HTTP client has few connections."""
    http = DefaultAsyncHttpxClient(limits=httpx.Limits(max_connections=10)) if given else None
    settings = {"max_retries": 0, "timeout": 20, **settings}
    return AsyncAnthropic(api_key="k", base_url=server.url, http_client=http, **settings)


def descriptors(server):
    """How many files and sockets this process has open, without those of the server."""
    return len(os.listdir("/proc/self/fd")) - server.open  # noqa: PTH208  # quicker, as others come and go


async def fewest(server, most):
    """How many descriptors are open, once it is no more than that, or at last."""
    for _ in range(200):
        if descriptors(server) <= most:
            break
        await asyncio.sleep(0.05)
    return descriptors(server)


async def cancelled(client, count, at_once=50):
    """What becomes of calls that are cancelled after more and more turns of the event loop, or of the clock."""
    found = set()
    for start in range(0, count, at_once):
        tasks = [asyncio.ensure_future(client.models.retrieve("m")) for _ in range(at_once)]
        for number, task in enumerate(tasks):
            if (turn := start // at_once % 4) < 3:
                await asyncio.sleep(0.0002 * (number % 7) if turn == 1 else 0)
            task.cancel()
        found |= {type(result) for result in await asyncio.gather(*tasks, return_exceptions=True)}
    return found


@GIVEN
@pytest.mark.parametrize(("secure", "count", "at_once"), [(False, 200, 50), (True, 60, 15)], ids=["plain", "TLS"])
def test_after_hundreds_of_cancelled_calls_three_succeed(serve, tls, given, secure, count, at_once):
    """And at most five descriptors more are open. A pool of httpx is dead by then (encode/httpcore#1093)."""
    server = serve(slow, context=tls if secure else None)

    async def run():
        async with client_for(server, given) as client:
            await cancelled(client, count, at_once)
            found = [(await client.models.retrieve("m")).type for _ in range(3)]
        await fewest(server, before + 5)
        return found

    before = descriptors(server)

    assert asyncio.run(run()) == ["model"] * 3
    assert descriptors(server) <= before + 5


@GIVEN
def test_calls_that_are_cancelled_or_time_out_do_not_hold_the_client(server, given):
    """More of them than there are connections, also in the middle of a body: none of those is kept, and it goes on.

    A cancelled call raises CancelledError, nothing of ours, and is not tried again.
    """
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"
    server.fallback = {"silent": Hold, "m": Hold, "streamed": lambda peer: (peer.send(head), peer.hold())}
    reading = 0

    async def read(client):
        nonlocal reading
        async with client.models.with_streaming_response.retrieve("streamed") as response:
            reading += 1
            await response.read()

    async def run():
        async with client_for(server, given, max_retries=5) as client:
            assert await cancelled(client, 100) == {asyncio.CancelledError}
            for turn in range(1, 5):
                tasks = [asyncio.ensure_future(read(client)) for _ in range(5)]
                while reading < 5 * turn:
                    await asyncio.sleep(0.001)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            once = client.with_options(max_retries=0, timeout=0.1)
            calls = [once.models.retrieve("silent") for _ in range(50)]
            errors = await asyncio.gather(*calls, return_exceptions=True)
            assert {type(error) for error in errors} == {APITimeoutError}
            left = await fewest(server, before + 8)  # an event loop has some of its own
            server.fallback = Answer()
            async with asyncio.timeout(20):
                return left, (await client.models.retrieve("m")).type

    before = descriptors(server)
    left, found = asyncio.run(run())

    assert left <= before + 8
    assert found == "model"
    assert server.asked["m"] <= 100 + 1
