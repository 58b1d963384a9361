"""What turns a resource's method into its raw or streaming twin: the same arguments, another kind of answer."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

from ._generated import Model
from .api_response import APIResponse, AsyncAPIResponse, RawAPIResponse

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .async_client import AsyncAnthropic
    from .calls import Call
    from .client import Anthropic

P = ParamSpec("P")
T = TypeVar("T", bound=Model)


class StreamManager(Generic[T]):
    """Sends the request when entered, and closes the answer when left."""

    def __init__(self, send: Callable[[], APIResponse[T]]) -> None:
        self._send = send
        self._response: APIResponse[T] | None = None

    def __enter__(self) -> APIResponse[T]:
        self._response = self._send()
        return self._response

    def __exit__(self, *_: object) -> None:
        if self._response is not None:
            self._response.close()


class AsyncStreamManager(Generic[T]):
    """Sends the request when entered, and closes the answer when left."""

    def __init__(self, send: Callable[[], Awaitable[AsyncAPIResponse[T]]]) -> None:
        self._send = send
        self._response: AsyncAPIResponse[T] | None = None

    async def __aenter__(self) -> AsyncAPIResponse[T]:
        self._response = await self._send()
        return self._response

    async def __aexit__(self, *_: object) -> None:
        if self._response is not None:
            await self._response.close()


def raw_finish(client: Anthropic) -> Callable[[Call[Any]], RawAPIResponse[Any]]:
    """Ends a call with its answer, read."""

    def finish(call: Call[T]) -> RawAPIResponse[T]:
        reply, retries_taken = client._send(call)
        return RawAPIResponse(reply, call, retries_taken)

    return finish


def streaming_finish(client: Anthropic) -> Callable[[Call[Any]], APIResponse[Any]]:
    """Ends a call with its answer, unread."""

    def finish(call: Call[T]) -> APIResponse[T]:
        reply, retries_taken = client._send(call, stream=True)
        return APIResponse(reply, call, retries_taken)

    return finish


def async_raw_finish(client: AsyncAnthropic) -> Callable[[Call[Any]], Awaitable[RawAPIResponse[Any]]]:
    """Ends a call with its answer, read."""

    async def finish(call: Call[T]) -> RawAPIResponse[T]:
        reply, retries_taken = await client._send(call)
        return RawAPIResponse(reply, call, retries_taken)

    return finish


def async_streaming_finish(client: AsyncAnthropic) -> Callable[[Call[Any]], Awaitable[AsyncAPIResponse[Any]]]:
    """Ends a call with its answer, unread."""

    async def finish(call: Call[T]) -> AsyncAPIResponse[T]:
        reply, retries_taken = await client._send(call, stream=True)
        return AsyncAPIResponse(reply, call, retries_taken)

    return finish


def raw(method: Callable[P, T]) -> Callable[P, RawAPIResponse[T]]:
    """The type of a method that was made to end with its answer."""
    return cast("Callable[P, RawAPIResponse[T]]", method)


def async_raw(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawAPIResponse[T]]]:
    """The type of a method that was made to end with its answer."""
    return cast("Callable[P, Awaitable[RawAPIResponse[T]]]", method)


def streaming(method: Callable[P, T]) -> Callable[P, StreamManager[T]]:
    """The method for a `with` block."""

    @functools.wraps(method)
    def manage(*args: P.args, **kwargs: P.kwargs) -> StreamManager[T]:
        return StreamManager(lambda: cast("APIResponse[T]", method(*args, **kwargs)))

    return manage


def async_streaming(method: Callable[P, Awaitable[T]]) -> Callable[P, AsyncStreamManager[T]]:
    """The method for an `async with` block."""

    @functools.wraps(method)
    def manage(*args: P.args, **kwargs: P.kwargs) -> AsyncStreamManager[T]:
        return AsyncStreamManager(lambda: cast("Awaitable[AsyncAPIResponse[T]]", method(*args, **kwargs)))

    return manage
