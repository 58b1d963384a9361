"""What the methods of a resource call: the settings of a client, its HTTP client, and what becomes of an answer.

The methods are typed where they are generated.
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
from .libraries import whole
from .settings import Settings

Finish = Callable[[Answer, Call[Any]], Any]


class BaseSender:
    """A client without its resources, which hold it: so a dropped client is freed at once.

    Args:
        settings: What calls are made with.
        http_client: The caller's own HTTP client; one of ours is made otherwise.
        user_agent: How requests introduce the client.
    """

    _kind: type[Any]
    _manager: Callable[..., Any]
    _response: Callable[..., Any]

    def __init__(self, settings: Settings, http_client: Any, user_agent: str) -> None:
        self.settings: Settings = settings
        self.user_agent: str = user_agent
        self.is_plain: bool = http_client is None
        self.http_client: Any = self._kind(timeout=None) if http_client is None else http_client
        self.is_shared = False
        self._is_closed = False

    def parsed(self, operation: Operation[Any], arguments: Mapping[str, object], **extra: object) -> Any:
        """The result of an operation."""
        return self._send(operation, arguments, extra, _parsed)

    def raw(self, operation: Operation[Any], arguments: Mapping[str, object], **extra: object) -> Any:
        """Its response, read."""
        return self._send(operation, arguments, extra, _raw)

    def streaming(self, operation: Operation[Any], arguments: Mapping[str, object], **extra: object) -> Any:
        """Its response for a `with` block, which sends the request."""
        return self._manager(functools.partial(self._send, operation, arguments, extra, self._unread, stream=True))

    def _unread(self, answer: Answer, call: Call[Any]) -> Any:
        return self._response(answer.response, call, answer.retries_taken)

    def _send(self, operation: Operation[Any], arguments: Any, extra: Any, finish: Finish, stream: bool = False) -> Any:
        """Send a call, and finish the answer."""

    def is_closed(self) -> bool:
        """Whether no more calls can be sent."""
        return self._is_closed or bool(self.http_client.is_closed)

    def close(self) -> Any:
        """Send no more calls. Returns the HTTP client if that is to be closed too, as no other client has it."""
        self._is_closed = True
        return None if self.is_shared else self.http_client


def _parsed(answer: Answer, call: Call[Any]) -> Any:
    return call.parse(answer.response, answer.content)


def _raw(answer: Answer, call: Call[Any]) -> RawAPIResponse[Any]:
    return RawAPIResponse(whole(answer.response, answer.content), call, answer.retries_taken)


class Sender(BaseSender):
    """Sends blocking calls."""

    _kind, _manager, _response = DefaultHttpxClient, StreamManager, APIResponse

    def _send(self, operation: Operation[Any], arguments: Any, extra: Any, finish: Finish, stream: bool = False) -> Any:
        call = Call(operation, arguments, self.settings, self.user_agent, **extra)
        flow = attempts(call, self.http_client, plain=self.is_plain)
        return finish(run(flow, self.http_client, self.is_closed, stream=stream), call)


class AsyncSender(BaseSender):
    """Sends asynchronous calls."""

    _kind, _manager, _response = DefaultAsyncHttpxClient, AsyncStreamManager, AsyncAPIResponse

    async def _send(
        self, operation: Operation[Any], arguments: Any, extra: Any, finish: Finish, stream: bool = False
    ) -> Any:
        call = Call(operation, arguments, self.settings, self.user_agent, **extra)
        flow = attempts(call, self.http_client, plain=self.is_plain)
        return finish(await arun(flow, self.http_client, self.is_closed, stream=stream), call)
