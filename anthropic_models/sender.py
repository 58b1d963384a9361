"""Sends the calls of the generated resource methods, with a client's settings and its HTTP client.

Arguments and results are typed in the generated methods.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from anthropic_models_api.types import Operation

from .api_response import APIResponse, AsyncAPIResponse, AsyncStreamManager, RawAPIResponse, StreamManager
from .call import Call
from .drivers import arun, run
from .flow import Answer, attempts
from .http_clients import DefaultAsyncHttpxClient, DefaultHttpxClient
from .libraries import buffered
from .settings import Settings

Finish = Callable[[Answer, Call[Any]], Any]


class BaseSender:
    """The part of a client that its resources refer to: they do not refer to the client, so there is no cycle.

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
        return self._send(operation, arguments, extra, _parsed)

    def raw(self, operation: Operation[Any], arguments: Mapping[str, object], **extra: object) -> Any:
        """Call an operation; returns its response, already read."""
        return self._send(operation, arguments, extra, _raw)

    def streaming(self, operation: Operation[Any], arguments: Mapping[str, object], **extra: object) -> Any:
        """Return a context manager that sends the request when entered, and gives the unread response."""
        return self._manager(functools.partial(self._send, operation, arguments, extra, self._unread, stream=True))

    def _unread(self, answer: Answer, call: Call[Any]) -> Any:
        return self._response(answer.response, call, answer.retries_taken)

    def _send(self, operation: Operation[Any], arguments: Any, extra: Any, finish: Finish, stream: bool = False) -> Any:
        """Send a call, and apply `finish` to its answer."""

    def is_closed(self) -> bool:
        """Whether no more calls can be sent."""
        return self._is_closed or bool(self.http_client.is_closed)

    def close(self) -> Any:
        """Send no more calls. Returns the HTTP client if it must be closed too, because no other client shares it."""
        self._is_closed = True
        return None if self.is_shared else self.http_client


def _parsed(answer: Answer, call: Call[Any]) -> Any:
    return call.parse(answer.response, answer.content)


def _raw(answer: Answer, call: Call[Any]) -> RawAPIResponse[Any]:
    return RawAPIResponse(buffered(answer.response, answer.content), call, answer.retries_taken)


class Sender(BaseSender):
    """Sends blocking calls."""

    _kind, _manager, _response = DefaultHttpxClient, StreamManager, APIResponse

    def _send(self, operation: Operation[Any], arguments: Any, extra: Any, finish: Finish, stream: bool = False) -> Any:
        call = Call(operation, arguments, self.settings, self.user_agent, **extra)
        flow = attempts(call, self.http_client, is_default=self.is_default)
        return finish(run(flow, self.http_client, self.is_closed, stream=stream), call)


class AsyncSender(BaseSender):
    """Sends asynchronous calls."""

    _kind, _manager, _response = DefaultAsyncHttpxClient, AsyncStreamManager, AsyncAPIResponse

    async def _send(
        self, operation: Operation[Any], arguments: Any, extra: Any, finish: Finish, stream: bool = False
    ) -> Any:
        call = Call(operation, arguments, self.settings, self.user_agent, **extra)
        flow = attempts(call, self.http_client, is_default=self.is_default)
        return finish(await arun(flow, self.http_client, self.is_closed, stream=stream), call)
