"""The sockets of blocking calls: each step takes no longer than what is left of the attempt."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable
from typing import Any

import anyio
import httpcore

from .deadline import left


class Stream(httpcore.NetworkStream):
    """A stream of httpcore's whose steps end with the attempt."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Stream(self._stream.start_tls(ssl_context, server_hostname, left(timeout, httpcore.ConnectTimeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Backend(httpcore.SyncBackend):
    """httpcore's own backend, but for the time that connecting may take."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _addresses(host, port)
        for number, address in enumerate(addresses):
            seconds = left(timeout, httpcore.ConnectTimeout)
            if seconds is not None:
                seconds /= len(addresses) - number  # an unreachable address leaves time for the next
            try:
                return Stream(super().connect_tcp(address, port, seconds, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses) - 1:
                    raise
        raise httpcore.ConnectError(f"no address for {host}")


def _addresses(host: str, port: int) -> list[str]:
    """What to connect to in turn: the name itself when it has only one address, or none."""
    try:
        found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    except OSError:
        return [host]  # connecting says what is wrong
    return [str(address[0]) for *_, address in found] if len(found) > 1 else [host]


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """httpcore's own backend; a TLS handshake that is cancelled closes its socket."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self.connect_unix_socket, self.sleep = backend.connect_unix_socket, backend.sleep  # type: ignore[method-assign]
        self._backend = backend

    async def connect_tcp(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        return AsyncStream(await self._backend.connect_tcp(*args, **kwargs))


class AsyncStream(httpcore.AsyncNetworkStream):
    """A stream whose methods are those of another, but for `start_tls`."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self.read, self.write, self.aclose = stream.read, stream.write, stream.aclose  # type: ignore[method-assign]
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    async def start_tls(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        try:
            return AsyncStream(await self._stream.start_tls(*args, **kwargs))
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            raise
