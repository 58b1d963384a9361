"""Calls through an httpx client: what is left of them when nobody waits any more, and when one is taken at all."""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import Any

import httpx
import pytest

from anthropic_models import Anthropic, APITimeoutError, AsyncAnthropic
from anthropic_models.transport.routes import is_patched


def test_a_transport_that_tells_nothing_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is not httpx's says nothing of where it is: a little later than its call, it is cancelled itself."""
    monkeypatch.setattr("anthropic_models.transport.async_through._GRACE", 0.01)
    told: list[str] = []

    class Silent(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            told.append("asked")
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                told.append("cancelled")
                raise
            raise AssertionError("nobody cancelled it")

    async def cancelled() -> None:
        http = httpx.AsyncClient(transport=Silent())
        async with AsyncAnthropic(api_key="k", base_url="http://models.test", http_client=http) as client:
            call = asyncio.ensure_future(client.models.retrieve("m"))
            while not told:
                await asyncio.sleep(0)
            call.cancel()
            await asyncio.wait([call])
            assert told == ["asked"]
            while len(told) == 1:
                await asyncio.sleep(0.01)

    asyncio.run(cancelled())

    assert told == ["asked", "cancelled"]


def test_a_streamed_answer_that_comes_too_late_is_closed() -> None:
    """The call has ended with its timeout by then, so nobody else would close it."""
    free, closed = threading.Event(), threading.Event()

    class Body(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            yield b"{}"

        def close(self) -> None:
            closed.set()

    def late(_: httpx.Request) -> httpx.Response:
        free.wait(10)
        return httpx.Response(200, stream=Body())

    http = httpx.Client(transport=httpx.MockTransport(late))
    with Anthropic(api_key="k", base_url="http://models.test", http_client=http, max_retries=0) as client:
        with (
            pytest.raises(APITimeoutError),
            client.models.with_streaming_response.retrieve("m", timeout=0.02),
        ):
            raise AssertionError("the answer came in time")
        free.set()

        assert closed.wait(10)


def test_what_was_never_loaded_is_not_patched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has loaded httpcore, looking for a tool in it does not load it either."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "httpcore"]:
        monkeypatch.delitem(sys.modules, name)

    assert [is_patched(asynchronous=kind) for kind in (False, True)] == [False, False]
    assert "httpcore" not in sys.modules


@pytest.mark.parametrize("kind", [False, True])
def test_a_tool_in_httpcore_is_seen(kind: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the pool of that kind of client, and not in the other's."""
    import httpcore

    pool, name = (
        (httpcore.AsyncConnectionPool, "handle_async_request") if kind else (httpcore.ConnectionPool, "handle_request")
    )
    monkeypatch.setattr(pool, name, lambda *_: None)

    assert [is_patched(asynchronous=kind), is_patched(asynchronous=not kind)] == [True, False]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_streamed_body_is_not_read_before_it_is_asked_for(kind: str) -> None:
    """Through an httpx client too: a block that looks at the status alone reads nothing."""
    read: list[str] = []

    class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Any:
            read.append("read")
            yield b"{}"

        async def __aiter__(self) -> Any:
            read.append("read")
            yield b"{}"

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Body()))

    async def look() -> list[Any]:
        http = httpx.AsyncClient(transport=transport)
        async with (
            AsyncAnthropic(api_key="k", base_url="http://models.test", http_client=http) as client,
            client.models.with_streaming_response.retrieve("m") as response,
        ):
            return [response.status_code, *read, await response.read(), *read]

    def look_blocking() -> list[Any]:
        http = httpx.Client(transport=transport)
        with (
            Anthropic(api_key="k", base_url="http://models.test", http_client=http) as client,
            client.models.with_streaming_response.retrieve("m") as response,
        ):
            return [response.status_code, *read, response.read(), *read]

    assert (asyncio.run(look()) if kind == "async" else look_blocking()) == [200, b"{}", "read"]


def test_the_time_of_an_answer_is_measured(api: Any, server: Any) -> None:
    """On our own connections and through an httpx client: more than nothing, and no more than the call took."""
    for settings in ({}, {"http_client": api.http_class(verify=False)}):
        response = api.run(api.client(**settings).models.with_raw_response.retrieve("m"))

        assert 0 < response.elapsed.total_seconds() < 30


def test_a_streamed_answer_that_comes_after_its_call_was_cancelled_is_closed() -> None:
    """Its task goes on where it cannot be cancelled; nobody else would close what it brings."""
    told: list[str] = []

    class Body(httpx.AsyncByteStream):
        async def __aiter__(self) -> Any:
            yield b"{}"

        async def aclose(self) -> None:
            told.append("closed")

    async def cancelled() -> None:
        free = asyncio.Event()

        async def late(request: httpx.Request) -> httpx.Response:
            await request.extensions["trace"]("connection.connect_tcp.started", {})
            told.append("asked")
            await free.wait()
            return httpx.Response(200, stream=Body())

        http = httpx.AsyncClient(transport=httpx.MockTransport(late))
        async with AsyncAnthropic(api_key="k", base_url="http://models.test", http_client=http) as client:
            call = asyncio.ensure_future(client.models.with_streaming_response.retrieve("m").__aenter__())
            while not told:
                await asyncio.sleep(0)
            call.cancel()
            await asyncio.wait([call])
            free.set()
            async with asyncio.timeout(10):
                while "closed" not in told:
                    await asyncio.sleep(0)

    asyncio.run(cancelled())

    assert told == ["asked", "closed"]


def test_a_streamed_body_that_stalls_ends_with_the_timeout() -> None:
    """Whatever the client's transport makes of timeouts: the reader is told in time."""
    free = threading.Event()

    class Body(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            yield b"{"
            free.wait(10)

    http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=Body())))
    with (
        Anthropic(api_key="k", base_url="http://models.test", http_client=http, max_retries=0) as client,
        client.models.with_streaming_response.retrieve("m", timeout=0.2) as response,
    ):
        pieces = response.iter_bytes()
        assert next(pieces) == b"{"
        with pytest.raises(APITimeoutError, match=r"no answer within 0\.2 seconds"):
            next(pieces)
        free.set()
