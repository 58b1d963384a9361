"""One client in many threads, in several event loops, and closed during calls."""

import asyncio
import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from cases import outcome
from kinds import Kind
from programs import echo_id
from recording import Answer

from anthropic_models import Anthropic, AnthropicError, APITimeoutError, AsyncAnthropic
from anthropic_models.types import ModelInfo


async def retrieve_all(client, *names):
    """The ids that concurrent calls for these names return."""
    return [info.id for info in await asyncio.gather(*map(client.models.retrieve, names))]


def test_sixteen_threads_share_a_new_client(serve, context):
    """Each thread gets its own responses, over sixteen connections at most."""
    server, start = serve(echo_id, context=context), threading.Barrier(16)

    def in_thread(number):
        start.wait()
        return [client.models.retrieve(f"{number}-{turn}").id for turn in range(3)]

    with Anthropic(api_key="k", base_url=server.url) as client, ThreadPoolExecutor(16) as threads:
        found = list(threads.map(in_thread, range(16)))

    assert found == [[f"{number}-{turn}" for turn in range(3)] for number in range(16)]
    assert server.connections <= 16


def test_one_client_works_in_several_loops(serve, context):
    """It works in one loop after another, and in four threads at once; closed loops are garbage-collected."""
    server, start = serve(echo_id, context=context), threading.Barrier(4)
    client = AsyncAnthropic(api_key="k", base_url=server.url)
    loops = []

    def in_loop(number):
        wanted = [f"{number}-{turn}" for turn in range(4)]
        with asyncio.Runner() as runner:
            loops.append(weakref.ref(runner.get_loop()))
            return runner.run(retrieve_all(client, *wanted)) == wanted

    def in_thread(number):
        start.wait()
        return in_loop(number)

    assert [in_loop(number) for number in range(2)] == [True] * 2
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(in_thread, range(4))) == [True] * 4
    asyncio.run(retrieve_all(client, "a"))
    gc.collect()
    assert [loop() is None for loop in loops] == [True] * 6
    asyncio.run(client.close())


def test_closing_a_client_ends_its_calls(api, server):
    """Calls in threads and event loops return a model or raise an error of this package; none is sent afterwards."""
    whole, answered = Answer().encoded(), threading.Event()
    server.fallback = lambda peer: peer.drip([whole[:30], whole[30:]], 0.01)
    client = api.client(max_retries=2, timeout=30)

    def until_it_fails(_):
        mine, got = Kind(api.kind, server.url), set()
        while True:
            try:
                got.add(mine.retrieve(client).type)
                answered.set()
            except AnthropicError as error:
                mine.close()
                return got | {type(error).__name__}

    with ThreadPoolExecutor(8) as threads:
        runs = threads.map(until_it_fails, range(8), timeout=40)
        assert answered.wait(40)
        api.run(client.close())
        got = set().union(*runs)
    sent = len(server.requests)

    assert got == {"model", "APIConnectionError"}
    assert "closed" in str(api.error(client))
    assert len(server.requests) == sent


def crowded(count):
    """Respond only when this many calls are waiting."""
    crowd = threading.Barrier(count, timeout=15)
    return lambda peer: (crowd.wait(), echo_id(peer))


def together(client, count):
    """The types of what this many concurrent calls return or raise."""
    names = [f"m{number}" for number in range(count)]

    async def gather():
        async with client:
            return await asyncio.gather(*map(client.models.retrieve, names), return_exceptions=True)

    if isinstance(client, AsyncAnthropic):
        return [type(each) for each in asyncio.run(gather())]
    with client, ThreadPoolExecutor(count) as threads:
        return [type(each) for each in threads.map(lambda name: outcome(client.models.retrieve, name), names)]


def test_more_than_a_hundred_calls_run_at_once(server):
    """None waits for a connection; a connection pool of httpx has a hundred only."""
    server.fallback = crowded(120)
    client = AsyncAnthropic(api_key="k", base_url=server.url, max_retries=0)

    assert together(client, 120) == [ModelInfo] * 120


def test_a_connection_limit_makes_calls_wait(our_api, server):
    """Two connections carry twenty calls; a call that gets none in time is a timeout; keep-alive can be turned off."""
    server.fallback = crowded(2)
    client = our_api.client(http={"limits": httpx.Limits(max_connections=2)})
    assert together(client, 20) == [ModelInfo] * 20
    assert server.connections == 2

    server.fallback = lambda peer: (peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"), peer.hold())
    client = our_api.client(http={"limits": httpx.Limits(max_connections=1)}, timeout=httpx.Timeout(20, pool=0.05))
    with our_api.streamed(client), pytest.raises(APITimeoutError, match="pool"):
        our_api.retrieve(client)
    assert server.connections == 3

    server.fallback = Answer()
    client = our_api.client(http={"limits": httpx.Limits(max_keepalive_connections=0)})
    assert [our_api.retrieve(client).type for _ in range(2)] == ["model"] * 2
    assert server.connections == 5
