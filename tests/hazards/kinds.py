"""Eight kinds of client behind one face: synchronous or not, through our HTTP client or through one of the caller's."""

from __future__ import annotations

import asyncio
import inspect
import os
from typing import TYPE_CHECKING, Any

import httpx
import httpx2
import pytest
from outcomes import outcome

import anthropic_models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

OURS = ["sync", "async", "sync Default", "async Default"]
"""Those that keep every promise: made by default, or given a `DefaultHttpxClient` or `DefaultAsyncHttpxClient`."""
GIVEN = ["sync httpx", "async httpx", "sync httpx2", "async httpx2"]
"""Those given a client of httpx or of httpx2, some of whose behaviour is that library's own."""
KINDS = [*OURS, *GIVEN]
KEY = "sk-ant-planted-0123456789abcdef"


class Api:
    """One kind of client, and how to use it; the asynchronous ones run in an event loop of their own.

    Attributes:
        is_async: Whether its calls are awaited.
        is_plain: Whether it is given no HTTP client.
        is_given: Whether it sends through a client of httpx or httpx2, which has a behaviour of its own.
        library: That library; httpx otherwise.
        http_kind: The class of the HTTP clients that it may be given.
    """

    def __init__(self, kind: str) -> None:
        way, _, http = kind.partition(" ")
        self.is_async, self.is_given = way == "async", kind in GIVEN
        self.library: Any = httpx2 if http == "httpx2" else httpx
        self.kind: Any = anthropic_models.AsyncAnthropic if self.is_async else anthropic_models.Anthropic
        ours = anthropic_models.DefaultAsyncHttpxClient if self.is_async else anthropic_models.DefaultHttpxClient
        theirs = self.library.AsyncClient if self.is_async else self.library.Client
        self.http_kind: Any = theirs if self.is_given else ours
        self.is_plain = not http
        self._runner = asyncio.Runner() if self.is_async else None
        self._clients: list[Any] = []

    def client(self, url: str, *, http: dict[str, Any] | None = None, **settings: Any) -> Any:
        """A client for this URL, closed when the test ends; `http` are arguments of its HTTP client."""
        settings = {"api_key": KEY, "base_url": url, "max_retries": 0, "timeout": 10, **settings}
        if not self.is_plain and "http_client" not in settings:
            settings["http_client"] = self.http(**(http or {}))
        self._clients.append(self.kind(**settings))
        return self._clients[-1]

    def http(self, **settings: Any) -> Any:
        """An HTTP client of the caller's, which follows redirects as ours do, for a client that closes it."""
        # Reading the machine's certificates takes its time.
        certificates = {"verify": "SSL_CERT_FILE" in os.environ} if self.is_given else {}
        return self.http_kind(**{"follow_redirects": True, **certificates, **settings})

    def hook(self, do: Callable[[Any], object]) -> Any:
        """An event hook for its HTTP client."""

        async def hook(value: Any) -> None:
            do(value)

        return hook if self.is_async else do

    def run(self, result: Any) -> Any:
        """The result of a call, awaited where it must be."""
        if self._runner is None or not inspect.isawaitable(result):
            return result
        return self._runner.run(_awaited(result))

    def inside(self, manager: Any, use: Callable[[Any], Any]) -> Any:
        """What `use` makes of that which a (async) context manager gives."""

        async def use_inside() -> Any:
            async with manager as value:
                result = use(value)
                return await result if inspect.isawaitable(result) else result

        if self.is_async:
            return self.run(use_inside())
        with manager as value:
            return use(value)

    def retrieve(self, client: Any, model_id: Any = "m", **arguments: Any) -> Any:
        """What `models.retrieve` gives."""
        return self.run(client.models.retrieve(model_id, **arguments))

    def error(self, client: Any, model_id: Any = "m", **arguments: Any) -> Any:
        """What `models.retrieve` raises."""
        with pytest.raises(Exception) as caught:  # the test looks at it
            self.retrieve(client, model_id, **arguments)
        return caught.value

    def outcomes(self, client: Any, names: Iterable[str], **arguments: Any) -> dict[str, Any]:
        """What `models.retrieve` gives or raises for each of these models."""
        return {name: outcome(self.retrieve, client, name, **arguments) for name in names}

    def close(self) -> None:
        """Close every client and the event loop."""
        for client in self._clients:
            self.run(client.close())
        if self._runner is not None:
            self._runner.close()


async def _awaited(result: Any) -> Any:
    return await result
