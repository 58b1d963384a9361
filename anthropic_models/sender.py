"""Sends the calls of the generated resource methods, with a client's settings and its HTTP client.

The types are in the generated methods, so this module uses `Any`.
"""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Mapping
from typing import Any

import anyio
import httpx
from anthropic_models_api.types import Operation

from . import responses
from .api_response import APIResponse, AsyncAPIResponse, AsyncStreamManager, RawAPIResponse, StreamManager
from .bodies import limit
from .call import Call
from .flow import Flow, Send, attempts, resumed
from .http_clients import DefaultAsyncHttpxClient, DefaultHttpxClient
from .settings import Settings
from .transport.deadline import PASSED


class BaseSender:
    """The part of a client that its resources hold. As they do not hold the client, there is no reference cycle.

    Args:
        settings: The settings of the client.
        http_client: The caller's own HTTP client; None creates one.
        user_agent: The value of the `User-Agent` header.
    """

    _kind: type[Any]
    _manager: Callable[..., Any]
    _response: Callable[..., Any]

    def __init__(self, settings: Settings, http_client: Any, user_agent: str) -> None:
        self.settings: Settings = settings
        self.user_agent: str = user_agent
        self.is_default: bool = http_client is None
        self.http_client: Any = self._kind(timeout=None) if http_client is None else http_client
        self.is_shared = False
        self._is_closed = False

    def parsed(self, operation: Operation[Any], arguments: Mapping[str, object], **extra: object) -> Any:
        """Call an operation; returns its parsed result."""
        return self._send(_parsed, False, operation, arguments, **extra)

    def raw(self, operation: Operation[Any], arguments: Mapping[str, object], **extra: object) -> Any:
        """Call an operation; returns its response, already read."""
        return self._send(RawAPIResponse, False, operation, arguments, **extra)

    def streaming(self, operation: Operation[Any], arguments: Mapping[str, object], **extra: object) -> Any:
        """Return a context manager that sends the request when entered, and gives the unread response."""
        return self._manager(functools.partial(self._send, self._response, True, operation, arguments, **extra))

    def _send(self, finish: Callable[..., Any], is_streamed: bool, *arguments: Any, **extra: Any) -> Any:
        """Send a call, and apply `finish` to its response, its operation and the number of its retries."""

    def _start(self, *arguments: Any, **extra: Any) -> tuple[Call, Flow]:
        call = Call(self.settings, self.user_agent, *arguments, **extra)
        return call, attempts(call, self.http_client, self.is_closed, is_default=self.is_default)

    def is_closed(self) -> bool:
        """Whether no more calls can be sent."""
        return self._is_closed or bool(self.http_client.is_closed)

    def close(self) -> Any:
        """Send no more calls. Returns the HTTP client to close; None for a copy, which does not own it."""
        self._is_closed = True
        return None if self.is_shared else self.http_client


def _parsed(response: Any, operation: Operation[Any], _: int) -> Any:
    return responses.parse(operation, response)


class Sender(BaseSender):
    """Sends blocking calls."""

    _kind, _manager, _response = DefaultHttpxClient, StreamManager, APIResponse

    def _send(self, finish: Callable[..., Any], is_streamed: bool, *arguments: Any, **extra: Any) -> Any:
        call, flow = self._start(*arguments, **extra)
        step = resumed(flow, None)
        while isinstance(step, (Send, float)):
            outcome: Any = None
            try:
                if isinstance(step, Send):
                    outcome = self._exchange(step, is_streamed)
                else:
                    time.sleep(step)
            except Exception as error:  # noqa: BLE001  # the flow decides what becomes of it
                outcome = error
            step = resumed(flow, outcome)
        return finish(step, call.operation, call.retries_taken)

    def _exchange(self, step: Send, is_streamed: bool) -> Any:
        response = self.http_client.send(step.request, stream=True, follow_redirects=False)
        limit(response, step.deadline)
        if not (is_streamed and response.is_success):
            with contextlib.closing(response):
                response.read()
        return response


class AsyncSender(BaseSender):
    """Sends asynchronous calls."""

    _kind, _manager, _response = DefaultAsyncHttpxClient, AsyncStreamManager, AsyncAPIResponse

    async def _send(self, finish: Callable[..., Any], is_streamed: bool, *arguments: Any, **extra: Any) -> Any:
        call, flow = self._start(*arguments, **extra)
        step = resumed(flow, None)
        while isinstance(step, (Send, float)):
            outcome: Any = None
            try:
                if isinstance(step, Send):
                    outcome = await self._exchange(step, is_streamed)
                else:
                    await anyio.sleep(step)
            except Exception as error:  # noqa: BLE001  # the flow decides what becomes of it
                outcome = error
            step = resumed(flow, outcome)
        return finish(step, call.operation, call.retries_taken)

    async def _exchange(self, step: Send, is_streamed: bool) -> Any:
        # Only our own clients are cancelled at the deadline: cancelling can damage the pool of any other client.
        cancels = hasattr(self.http_client, "cancels_at_deadline")
        with anyio.move_on_after(step.deadline.remaining() if cancels else None) as scope:
            response = await self.http_client.send(step.request, stream=True, follow_redirects=False)
        if scope.cancelled_caught:
            raise httpx.TimeoutException(PASSED)
        limit(response, step.deadline)
        if not (is_streamed and response.is_success):
            async with contextlib.aclosing(response):
                await response.aread()
        return response
