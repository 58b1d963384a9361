"""One client for many threads, copies that leave their parent alone, and one TLS context for all."""

from __future__ import annotations

import asyncio
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from hostile import MODEL, answer
from outcomes import outcome

from anthropic_models import Anthropic, AsyncAnthropic, DefaultAsyncHttpxClient, DefaultHttpxClient


def named(peer: Any) -> None:
    """An answer that says who asked."""
    name = peer.request.target.rpartition("/")[2]
    peer.send(answer({**MODEL, "id": name}))


@pytest.fixture
def reads(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Each time that certificates are read, in an environment that no test before has seen."""
    reads: list[Any] = []
    read = ssl.SSLContext.load_verify_locations
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *a, **k: (reads.append(a), read(*a, **k))[1])
    return reads


def test_sixteen_threads_on_a_fresh_client_share_it(serve: Any, tls: Any, reads: list[Any]) -> None:
    """Everybody gets the own answer over at most sixteen connections; certificates were read with the client."""
    server = serve(named, context=tls)
    client = Anthropic(api_key="k", base_url=server.url)
    before, start = len(reads), threading.Barrier(16)

    def ask(number: int) -> list[str]:
        start.wait()
        return [client.models.retrieve(f"{number}-{turn}").id for turn in range(5)]

    with client, ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(ask, range(16)))

    assert answers == [[f"{number}-{turn}" for turn in range(5)] for number in range(16)]
    assert (before, len(reads)) == (1, 1)
    assert server.connections <= 16


def test_an_asynchronous_client_reads_no_certificate_in_the_event_loop(serve: Any, tls: Any, reads: list[Any]) -> None:
    """It may be made in an executor, which is where such work belongs."""
    server = serve(named, context=tls)

    async def run() -> int:
        client = await asyncio.to_thread(AsyncAnthropic, api_key="k", base_url=server.url)
        before = len(reads)
        async with client:
            await client.models.retrieve("m")
        return len(reads) - before

    assert asyncio.run(run()) == 0


def test_a_hundred_clients_share_one_context(tls: Any, reads: list[Any]) -> None:
    """Of both kinds, and their copies."""
    clients = [kind(api_key="k") for kind in (Anthropic, AsyncAnthropic) for _ in range(50)]
    assert [client.copy().is_closed() for client in clients] == [False] * 100

    assert len(reads) == 1


def crowded(count: int) -> Any:
    """A script that answers only when so many calls are waiting for it at once."""
    crowd = threading.Barrier(count, timeout=15)

    def script(peer: Any) -> None:
        crowd.wait()
        named(peer)

    return script


def test_hundreds_of_calls_are_on_the_wire_at_once(serve: Any) -> None:
    """None waits for a connection before there are a thousand."""
    server = serve(crowded(400))

    async def run() -> list[str]:
        async with AsyncAnthropic(api_key="k", base_url=server.url, max_retries=0) as client:
            return [info.id for info in await asyncio.gather(*(client.models.retrieve(f"m{i}") for i in range(400)))]

    assert asyncio.run(run()) == [f"m{number}" for number in range(400)]


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_a_limit_of_connections_lets_calls_wait(serve: Any, is_async: bool) -> None:
    """Two connections carry twenty calls; a call that finds none free in time is a timeout."""
    kind = DefaultAsyncHttpxClient if is_async else DefaultHttpxClient
    server = serve(crowded(2))

    def client(**settings: Any) -> Any:
        http = kind(limits=httpx.Limits(max_connections=2))
        make = AsyncAnthropic if is_async else Anthropic
        return make(api_key="k", base_url=server.url, http_client=http, max_retries=0, **settings)

    assert together(client(), 20) == dict.fromkeys(range(20), "ModelInfo")
    assert server.connections == 2

    server.scripts = [lambda peer: peer.hold()]
    assert together(client(timeout=httpx.Timeout(0.3, pool=0.1)), 4) == dict.fromkeys(range(4), "APITimeoutError")
    assert server.connections == 4


def together(client: Any, count: int) -> dict[int, str]:
    """The kinds of what so many calls at once give or raise."""

    async def ask() -> dict[int, str]:
        async with client:
            calls = (client.models.retrieve(f"m{number}") for number in range(count))
            return dict(enumerate(map(name, await asyncio.gather(*calls, return_exceptions=True))))

    def name(each: Any) -> str:
        return type(each).__name__

    if isinstance(client, AsyncAnthropic):
        return asyncio.run(ask())
    with client, ThreadPoolExecutor(count) as threads:
        calls = [threads.submit(outcome, client.models.retrieve, f"m{number}") for number in range(count)]
        return {number: name(call.result()) for number, call in enumerate(calls)}
