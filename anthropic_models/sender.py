"""What the methods of a resource call: the settings of a client, the HTTP client, and what becomes of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from anthropic_models_api.types import Operation

from .api_response import APIResponse, AsyncAPIResponse, AsyncStreamManager, RawAPIResponse, StreamManager
from .call import Call
from .drivers import Result, arun, run
from .flow import attempts
from .http_clients import DefaultAsyncHttpxClient, DefaultHttpxClient
from .libraries import whole
from .settings import Settings

T = TypeVar("T")


class BaseSender:
    """A client without its resources: these hold it, so that a dropped client is free at once.

    Args:
        settings: What calls are made with.
        http_client: The caller's own HTTP client; one of ours is made otherwise.
        user_agent: How requests introduce the client.
    """

    _kind: type[Any]

    def __init__(self, settings: Settings, http_client: Any, user_agent: str) -> None:
        self.settings, self.user_agent = settings, user_agent
        self.is_plain = http_client is None
        self.http_client: Any = self._kind(timeout=None) if http_client is None else http_client
        self.is_shared = False
        self._is_closed = False

    def share(self, other: BaseSender) -> None:
        """Leave the HTTP client, which is another's too, open."""
        self.is_plain, self.is_shared = other.is_plain, True

    def is_closed(self) -> bool:
        """Whether no more calls can be sent."""
        return self._is_closed or bool(self.http_client.is_closed)

    def _call(self, operation: Operation[T], arguments: Mapping[str, object], extra: Any) -> Call[T]:
        return Call(operation, arguments, self.settings, self.user_agent, **extra)


class Sender(BaseSender):
    """Sends blocking calls."""

    _kind = DefaultHttpxClient

    def parsed(self, operation: Operation[T], arguments: Mapping[str, object], **extra: object) -> T:
        """The result of an operation."""
        call = self._call(operation, arguments, extra)
        answer, _ = self._send(call)
        return call.parse(answer.response, answer.content)

    def raw(self, operation: Operation[T], arguments: Mapping[str, object], **extra: object) -> RawAPIResponse[T]:
        """Its response, read."""
        call = self._call(operation, arguments, extra)
        answer, retries_taken = self._send(call)
        return RawAPIResponse(whole(answer.response, answer.content), call, retries_taken)

    def streaming(self, operation: Operation[T], arguments: Mapping[str, object], **extra: object) -> StreamManager[T]:
        """Its response for a `with` block, which sends the request."""

        def send() -> APIResponse[T]:
            call = self._call(operation, arguments, extra)
            answer, retries_taken = self._send(call, stream=True)
            return APIResponse(answer.response, call, retries_taken)

        return StreamManager(send)

    def _send(self, call: Call[Any], *, stream: bool = False) -> Result:
        flow = attempts(call, self.http_client, plain=self.is_plain)
        return run(flow, self.http_client, self.is_closed, stream=stream)

    def close(self) -> None:
        """Send no more calls, and close the HTTP client unless it is another's."""
        self._is_closed = True
        if not self.is_shared:
            self.http_client.close()


class AsyncSender(BaseSender):
    """Sends asynchronous calls."""

    _kind = DefaultAsyncHttpxClient

    async def parsed(self, operation: Operation[T], arguments: Mapping[str, object], **extra: object) -> T:
        """The result of an operation."""
        call = self._call(operation, arguments, extra)
        answer, _ = await self._send(call)
        return call.parse(answer.response, answer.content)

    async def raw(self, operation: Operation[T], arguments: Mapping[str, object], **extra: object) -> RawAPIResponse[T]:
        """Its response, read."""
        call = self._call(operation, arguments, extra)
        answer, retries_taken = await self._send(call)
        return RawAPIResponse(whole(answer.response, answer.content), call, retries_taken)

    def streaming(
        self, operation: Operation[T], arguments: Mapping[str, object], **extra: object
    ) -> AsyncStreamManager[T]:
        """Its response for an `async with` block, which sends the request."""

        async def send() -> AsyncAPIResponse[T]:
            call = self._call(operation, arguments, extra)
            answer, retries_taken = await self._send(call, stream=True)
            return AsyncAPIResponse(answer.response, call, retries_taken)

        return AsyncStreamManager(send)

    async def _send(self, call: Call[Any], *, stream: bool = False) -> Result:
        client = self.http_client
        flow = attempts(call, client, plain=self.is_plain)
        limits_attempts = getattr(client, "limits_attempts", False)
        return await arun(flow, client, self.is_closed, stream=stream, limits_attempts=limits_attempts)

    async def close(self) -> None:
        """Send no more calls, and close the HTTP client unless it is another's."""
        self._is_closed = True
        if not self.is_shared:
            await self.http_client.aclose()
