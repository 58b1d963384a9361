"""Support for httpx, and for its fork httpx2, which has the same names, if the caller uses it."""

from __future__ import annotations

import contextlib
import sys
from typing import Any, Protocol

import httpx


class TimeoutLike(Protocol):
    """An `httpx.Timeout` or `httpx2.Timeout`."""

    connect: float | None
    read: float | None
    write: float | None
    pool: float | None


class HttpClient(Protocol):
    """An `httpx.Client` or `httpx2.Client`."""

    def build_request(self, method: str, url: Any, /) -> Any: ...
    def send(self, request: Any, /) -> Any: ...
    def close(self) -> None: ...


class AsyncHttpClient(Protocol):
    """An `httpx.AsyncClient` or `httpx2.AsyncClient`."""

    def build_request(self, method: str, url: Any, /) -> Any: ...
    def send(self, request: Any, /) -> Any: ...
    async def aclose(self) -> None: ...


def classes(name: str) -> tuple[type[Any], ...]:
    """The class of this name in httpx, and in httpx2 if that is loaded."""
    loaded = (sys.modules.get(library) for library in ("httpx", "httpx2"))
    return tuple(getattr(library, name) for library in loaded if library is not None)


def is_a(value: object, name: str) -> bool:
    """Whether an object is an instance of the class of this name, even if a tool has since replaced that class."""
    names = {(cls.__module__, cls.__name__) for cls in value.__class__.__mro__}
    return isinstance(value, classes(name)) or not names.isdisjoint((("httpx", name), ("httpx2", name)))


def library_of(value: object) -> Any:
    """The library that an object belongs to."""
    names = {cls.__module__.partition(".")[0] for cls in type(value).__mro__}
    return sys.modules["httpx2"] if "httpx2" in names else httpx


def type_name(value: object) -> str:
    """The name of an object's type, with its module unless it is built in."""
    cls = type(value)
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def buffered(response: Any, content: bytes, headers: list[tuple[bytes, bytes]] | None = None, **extensions: Any) -> Any:
    """A copy of a response with its decoded body in place of a stream; the headers stay unchanged."""
    library = library_of(response)
    made = library.Response(
        response.status_code,
        content=content,
        request=response.request,
        extensions={**response.extensions, **extensions},
    )
    made.headers = library.Headers(response.headers.raw if headers is None else headers)
    with contextlib.suppress(RuntimeError):  # the response of a mock has none
        made.elapsed = response.elapsed
    return made
