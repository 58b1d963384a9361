"""Cancelling an asynchronous call, hundreds of times, leaves the client as good as new."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hostile import answer
from waiting import descriptors, fewest

import anthropic_models

if TYPE_CHECKING:
    from hostile import Peer

pytestmark = pytest.mark.filterwarnings("error")
GIVEN = pytest.mark.parametrize("given", [False, True], ids=["own", "Default"])


def slow(peer: Peer) -> None:
    """An answer in pieces, so that calls can be cancelled anywhere in it."""
    good = answer()
    peer.drip([good[:20], good[20:150], good[150:]], 0.003)


def client_for(url: str, given: bool, **settings: Any) -> anthropic_models.AsyncAnthropic:
    """A client as it is made by default, or one whose HTTP client has few connections."""
    http = anthropic_models.DefaultAsyncHttpxClient(limits=httpx.Limits(max_connections=10)) if given else None
    return anthropic_models.AsyncAnthropic(
        api_key="k", base_url=url, http_client=http, **{"max_retries": 0, "timeout": 20, **settings}
    )


async def cancelled(client: anthropic_models.AsyncAnthropic, count: int, at_once: int = 50) -> None:
    """Calls that are cancelled after more and more turns of the event loop, or of the clock."""
    for start in range(0, count, at_once):
        tasks = [asyncio.ensure_future(client.models.retrieve("m")) for _ in range(at_once)]
        for number, task in enumerate(tasks):
            match (start // at_once) % 4:
                case 0:
                    await asyncio.sleep(0)
                case 1:
                    await asyncio.sleep(0.0002 * (number % 7))
                case 2 if number % 5 == 0:
                    await asyncio.sleep(0)
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@GIVEN
def test_after_two_hundred_cancelled_calls_three_succeed(serve: Any, given: bool) -> None:
    """And at most five descriptors more are open. A pool of httpx is dead by then (encode/httpcore#1093)."""
    server = serve(slow)

    async def run() -> list[str]:
        async with client_for(server.url, given) as client:
            await cancelled(client, 200)
            return [(await client.models.retrieve("m")).type for _ in range(3)]

    before = descriptors()

    assert asyncio.run(run()) == ["model"] * 3
    assert descriptors() - server.open <= before + 5


@GIVEN
def test_calls_that_are_cancelled_leave_no_connection_while_the_client_lives(serve: Any, given: bool) -> None:
    """None of them got an answer, so none of their connections can be kept."""
    server = serve(lambda peer: peer.hold())

    async def run() -> int:
        async with client_for(server.url, given) as client:
            await cancelled(client, 200)
            return await fewest(server, before + 8)  # an event loop has some of its own

    before = descriptors()

    assert asyncio.run(run()) <= before + 8


@GIVEN
def test_the_same_over_tls(serve: Any, tls: Any, given: bool) -> None:
    """A call that is cancelled in the middle of a handshake leaves nothing behind."""
    server = serve(slow, context=tls)

    async def run() -> str:
        async with client_for(server.url, given) as client:
            await cancelled(client, 60, 15)
            found = (await client.models.retrieve("m")).type
            await fewest(server, before + 5)
            return found

    before = descriptors()

    assert asyncio.run(run()) == "model"
    assert descriptors() - server.open <= before + 5


@GIVEN
def test_calls_that_are_cancelled_while_nobody_answers_do_not_hold_the_client(serve: Any, given: bool) -> None:
    """A silent server, and more calls than there are connections: once it answers, so does the client."""
    server = serve(lambda peer: peer.hold())

    async def run() -> str:
        async with client_for(server.url, given) as client:
            for _ in range(3):
                tasks = [asyncio.ensure_future(client.models.retrieve("m")) for _ in range(150)]
                await asyncio.sleep(0.05)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            server.scripts = [answer()]
            async with asyncio.timeout(20):
                return (await client.models.retrieve("m")).type

    assert asyncio.run(run()) == "model"


@GIVEN
def test_a_cancelled_call_raises_cancelled_error_at_once(serve: Any, given: bool) -> None:
    """Nothing of ours stands in for it, and nothing is retried."""
    server = serve(lambda peer: peer.hold())

    async def run() -> None:
        async with client_for(server.url, given, max_retries=5) as client:
            task = asyncio.ensure_future(client.models.retrieve("m"))
            while not server.requests:
                await asyncio.sleep(0.001)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(None) as limit:
                    ending = asyncio.ensure_future(end(limit))
                    await client.models.retrieve("m")
            await ending

    async def end(limit: asyncio.Timeout) -> None:
        while len(server.requests) < 2:
            await asyncio.sleep(0.001)
        limit.reschedule(0)

    asyncio.run(run())

    assert len(server.requests) == 2


@GIVEN
def test_timeouts_do_not_hold_the_client_either(serve: Any, given: bool) -> None:
    """A hundred calls that time out, and then one that succeeds."""
    server = serve(lambda peer: peer.hold())

    async def run() -> str:
        async with client_for(server.url, given) as client:
            calls = [client.models.retrieve("m", timeout=0.1) for _ in range(100)]
            errors = await asyncio.gather(*calls, return_exceptions=True)
            assert {type(error) for error in errors} == {anthropic_models.APITimeoutError}
            server.scripts = [answer()]
            return (await client.models.retrieve("m")).type

    assert asyncio.run(run()) == "model"


@GIVEN
def test_a_cancelled_streamed_answer_gives_its_connection_back(serve: Any, given: bool) -> None:
    """More of them than there are connections, cancelled while the body is read."""
    head = answer(length=False)[:-20].replace(b"\r\n\r\n", b"\r\ncontent-length: 500\r\n\r\n")
    server = serve(lambda peer: (peer.send(head), peer.hold()))

    async def run() -> str:
        async with client_for(server.url, given) as client:
            reading = 0

            async def read() -> None:
                nonlocal reading
                async with client.models.with_streaming_response.retrieve("m") as response:
                    reading += 1
                    await response.read()

            for turn in range(1, 5):
                tasks = [asyncio.ensure_future(read()) for _ in range(5)]
                while reading < 5 * turn:
                    await asyncio.sleep(0.001)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            server.scripts = [answer()]
            return (await client.models.retrieve("m")).type

    assert asyncio.run(run()) == "model"
