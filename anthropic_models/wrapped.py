"""What turns a resource's method into its raw or streaming twin: the same arguments, another kind of answer."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

from ._generated import Model
from .api_response import APIResponse, AsyncStreamedAPIResponse, StreamedAPIResponse

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .calls import Call
    from .client import Anthropic, AsyncAnthropic

P = ParamSpec("P")
T = TypeVar("T", bound=Model)


class StreamManager(Generic[T]):
    """Sends the request when entered, and closes the answer when left."""

    def __init__(self, send: Callable[[], StreamedAPIResponse[T]]) -> None:
        self._send = send
        self._response: StreamedAPIResponse[T] | None = None

    def __enter__(self) -> StreamedAPIResponse[T]:
        self._response = self._send()
        return self._response

    def __exit__(self, *_: object) -> None:
        if self._response is not None:
            self._response.close()


class AsyncStreamManager(Generic[T]):
    """Sends the request when entered, and closes the answer when left."""

    def __init__(self, send: Callable[[], Awaitable[AsyncStreamedAPIResponse[T]]]) -> None:
        self._send = send
        self._response: AsyncStreamedAPIResponse[T] | None = None

    async def __aenter__(self) -> AsyncStreamedAPIResponse[T]:
        self._response = await self._send()
        return self._response

    async def __aexit__(self, *_: object) -> None:
        if self._response is not None:
            await self._response.close()


def raw_finish(client: Anthropic) -> Callable[[Call[Any]], APIResponse[Any]]:
    """Ends a call with its answer, read."""

    def finish(call: Call[T]) -> APIResponse[T]:
        response, retries_taken = client._send(call)
        return APIResponse(response, call, retries_taken)

    return finish


def streaming_finish(client: Anthropic) -> Callable[[Call[Any]], StreamedAPIResponse[Any]]:
    """Ends a call with its answer, unread."""

    def finish(call: Call[T]) -> StreamedAPIResponse[T]:
        response, retries_taken = client._send(call, stream=True)
        return StreamedAPIResponse(response, call, retries_taken)

    return finish


def async_raw_finish(client: AsyncAnthropic) -> Callable[[Call[Any]], Awaitable[APIResponse[Any]]]:
    """Ends a call with its answer, read."""

    async def finish(call: Call[T]) -> APIResponse[T]:
        response, retries_taken = await client._send(call)
        return APIResponse(response, call, retries_taken)

    return finish


def async_streaming_finish(client: AsyncAnthropic) -> Callable[[Call[Any]], Awaitable[AsyncStreamedAPIResponse[Any]]]:
    """Ends a call with its answer, unread."""

    async def finish(call: Call[T]) -> AsyncStreamedAPIResponse[T]:
        response, retries_taken = await client._send(call, stream=True)
        return AsyncStreamedAPIResponse(response, call, retries_taken)

    return finish


def raw(method: Callable[P, T]) -> Callable[P, APIResponse[T]]:
    """The type of a method that was made to end with its answer."""
    return cast("Callable[P, APIResponse[T]]", method)


def async_raw(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[APIResponse[T]]]:
    """The type of a method that was made to end with its answer."""
    return cast("Callable[P, Awaitable[APIResponse[T]]]", method)


def streaming(method: Callable[P, T]) -> Callable[P, StreamManager[T]]:
    """The method for a `with` block."""

    @functools.wraps(method)
    def manage(*args: P.args, **kwargs: P.kwargs) -> StreamManager[T]:
        return StreamManager(lambda: cast("StreamedAPIResponse[T]", method(*args, **kwargs)))

    return manage


def async_streaming(method: Callable[P, Awaitable[T]]) -> Callable[P, AsyncStreamManager[T]]:
    """The method for an `async with` block."""

    @functools.wraps(method)
    def manage(*args: P.args, **kwargs: P.kwargs) -> AsyncStreamManager[T]:
        return AsyncStreamManager(lambda: cast("Awaitable[AsyncStreamedAPIResponse[T]]", method(*args, **kwargs)))

    return manage
