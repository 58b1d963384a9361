"""The client for asyncio. Everything about it that neither sends nor waits is shared with `client.py`."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Self, TypeVar

import httpx

from .base_client import BaseClient
from .errors import APIError
from .secrets import hidden
from .sentinels import NotGiven, Omit, not_given
from .transport.deadlines import Deadline

if TYPE_CHECKING:
    from ._generated import Model
    from .calls import Call
    from .models import AsyncModels
    from .transport.async_transport import AsyncTransport
    from .transport.messages import Reply

T = TypeVar("T", bound="Model")


class AsyncAnthropic(BaseClient[httpx.AsyncClient]):
    """A client of the Anthropic API for asyncio. Safe to share between tasks, threads and event loops.

        client = AsyncAnthropic()
        (await client.models.retrieve("claude-sonnet-4-20250514")).display_name

    Args:
        api_key, auth_token, base_url, timeout, max_retries, default_headers, default_query: As for `Anthropic`.
        http_client: An `httpx.AsyncClient` to send through; closed with this one.
    """

    _http_kind = httpx.AsyncClient
    _transport: AsyncTransport
    _models: Callable[[], AsyncModels | None] = staticmethod(lambda: None)

    def _load(self) -> None:
        super()._load()
        from .models import AsyncModels
        from .transport.async_transport import AsyncTransport

        self._models_kind, self._transport_kind = AsyncModels, AsyncTransport

    @property
    def models(self) -> AsyncModels:
        """What the API knows about models; the same object for as long as somebody holds it."""
        models = self._models()
        if models is None:
            models = self._models_kind(self)
            self._models = weakref.ref(models)  # weakly, or the two would keep each other alive, and connections open
        return models

    def copy(
        self,
        *,
        api_key: str | None = None,
        auth_token: str | None = None,
        base_url: str | httpx.URL | None = None,
        timeout: float | httpx.Timeout | NotGiven | None = not_given,
        http_client: httpx.AsyncClient | None = None,
        max_retries: int | NotGiven = not_given,
        default_headers: Mapping[str, str | Omit] | None = None,
        set_default_headers: Mapping[str, str | Omit] | None = None,
        default_query: Mapping[str, object] | None = None,
        set_default_query: Mapping[str, object] | None = None,
    ) -> Self:
        """A client with these settings changed. It shares the connections of this one, and closes nothing of it.

        `default_…` are merged with the present ones, `set_default_…` replace them.
        """
        changes = hidden(locals())
        del api_key, auth_token  # a traceback may show local variables
        return self._copied(**changes)

    with_options = copy

    async def _send(self, call: Call[T], *, stream: bool = False) -> tuple[Reply, int]:
        """The answer to a call, and how many retries it took."""
        retries_taken = 0
        while True:
            try:
                return await self._attempt(call, retries_taken, stream=stream), retries_taken
            except APIError as error:
                seconds = call.delay(error, retries_taken)
                if seconds is None:
                    raise
            await asyncio.sleep(seconds)
            retries_taken += 1

    async def _attempt(self, call: Call[T], retries_taken: int, *, stream: bool) -> Reply:
        deadline = Deadline(call.timeout)
        target, visited = call.target, {call.target}
        while True:
            if self.is_closed():
                raise call.closed()
            request = call.request(target, retries_taken)
            try:
                reply = await self._transport.fetch(request, deadline, stream=stream)
            except Exception as cause:  # hooks may raise anything; callers get one tree of errors
                raise call.failed(cause, request) from cause
            onward = call.onward(reply, visited)
            if onward is None:
                return reply
            target = onward

    async def close(self) -> None:
        """Close the connections. A copy leaves those that it shares open."""
        self._is_closed = True
        if not self._shares_transport:
            await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


AsyncClient = AsyncAnthropic
