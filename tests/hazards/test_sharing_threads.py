"""One client for many threads, copies that leave their parent alone, and one TLS context for all."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from anthropic_models.transport.environment import tls_context
from hostile import MODEL, answer

from anthropic_models import Anthropic, AsyncAnthropic


def named(peer: Any) -> None:
    """An answer that says who asked."""
    name = peer.request.target.rpartition("/")[2]
    peer.send(answer({**MODEL, "id": name}))


def test_sixteen_threads_on_a_fresh_client_make_one_pool(serve: Any, tls: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One TLS context is made, and everybody gets the own answer over at most sixteen connections."""
    made = []
    create = httpx.create_ssl_context
    monkeypatch.setattr(
        httpx, "create_ssl_context", lambda *args, **kwargs: (made.append(1), create(*args, **kwargs))[1]
    )
    monkeypatch.setenv("SSL_CERT_DIR", "")  # nothing changes, but the state of the environment is a fresh one
    monkeypatch.setenv("SSLKEYLOGFILE", "/dev/null")
    server = serve(named, context=tls)
    client = Anthropic(api_key="k", base_url=server.url.replace("https", "http"))
    client.base_url = server.url
    made.clear()
    tls_context.__globals__["_tls_context"].cache_clear()
    start = threading.Barrier(16)

    def ask(number: int) -> list[str]:
        start.wait()
        return [client.models.retrieve(f"{number}-{turn}").id for turn in range(5)]

    with client, ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(ask, range(16)))

    assert answers == [[f"{number}-{turn}" for turn in range(5)] for number in range(16)]
    assert len(made) == 1
    assert server.connections <= 16


@pytest.mark.breaks_contract("a proxy is sent whole addresses")
def test_sixteen_threads_behind_a_proxy_make_one_httpx_client(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the way leads through httpx, there is one client of it."""
    made = []
    make = httpx.Client.__init__

    def counted(client: httpx.Client, *args: Any, **kwargs: Any) -> None:
        made.append(1)
        make(client, *args, **kwargs)

    monkeypatch.setattr(httpx.Client, "__init__", counted)
    server = serve(lambda peer: peer.send(answer()))
    monkeypatch.setenv("HTTP_PROXY", server.url)
    start = threading.Barrier(16)

    def ask(_: int) -> str:
        start.wait()
        return client.models.retrieve("m").type

    with Anthropic(api_key="k", base_url="http://some.example") as client, ThreadPoolExecutor(16) as threads:
        assert list(threads.map(ask, range(16))) == ["model"] * 16
    assert len(made) == 1


@pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])
def test_a_hundred_clients_share_one_context(kind: Any, tls: Any) -> None:
    """And copies, and both kinds."""
    before = tls_context()
    clients = [kind(api_key="k") for _ in range(100)]

    assert tls_context() is before
    assert len({id(client.copy()._transport) for client in clients}) == 100


def test_many_tasks_get_their_own_answers(serve: Any) -> None:
    """Three hundred at once on one asynchronous client, over at most a hundred connections."""
    server = serve(named)

    async def run() -> list[str]:
        async with AsyncAnthropic(api_key="k", base_url=server.url) as client:
            return [info.id for info in await asyncio.gather(*(client.models.retrieve(f"m{i}") for i in range(300)))]

    assert asyncio.run(run()) == [f"m{number}" for number in range(300)]
    assert server.connections <= 100
