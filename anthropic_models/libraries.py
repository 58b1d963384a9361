"""httpx, and httpx2 if the caller uses it: the maintained fork, with the same names."""

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
    """The class of this name in each of the two libraries that is loaded."""
    loaded = (sys.modules.get(library) for library in ("httpx", "httpx2"))
    return tuple(getattr(library, name) for library in loaded if library is not None)


def exceptions(name: str) -> tuple[type[Exception], ...]:
    """The exception of this name in each of the two libraries that is loaded."""
    return classes(name)


def is_a(value: object, name: str) -> bool:
    """Whether an object is of the class of this name, also if a tool has put another class in its place since."""
    names = {(cls.__module__, cls.__name__) for cls in value.__class__.__mro__}
    return isinstance(value, classes(name)) or not names.isdisjoint((("httpx", name), ("httpx2", name)))


def library_of(value: object) -> Any:
    """The library that an object belongs to."""
    names = {cls.__module__.partition(".")[0] for cls in type(value).__mro__}
    return sys.modules["httpx2"] if "httpx2" in names else httpx


def type_name(value: object) -> str:
    """The name of an object's type, with its module unless that is built in."""
    cls = type(value)
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def whole(response: Any, content: bytes, headers: list[tuple[bytes, bytes]] | None = None, **extensions: Any) -> Any:
    """A response with its body, decoded, in place of a stream; the headers stay as they arrived."""
    library = library_of(response)
    made = library.Response(
        response.status_code,
        content=content,
        request=response.request,
        extensions={**response.extensions, **extensions},
    )
    made.headers = library.Headers(response.headers.raw if headers is None else headers)
    with contextlib.suppress(RuntimeError):  # a mock's has no duration
        made.elapsed = response.elapsed
    return made
