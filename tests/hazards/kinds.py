"""Four kinds of client behind one face: synchronous or not, with connections of their own or of the caller's."""

from __future__ import annotations

import asyncio
import inspect
import os
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from outcomes import outcome

import anthropic_models

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = ["sync", "async", "sync http_client", "async http_client"]
KEY = "sk-ant-planted-0123456789abcdef"


class Api:
    """One kind of client, and how to use it; the asynchronous ones run in an event loop of their own.

    Attributes:
        is_async: Whether its calls are awaited.
        is_given: Whether it sends through an httpx client of the caller's.
    """

    def __init__(self, kind: str) -> None:
        self.is_async, self.is_given = kind.startswith("async"), kind.endswith("http_client")
        self.kind: Any = anthropic_models.AsyncAnthropic if self.is_async else anthropic_models.Anthropic
        self.http_kind: Any = httpx.AsyncClient if self.is_async else httpx.Client
        self._runner = asyncio.Runner() if self.is_async else None
        self._clients: list[Any] = []

    def client(self, url: str, *, http: dict[str, Any] | None = None, **settings: Any) -> Any:
        """A client for this URL, closed when the test ends; `http` are arguments of the caller's httpx client."""
        settings = {"api_key": KEY, "base_url": url, "max_retries": 0, "timeout": 10, **settings}
        if self.is_given and "http_client" not in settings:  # reading the machine's certificates takes its time
            settings["http_client"] = self.http_kind(**{"verify": "SSL_CERT_FILE" in os.environ, **(http or {})})
        self._clients.append(self.kind(**settings))
        return self._clients[-1]

    def run(self, result: Any) -> Any:
        """The result of a call, awaited where it must be."""
        if self._runner is None or not inspect.isawaitable(result):
            return result
        return self._runner.run(_awaited(result))

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
