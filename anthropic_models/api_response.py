"""The answers of `with_raw_response` and `with_streaming_response`: read already, or read when asked for."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Generic, TypeVar

import httpx

from ._generated import Model
from .decoding import decode
from .responses import connection_error, unreadable

if TYPE_CHECKING:
    import datetime
    from collections.abc import AsyncIterator, Iterator

    from .calls import Call
    from .transport.messages import Reply

T = TypeVar("T", bound=Model)


class BaseAPIResponse(Generic[T]):
    """An answer of the API.

    Attributes:
        http_response: The answer, as httpx has it.
        retries_taken: How many retries it took.
    """

    def __init__(self, reply: Reply, call: Call[T], retries_taken: int) -> None:
        self._reply = reply
        self.http_response = reply.as_httpx
        self.retries_taken = retries_taken
        self._call = call
        self._parsed: T | None = None

    @property
    def http_request(self) -> httpx.Request:
        """The request that it answers."""
        return self.http_response.request

    @property
    def headers(self) -> httpx.Headers:
        """Its headers."""
        return self.http_response.headers

    @property
    def status_code(self) -> int:
        """Its status."""
        return self.http_response.status_code

    @property
    def request_id(self) -> str | None:
        """Its `request-id` header."""
        request_id: str | None = self.headers.get("request-id")
        return request_id

    @property
    def url(self) -> httpx.URL:
        """What was asked."""
        return self.http_request.url

    @property
    def method(self) -> str:
        """How it was asked."""
        return self.http_request.method

    @property
    def http_version(self) -> str:
        """The protocol it came by."""
        return self.http_response.http_version

    @property
    def elapsed(self) -> datetime.timedelta:
        """How long it took."""
        return self.http_response.elapsed

    @property
    def is_closed(self) -> bool:
        """Whether it has been read or closed."""
        return self.http_response.is_closed

    def __repr__(self) -> str:
        return f"<{type(self).__name__} [{self.status_code}]>"

    def _parse(self) -> T:
        if self._parsed is None:
            self._parsed = self._call.parse(self._reply)
        return self._parsed

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except httpx.DecodingError as cause:
            raise unreadable(self.http_response, cause) from None
        except (httpx.TransportError, httpx.StreamError, OSError) as cause:  # the second: read or closed already
            raise connection_error(cause, self.http_request) from cause


class RawAPIResponse(BaseAPIResponse[T]):
    """An answer that has been read."""

    @property
    def content(self) -> bytes:
        """The body."""
        return self.http_response.content

    @property
    def text(self) -> str:
        """The body as text."""
        return self.http_response.text

    def read(self) -> bytes:
        """The body."""
        return self.http_response.content

    def json(self) -> object:
        """The body as JSON."""
        return decode(self.http_response.content)

    def parse(self) -> T:
        """The model in it. Raises `APIResponseValidationError` where there is none."""
        return self._parse()


class APIResponse(BaseAPIResponse[T]):
    """An answer whose body is read when it is asked for, within the call's timeout and bounds."""

    def read(self) -> bytes:
        """The whole body."""
        with self._translated():
            return self.http_response.read()

    def text(self) -> str:
        """The whole body as text."""
        self.read()
        return self.http_response.text

    def json(self) -> object:
        """The whole body as JSON."""
        return decode(self.read())

    def parse(self) -> T:
        """The model in it. Raises `APIResponseValidationError` where there is none."""
        self.read()
        return self._parse()

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The body in pieces, decoded."""
        with self._translated():
            yield from self.http_response.iter_bytes(chunk_size)

    def iter_text(self, chunk_size: int | None = None) -> Iterator[str]:
        """The body in pieces, as text."""
        with self._translated():
            yield from self.http_response.iter_text(chunk_size)

    def iter_lines(self) -> Iterator[str]:
        """The body line by line."""
        with self._translated():
            yield from self.http_response.iter_lines()

    def close(self) -> None:
        """Give up what has not been read."""
        self.http_response.close()


class AsyncAPIResponse(BaseAPIResponse[T]):
    """The same for asyncio."""

    async def read(self) -> bytes:
        """The whole body."""
        with self._translated():
            return await self.http_response.aread()

    async def text(self) -> str:
        """The whole body as text."""
        await self.read()
        return self.http_response.text

    async def json(self) -> object:
        """The whole body as JSON."""
        return decode(await self.read())

    async def parse(self) -> T:
        """The model in it. Raises `APIResponseValidationError` where there is none."""
        await self.read()
        return self._parse()

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """The body in pieces, decoded."""
        with self._translated():
            async for piece in self.http_response.aiter_bytes(chunk_size):
                yield piece

    async def iter_text(self, chunk_size: int | None = None) -> AsyncIterator[str]:
        """The body in pieces, as text."""
        with self._translated():
            async for piece in self.http_response.aiter_text(chunk_size):
                yield piece

    async def iter_lines(self) -> AsyncIterator[str]:
        """The body line by line."""
        with self._translated():
            async for line in self.http_response.aiter_lines():
                yield line

    async def close(self) -> None:
        """Give up what has not been read."""
        await self.http_response.aclose()
