"""The way to the API as a whole, for both kinds of client: over our own connections, or through httpx."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

import httpx
import pytest
from recording import MODEL, Answer, RecordingServer
from trust import TLS

from anthropic_models import APIConnectionError, APIResponseValidationError
from anthropic_models.transport import async_stack, async_transport, sync_transport
from anthropic_models.transport.async_transport import AsyncTransport, _Site
from anthropic_models.transport.messages import Origin, Reply, Request


def test_the_time_of_a_streamed_answer_is_measured(api: Any, server: RecordingServer) -> None:
    """Until its body begins: more than nothing, and no more than the call took; before it is known, it is nothing."""
    for settings in ({}, {"http_client": api.http_class()}):
        manager = api.client(**settings).models.with_streaming_response.retrieve("m")

        assert 0 < api.inside(manager, lambda response: response.elapsed.total_seconds()) < 30
    request = Request("GET", Origin("http", "h", 80, "h"), "/", {})
    assert Reply(request, 200, [], {}).as_httpx.elapsed.total_seconds() == 0


def test_a_connection_is_used_again_only_after_a_good_answer(api: Any, server: RecordingServer) -> None:
    """Not after one whose body was cut short within its length, nor after one that was streamed."""
    cut = Answer(body=gzip.compress(b'{"id": "x"}')[:-1], headers={"content-encoding": "gzip"})
    server.plan(Answer(), Answer(), cut)
    client = api.client()
    found = []
    for _ in range(2):
        api.retrieve(client)
        found.append(server.connections)
    with pytest.raises(APIResponseValidationError, match="cut short"):
        api.retrieve(client)
    found.append(server.connections)
    api.inside(client.models.with_streaming_response.retrieve("m"), lambda response: response.read())
    found.append(server.connections)
    api.retrieve(client)
    found.append(server.connections)

    assert found == [1, 1, 1, 2, 3]


def test_a_tool_in_httpx_sees_the_calls_of_its_own_kind(api: Any, server: RecordingServer, monkeypatch: Any) -> None:
    """One in the other kind of client changes nothing."""
    seen: list[str] = []

    def answer(_: Any, request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        return httpx.Response(200, json=MODEL)

    async def answer_async(transport: Any, request: httpx.Request) -> httpx.Response:
        return answer(transport, request)

    monkeypatch.setattr("anthropic_models.transport.routes.tls_context", lambda: TLS)
    client = api.client()
    ours, others = (httpx.HTTPTransport, "handle_request"), (httpx.AsyncHTTPTransport, "handle_async_request")
    if api.is_async:
        ours, others = others, ours
    for (owner, name), expected in ((others, 0), (ours, 1)):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, answer if "async" not in name else answer_async)
            api.retrieve(client)
        assert len(seen) == expected


def test_only_an_https_address_is_reached_over_tls(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the context for it; host and port as they are."""
    opened: list[Any] = []

    def open_one(*arguments: Any) -> Any:
        opened.append(arguments[:3])
        raise httpx.ConnectError("seen")

    for module in (sync_transport, async_transport):
        monkeypatch.setattr(module, "tls_context", lambda: "context")
    monkeypatch.setattr(sync_transport.Connection, "open", open_one)
    monkeypatch.setattr(async_stack.Connection, "open", open_one)
    for url in ("https://h.test", "http://h.test", "http://[::1]:81"):
        with pytest.raises(APIConnectionError, match="seen"):
            api.retrieve(api.client(base_url=url, max_retries=0))

    assert opened == [("h.test", 443, "context"), ("h.test", 80, None), ("::1", 81, None)]


def test_a_client_of_ours_is_closed_in_its_own_loop_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another loop's is left to that loop: its connections are not ours to touch."""
    monkeypatch.setattr("anthropic_models.transport.routes.tls_context", lambda: TLS)
    origin = Origin("http", "h.test", 80, "h.test")
    transport, sites = AsyncTransport(), []

    async def use(*, close: bool) -> None:
        site = transport._here().sites[origin] = _Site(origin)
        assert site.gate() is site.gate()
        sites.append(site)
        if close:
            await transport.close()

    with asyncio.Runner() as other, asyncio.Runner() as runner:
        other.run(use(close=False))
        runner.run(use(close=True))

        assert [site._client.is_closed for site in sites] == [False, True]  # type: ignore[union-attr]
        assert [site.stack.is_closed for site in sites] == [True, True]
        other.run(sites[0]._client.aclose())  # type: ignore[union-attr]


def test_the_loops_of_a_transport_that_are_closed_are_forgotten() -> None:
    """As soon as there is another."""
    transport = AsyncTransport()

    async def here() -> Any:
        return transport._here() is transport._here()

    assert [asyncio.run(here()), asyncio.run(here()), len(transport._loops)] == [True, True, 1]
