"""What every folder of tests may use: a recording server, both kinds of client behind one adapter, no real waiting."""

from __future__ import annotations

import asyncio
import functools
import inspect
import os
import random
import time
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from recording import RecordingServer
from trust import TLS

import anthropic_models

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

KEY = "sk-test-key"

pytest_plugins = ["arbiter"]  # holds every exchange of the suite to the fragment


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own keys, addresses and proxies stay out of every test."""
    for name in [*os.environ]:
        if name.upper().startswith("ANTHROPIC_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    """A server on a free port, which answers with a good model until a test plans something else."""
    with RecordingServer() as server:
        yield server


class Api:
    """Both kinds of client behind one face, so that one test body states the fact for both.

    Attributes:
        is_async: Which of the two this is.
    """

    def __init__(self, url: str, *, is_async: bool) -> None:
        self.is_async = is_async
        self.url = url
        self.client_class: Any = anthropic_models.AsyncAnthropic if is_async else anthropic_models.Anthropic
        self.http_class: Any = functools.partial(httpx.AsyncClient if is_async else httpx.Client, verify=TLS)
        self._runner = asyncio.Runner() if is_async else None
        self._clients: list[Any] = []

    def client(self, **settings: Any) -> Any:
        """A client for the recording server, closed when the test ends."""
        return self.keep(self.client_class(**{"api_key": KEY, "base_url": self.url, **settings}))

    def keep(self, client: Any) -> Any:
        """Close this one too when the test ends."""
        self._clients.append(client)
        return client

    def run(self, result: Any) -> Any:
        """The result of a call, which the asynchronous client's callers await."""
        if self._runner is None or not inspect.isawaitable(result):
            return result
        return self._runner.run(_awaited(result))

    def hook(self, do: Callable[[Any], object]) -> Any:
        """An event hook for an HTTP client of this kind."""

        async def hook(value: Any) -> None:
            do(value)

        return hook if self.is_async else do

    def retrieve(self, client: Any = None, /, model_id: Any = "m", **arguments: Any) -> Any:
        """What `models.retrieve` returns."""
        return self.run((client or self.client()).models.retrieve(model_id, **arguments))

    def inside(self, manager: Any, use: Callable[[Any], Any]) -> Any:
        """What `use` makes of that which a (async) context manager gives."""
        if not self.is_async:
            with manager as value:
                return use(value)

        async def use_inside() -> Any:
            async with manager as value:
                result = use(value)
                return await result if inspect.isawaitable(result) else result

        return self.run(use_inside())

    def close(self) -> None:
        """Close every client that was made here."""
        for client in self._clients:
            self.run(client.close())
        if self._runner is not None:
            self._runner.close()


async def _awaited(result: Awaitable[Any]) -> Any:
    return await result


@pytest.fixture(params=["sync", "async"])
def api(request: pytest.FixtureRequest, server: RecordingServer) -> Iterator[Api]:
    """Each kind of client in its turn."""
    api = Api(server.url, is_async=request.param == "async")
    yield api
    api.close()


class Naps(list[float]):
    """The seconds that nobody slept."""

    start_anew = list.clear


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> Naps:
    """The seconds that would have been slept between attempts; nobody sleeps, and chance is always 0."""
    naps = Naps()
    yield_to_loop = asyncio.sleep

    async def nap(seconds: float, result: object = None) -> object:
        if seconds:
            naps.append(seconds)
        return await yield_to_loop(0, result)

    monkeypatch.setattr(time, "sleep", naps.append)
    monkeypatch.setattr(asyncio, "sleep", nap)
    monkeypatch.setattr(anyio, "sleep", nap)
    monkeypatch.setattr(random, "random", lambda: 0.0)
    return naps
