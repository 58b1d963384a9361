"""Each bound of an `httpx.Timeout` ends its own step, where it is shorter than what the attempt has left."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from recording import Hold, RecordingServer

import anthropic_models
from anthropic_models import AnthropicError, APITimeoutError, AsyncAnthropic


def test_a_read_ends_by_its_own_timeout(api: Any, server: RecordingServer) -> None:
    """A server that says nothing costs the read timeout, though the attempt as a whole may take a minute."""
    server.fallback = Hold
    client = api.client(timeout=httpx.Timeout(60, read=0.05), max_retries=0)

    with pytest.raises(APITimeoutError, match=r"0\.05 seconds \(read\)") as caught:
        api.retrieve(client)
    assert isinstance(caught.value.__cause__, httpx.ReadTimeout)


def test_a_write_ends_by_its_own_timeout(server: RecordingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system takes no more bytes, the blocking client waits for as long as writing may take."""

    def never(sock: Any, _: bytes) -> None:
        assert 0 < sock.gettimeout() <= 0.05
        raise TimeoutError

    with anthropic_models.Anthropic(
        api_key="k", base_url=server.url, timeout=httpx.Timeout(60, write=0.05), max_retries=0
    ) as client:
        monkeypatch.setattr("socket.socket.sendall", never)
        with pytest.raises(APITimeoutError, match=r"0\.05 seconds \(write\)"):
            client.models.retrieve("m")


@pytest.mark.parametrize("through", ["own", "http_client"])
def test_waiting_for_a_place_ends_by_the_pool_timeout(
    server: RecordingServer, through: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every connection in use, one more call waits for as long as `pool` says, and is then told why."""
    monkeypatch.setattr("anthropic_models.transport.async_stack.MAX_CONNECTIONS", 1)
    http = httpx.AsyncClient(limits=httpx.Limits(max_connections=1)) if through == "http_client" else None

    async def calls() -> list[BaseException | object]:
        async with AsyncAnthropic(api_key="k", base_url=server.url, max_retries=0, http_client=http) as client:
            server.fallback = Hold
            first = asyncio.ensure_future(client.models.retrieve("first", timeout=httpx.Timeout(60, read=2)))
            while not server.requests:
                await asyncio.sleep(0.01)
            second = client.models.retrieve("second", timeout=httpx.Timeout(60, pool=0.05))
            results = await asyncio.gather(second, return_exceptions=True)
            first.cancel()
            return [*results, *await asyncio.gather(first, return_exceptions=True)]

    second, first = asyncio.run(calls())

    assert isinstance(second, APITimeoutError)
    assert "0.05 seconds (pool)" in str(second)
    assert isinstance(second.__cause__, httpx.PoolTimeout)
    assert isinstance(first, asyncio.CancelledError)
    assert len(server.requests) == 1


def test_a_place_that_is_left_is_taken(server: RecordingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty calls at once over one connection all get their answers, one after another."""
    monkeypatch.setattr("anthropic_models.transport.async_stack.MAX_CONNECTIONS", 1)

    async def calls() -> list[Any]:
        async with AsyncAnthropic(api_key="k", base_url=server.url, max_retries=0) as client:
            return await asyncio.gather(
                *(client.models.retrieve(str(each), timeout=httpx.Timeout(60, pool=30)) for each in range(20)),
                return_exceptions=True,
            )

    assert [each for each in asyncio.run(calls()) if isinstance(each, AnthropicError)] == []
    assert (len(server.requests), server.connections) == (20, 1)
