"""Nothing hopeless is retried, and request counts are exact."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hostile import answer

from anthropic_models import APIConnectionError, APIError


@pytest.mark.parametrize(
    ("status", "headers", "count"),
    [
        (408, [], 3), (409, [], 3), (429, [], 3), (500, [], 3), (502, [], 3), (503, [], 3), (504, [], 3),
        (529, [], 3), (599, [], 3),
        (501, [], 1), (505, [], 1), (400, [], 1), (401, [], 1), (403, [], 1), (404, [], 1), (413, [], 1),
        (422, [], 1), (418, [], 1),
        (304, [], 1), (300, [], 1), (200, [], 1), (204, [], 1),
        (400, [("x-should-retry", "true")], 3), (429, [("x-should-retry", "false")], 1),
        (429, [("x-should-retry", "maybe")], 3),
    ],
)  # fmt: skip
def test_the_number_of_requests_is_exact(
    any_api: Any, serve: Any, naps: list[float], status: int, headers: list[tuple[str, str]], count: int
) -> None:
    """Two retries where one may help, none where it cannot; each tells which attempt it is."""
    server = serve(answer({} if status not in (204, 304) else b"", status, headers))

    assert isinstance(any_api.error(any_api.client(server.url, max_retries=2)), APIError)
    assert [each.values("x-stainless-retry-count") for each in server.requests] == [[str(i)] for i in range(count)]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_broken_connections_are_retried(any_api: Any, serve: Any, naps: list[float], count: int) -> None:
    """As often as was asked for, each on a connection of its own."""
    server = serve(lambda peer: peer.reset())

    assert type(any_api.error(any_api.client(server.url, max_retries=count))) is APIConnectionError
    assert (len(server.requests), server.connections) == (count + 1, count + 1)


def test_a_closed_client_sends_nothing(any_api: Any, serve: Any, naps: list[float]) -> None:
    """One clear error, without a retry; the same where the http_client was closed behind its back."""
    server = serve()
    for close in (lambda client: client, lambda client: client._transport._given or client):
        client = any_api.client(server.url, max_retries=2)
        victim = close(client)
        any_api.run(victim.aclose() if isinstance(victim, httpx.AsyncClient) else victim.close())

        error = any_api.error(client)

        assert type(error) is APIConnectionError
        assert "closed" in str(error)
        assert (server.connections, naps) == (0, [])


def test_a_scheme_that_cannot_be_sent_is_tried_once(given_api: Any, naps: list[float]) -> None:
    """A hook of the caller's that breaks the request gets its error back, once."""
    tried: list[str] = []

    def hook(request: httpx.Request) -> None:
        tried.append(str(request.url))
        request.url = httpx.URL("gopher://h/")

    async def async_hook(request: httpx.Request) -> None:
        hook(request)

    hooks = {"event_hooks": {"request": [async_hook if given_api.is_async else hook]}}
    error = given_api.error(given_api.client("http://127.0.0.1:1", http=hooks, max_retries=2))

    assert type(error) is APIConnectionError
    assert (len(tried), naps) == (1, [])


@pytest.mark.parametrize(
    "error", [ValueError, RuntimeError, KeyError, httpx.InvalidURL, httpx.StreamClosed, httpx.CookieConflict]
)
def test_what_a_hook_raises_is_an_error_of_the_tree_once(
    given_api: Any, serve: Any, naps: list[float], error: Any
) -> None:
    """Also the exceptions of httpx that are no httpx.HTTPError."""
    server = serve()

    def hook(_: httpx.Response) -> None:
        raise error() if error is httpx.StreamClosed else error("boo")

    async def async_hook(response: httpx.Response) -> None:
        hook(response)

    hooks = {"event_hooks": {"response": [async_hook if given_api.is_async else hook]}}

    raised = given_api.error(given_api.client(server.url, http=hooks, max_retries=2))

    assert type(raised) is APIConnectionError
    assert isinstance(raised.__cause__, error)
    assert (len(server.requests), naps) == (1, [])
