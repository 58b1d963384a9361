"""The responses of `with_raw_response`, which are already read, and of `with_streaming_response`, read on demand."""

from __future__ import annotations

import contextlib
import datetime
import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Generic, TypeVar

import httpx
from anthropic_models_api.types import Operation

from . import responses
from .bodies import BodyError
from .decoding import decode
from .libraries import classes

T = TypeVar("T")


class BaseAPIResponse(Generic[T]):
    """A successful response of the API. With an httpx2 client, its attributes are objects of httpx2.

    Attributes:
        http_response: The response.
        http_request: The request.
        url: The URL of the request.
        method: The method of the request.
        headers: The headers of the response.
        status_code: The HTTP status of the response.
        request_id: The `request-id` header of the response.
        http_version: The protocol of the response, such as `HTTP/1.1`.
        retries_taken: The number of retries before this response.
    """

    def __init__(self, response: httpx.Response, operation: Operation[T], retries_taken: int) -> None:
        self.http_response: httpx.Response = response
        self.http_request: httpx.Request = response.request
        self.url: httpx.URL = response.request.url
        self.method: str = response.request.method
        self.headers: httpx.Headers = response.headers
        self.status_code: int = response.status_code
        self.request_id: str | None = response.headers.get("request-id")
        self.http_version: str = response.http_version
        self.retries_taken: int = retries_taken
        self._operation = operation

    @property
    def elapsed(self) -> datetime.timedelta:
        """The duration of the request, once its response has been read or closed."""
        return self.http_response.elapsed

    @property
    def is_closed(self) -> bool:
        """Whether the response has been read or closed."""
        return self.http_response.is_closed

    def __repr__(self) -> str:
        return f"<{type(self).__name__} [{self.status_code}]>"

    @functools.cached_property
    def _result(self) -> T:
        return responses.parse(self._operation, self.http_response)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        # StreamError: it is read twice.
        broken: tuple[type[Any], ...] = (OSError, *classes("TransportError"), *classes("StreamError"))
        try:
            yield
        except BodyError as cause:
            raise responses.body_error(cause) from cause
        except broken as cause:
            raise responses.connection_error(cause, self.http_request) from cause


class BlockingAPIResponse(BaseAPIResponse[T]):
    """A response that is read without awaiting."""

    def read(self) -> bytes:
        """The whole body."""
        with self._errors():
            return self.http_response.read()

    def json(self) -> object:
        """The whole body as JSON."""
        return decode(self.read())

    def parse(self) -> T:
        """The parsed result. Raises `APIResponseValidationError` if the body does not match the expected schema."""
        self.read()
        return self._result


class RawAPIResponse(BlockingAPIResponse[T]):
    """A response whose body has been read."""

    @property
    def content(self) -> bytes:
        """The body."""
        return self.http_response.content

    @property
    def text(self) -> str:
        """The body as text."""
        return self.http_response.text


class APIResponse(BlockingAPIResponse[T]):
    """A response whose body is read on demand, within the timeout of the call."""

    def text(self) -> str:
        """The whole body as text."""
        self.read()
        return self.http_response.text

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The body in chunks, with its content encoding decoded."""
        with self._errors():
            yield from self.http_response.iter_bytes(chunk_size)

    def iter_text(self, chunk_size: int | None = None) -> Iterator[str]:
        """The body in chunks, as text."""
        with self._errors():
            yield from self.http_response.iter_text(chunk_size)

    def iter_lines(self) -> Iterator[str]:
        """The body line by line."""
        with self._errors():
            yield from self.http_response.iter_lines()

    def close(self) -> None:
        """Close the response and discard what has not been read."""
        self.http_response.close()


class AsyncAPIResponse(BaseAPIResponse[T]):
    """A response of an asynchronous call, whose body is read on demand, within the timeout of the call."""

    async def read(self) -> bytes:
        """The whole body."""
        with self._errors():
            return await self.http_response.aread()

    async def text(self) -> str:
        """The whole body as text."""
        await self.read()
        return self.http_response.text

    async def json(self) -> object:
        """The whole body as JSON."""
        return decode(await self.read())

    async def parse(self) -> T:
        """The parsed result. Raises `APIResponseValidationError` if the body does not match the expected schema."""
        await self.read()
        return self._result

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """The body in chunks, with its content encoding decoded."""
        with self._errors():
            async for piece in self.http_response.aiter_bytes(chunk_size):
                yield piece

    async def iter_text(self, chunk_size: int | None = None) -> AsyncIterator[str]:
        """The body in chunks, as text."""
        with self._errors():
            async for piece in self.http_response.aiter_text(chunk_size):
                yield piece

    async def iter_lines(self) -> AsyncIterator[str]:
        """The body line by line."""
        with self._errors():
            async for line in self.http_response.aiter_lines():
                yield line

    async def close(self) -> None:
        """Close the response and discard what has not been read."""
        await self.http_response.aclose()


class StreamManager(Generic[T]):
    """Sends the request when entered, and closes the response on exit."""

    def __init__(self, send: Callable[[], APIResponse[T]]) -> None:
        self._send = send

    def __enter__(self) -> APIResponse[T]:
        self._response = self._send()
        return self._response

    def __exit__(self, *_: object) -> None:
        self._response.close()


class AsyncStreamManager(Generic[T]):
    """Sends the request when entered, and closes the response on exit."""

    def __init__(self, send: Callable[[], Awaitable[AsyncAPIResponse[T]]]) -> None:
        self._send = send

    async def __aenter__(self) -> AsyncAPIResponse[T]:
        self._response = await self._send()
        return self._response

    async def __aexit__(self, *_: object) -> None:
        await self._response.close()
