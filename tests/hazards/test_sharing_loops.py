"""One asynchronous client in one event loop after another, in several at once, and closed amid calls."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hostile import MODEL, answer

from anthropic_models import Anthropic, AnthropicError, AsyncAnthropic


def named(peer: Any) -> None:
    """An answer that says who asked."""
    peer.send(answer({**MODEL, "id": peer.request.target.rpartition("/")[2]}))


async def ask(client: AsyncAnthropic, *names: str) -> list[str]:
    """What the calls of these names give, at once."""
    return [info.id for info in await asyncio.gather(*(client.models.retrieve(name) for name in names))]


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_one_client_works_over_several_runs(serve: Any, tls: Any, secure: bool) -> None:
    """Each asyncio.run has an event loop of its own, and all get their answers."""
    client = AsyncAnthropic(api_key="k", base_url=serve(named, context=tls if secure else None).url)

    assert [asyncio.run(ask(client, f"a{turn}", f"b{turn}")) for turn in range(5)] == [
        [f"a{turn}", f"b{turn}"] for turn in range(5)
    ]
    asyncio.run(client.close())


def test_closed_event_loops_are_forgotten(serve: Any) -> None:
    """A client that lives on does not keep them, nor their connections."""
    server = serve(named)
    client = AsyncAnthropic(api_key="k", base_url=server.url)
    loops: list[weakref.ref[asyncio.AbstractEventLoop]] = []
    for _ in range(5):
        with asyncio.Runner() as runner:
            loops.append(weakref.ref(runner.get_loop()))
            runner.run(ask(client, *"abcdefgh"))
    asyncio.run(ask(client, "a"))
    gc.collect()

    assert [loop() is None for loop in loops] == [True] * 5
    asyncio.run(client.close())


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_one_client_works_in_several_loops_at_once(serve: Any, tls: Any, secure: bool) -> None:
    """Eight threads with an event loop each; every call gets its own answer."""
    client = AsyncAnthropic(api_key="k", base_url=serve(named, context=tls if secure else None).url)
    start = threading.Barrier(8)

    def run(number: int) -> bool:
        start.wait()
        wanted = [f"{number}-{turn}" for turn in range(8)]
        return asyncio.run(ask(client, *wanted)) == wanted

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(run, range(8))) == [True] * 8
    asyncio.run(client.close())


def test_an_asynchronous_client_that_is_closed_amid_calls_ends_them(serve: Any) -> None:
    """In its own loop and in another: each call gives its answer or an error of ours, and none hangs."""

    def slow(peer: Any) -> None:
        whole = answer()
        peer.drip([whole[:30], whole[30:]], 0.02)

    client = AsyncAnthropic(api_key="k", base_url=serve(slow).url, max_retries=2, timeout=30)
    begun = threading.Event()

    async def call() -> str:
        try:
            return (await client.models.retrieve("m")).type
        except AnthropicError as error:
            return type(error).__name__

    async def many() -> list[str]:
        tasks = [asyncio.ensure_future(call()) for _ in range(60)]
        await asyncio.sleep(0.01)
        begun.set()
        return await asyncio.gather(*tasks)

    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(asyncio.run, many()) for _ in range(2)]
        begun.wait()
        asyncio.run(client.close())
        got = {name for run in runs for name in run.result(40)}

    assert got <= {"model", "APIConnectionError"}
    assert client.is_closed()


def test_a_client_that_is_closed_amid_calls_of_threads_ends_them(serve: Any) -> None:
    """Each call gives its answer or an error of ours, and afterwards none is sent."""

    def slow(peer: Any) -> None:
        whole = answer()
        peer.drip([whole[:30], whole[30:]], 0.01)

    server = serve(slow)
    client = Anthropic(api_key="k", base_url=server.url, max_retries=2, timeout=30)
    answered = threading.Event()

    def call(_: int) -> set[str]:
        got = set()
        while True:
            try:
                got.add(client.models.retrieve("m").type)
                answered.set()
            except AnthropicError as error:
                return got | {type(error).__name__}

    with ThreadPoolExecutor(8) as threads:
        runs = [threads.submit(call, number) for number in range(8)]
        assert answered.wait(40)
        client.close()
        got = set().union(*(run.result(40) for run in runs))
    sent = len(server.requests)

    assert got == {"model", "APIConnectionError"}
    with pytest.raises(AnthropicError, match="closed"):
        client.models.retrieve("m")
    assert len(server.requests) == sent
