"""Requests and replies, as light as a call needs them; httpx's own objects are made when somebody asks."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

import httpx

from ..secrets import CREDENTIAL_HEADERS, RequestHeaders

if TYPE_CHECKING:
    from collections.abc import Mapping

UNREADABLE = "anthropic_models.unreadable"
"""The extension of a response that says why its body could not be read to the end."""


class Origin(NamedTuple):
    """Where requests go; no credential ever leaves it."""

    scheme: str
    host: str
    port: int
    netloc: str
    """The `Host` header."""

    @classmethod
    def of(cls, url: httpx.URL) -> Origin:
        """That of a URL."""
        port = url.port or (443 if url.scheme == "https" else 80)
        return cls(url.scheme, url.raw_host.decode("ascii"), port, url.netloc.decode("ascii"))


class Request:
    """What is sent.

    Args:
        method: GET and the like.
        origin: Where it goes.
        target: The path and the query, escaped.
        headers: All of them, each once.
    """

    __slots__ = ("_made", "headers", "method", "origin", "target")

    def __init__(self, method: str, origin: Origin, target: str, headers: dict[str, str]) -> None:
        self.method, self.origin, self.target, self.headers = method, origin, target, headers
        self._made: httpx.Request | None = None

    @property
    def url(self) -> str:
        """All of it."""
        return f"{self.origin.scheme}://{self.origin.netloc}{self.target}"

    @property
    def as_httpx(self) -> httpx.Request:
        """The same as httpx has it, with a credential that can be read but does not show itself."""
        if self._made is None:
            self._made = httpx.Request(self.method, self.url)
            self._made.headers = RequestHeaders(self.headers)
        return self._made

    def made_by(self, client: httpx.Client | httpx.AsyncClient, timeouts: dict[str, float | None]) -> httpx.Request:
        """The same as this client makes it: its own headers and parameters below ours, but none of its cookies."""
        # Parameters of the client's own would replace the query of the URL: they are merged here.
        params = httpx.QueryParams(self.target.partition("?")[2]) if client.params else None
        made = client.build_request(self.method, self.url, headers=self.headers, params=params)
        made.headers = RequestHeaders(made.headers)
        ours = {name.lower() for name in self.headers}
        credentials = () if ours.isdisjoint(CREDENTIAL_HEADERS) else CREDENTIAL_HEADERS  # one is enough
        for name in {"cookie", *credentials} - ours:
            made.headers.pop(name, None)
        made.extensions["timeout"] = timeouts
        self._made = made
        return made


class Reply:
    """What came back.

    Args:
        request: What it answers.
        status: Its status.
        headers: As they came, names in lower case.
        extensions: What httpx wants to know beside them.
    """

    def __init__(
        self,
        request: Request,
        status: int,
        headers: list[tuple[bytes, bytes]],
        extensions: Mapping[str, object],
    ) -> None:
        self.request, self.status, self._headers, self._extensions = request, status, headers, extensions
        self.body: bytes | httpx.SyncByteStream | httpx.AsyncByteStream = b""
        """Decoded: bytes, or a stream to be read later."""
        self.problem: Exception | None = None
        """Why the body could not be read to its end."""
        self.seconds = 0.0
        """How long it took; one that is read later, until its body began."""
        self._made: httpx.Response | None = None

    @property
    def is_success(self) -> bool:
        """Whether its status is one."""
        return 200 <= self.status <= 299

    @property
    def content(self) -> bytes:
        """The body, decoded; one that was to be read later must have been."""
        return self.body if isinstance(self.body, bytes) else self.as_httpx.content

    def header(self, name: bytes) -> str | None:
        """The value of a header, or of the first of several; its name is given in lower case."""
        return next((value.decode("latin-1") for key, value in self._headers if key == name), None)

    @property
    def as_httpx(self) -> httpx.Response:
        """The same as httpx has it."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def _make(self) -> httpx.Response:
        # The body is decoded by now; httpx must not be told that it was encoded, or it would do so again.
        plain = [each for each in self._headers if each[0] != b"content-encoding"]
        extensions = dict(self._extensions) if self.problem is None else {**self._extensions, UNREADABLE: self.problem}
        request = self.request.as_httpx
        if not isinstance(self.body, bytes):
            made = httpx.Response(self.status, headers=plain, stream=self.body, request=request, extensions=extensions)
        else:
            made = httpx.Response(self.status, headers=plain, content=self.body, request=request, extensions=extensions)
            made.headers = httpx.Headers(self._headers)
        made.elapsed = datetime.timedelta(seconds=self.seconds)
        return made
