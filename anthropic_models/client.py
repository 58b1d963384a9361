"""The client for blocking calls. Its twin for asyncio is in `async_client.py`, so that neither loads the other."""

from __future__ import annotations

import time
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
    from .models import Models
    from .transport.messages import Reply
    from .transport.sync_transport import SyncTransport

T = TypeVar("T", bound="Model")


class Anthropic(BaseClient[httpx.Client]):
    """A client of the Anthropic API for blocking calls. Safe to share between threads.

        client = Anthropic()
        client.models.retrieve("claude-sonnet-4-20250514").display_name

    Args:
        api_key: Sent as `x-api-key`; from ANTHROPIC_API_KEY where neither it nor `auth_token` is given.
        auth_token: Sent as `Authorization: Bearer`; from ANTHROPIC_AUTH_TOKEN likewise. Exactly one is sent.
        base_url: Where the API is; from ANTHROPIC_BASE_URL, else https://api.anthropic.com.
        timeout: Seconds that one attempt may take as a whole, connecting and reading included, or an
            `httpx.Timeout`, whose longest value bounds the whole; None waits for ever. Default: 60, to connect 5.
        max_retries: How many times a call is tried again after a failure that may pass. Default: 2.
        default_headers: Sent with every request; an `Omit()` value leaves a header out.
        default_query: Query parameters of every request.
        http_client: An `httpx.Client` to send through, with its proxies, hooks and limits; closed with this one.

    Raises:
        ValueError, TypeError: A setting cannot be used; the message names it.

    Source: https://docs.claude.com/en/api/client-sdks
    """

    _http_kind = httpx.Client
    _transport: SyncTransport
    _models: Callable[[], Models | None] = staticmethod(lambda: None)

    def _load(self) -> None:
        super()._load()
        from .models import Models
        from .transport.sync_transport import SyncTransport

        self._models_kind, self._transport_kind = Models, SyncTransport

    @property
    def models(self) -> Models:
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
        http_client: httpx.Client | None = None,
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

    def _send(self, call: Call[T], *, stream: bool = False) -> tuple[Reply, int]:
        """The answer to a call, and how many retries it took."""
        retries_taken = 0
        while True:
            try:
                return self._attempt(call, retries_taken, stream=stream), retries_taken
            except APIError as error:
                seconds = call.delay(error, retries_taken)
                if seconds is None:
                    raise
            time.sleep(seconds)
            retries_taken += 1

    def _attempt(self, call: Call[T], retries_taken: int, *, stream: bool) -> Reply:
        deadline = Deadline(call.timeout)
        target, visited = call.target, {call.target}
        while True:
            if self.is_closed():
                raise call.closed()
            request = call.request(target, retries_taken)
            try:
                reply = self._transport.fetch(request, deadline, stream=stream)
            except Exception as cause:  # hooks may raise anything; callers get one tree of errors
                raise call.failed(cause, request) from cause
            onward = call.onward(reply, visited)
            if onward is None:
                return reply
            target = onward

    def close(self) -> None:
        """Close the connections. A copy leaves those that it shares open."""
        self._is_closed = True
        if not self._shares_transport:
            self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


Client = Anthropic
