"""httpcore's network backends and streams, with deadlines, TCP keepalive, and reads of all bytes that have arrived."""

from __future__ import annotations

import contextlib
import socket
import ssl
from typing import Any

import anyio
import httpcore

from .deadline import remaining

_PROBES = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 60, "TCP_KEEPCNT": 5}  # not on every system
KEEPALIVE: list[tuple[int, int, int]] = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    *((socket.IPPROTO_TCP, getattr(socket, name), value) for name, value in _PROBES.items() if hasattr(socket, name)),
]

_READ_SIZE = 256 * 1024
"""Bytes: as many as asyncio reads at once."""


_NOT_GIVEN: Any = object()


class _Wrapper:
    """A stream of httpcore that reads all bytes that have arrived, so that the parser of a response sees the excess.

    Args:
        stream: httpcore's stream.
        connect_timeout: For the reads of httpcore's SOCKS handshake, which pass no timeout; others pass one, or None.
    """

    def __init__(self, stream: Any, connect_timeout: float | None = None) -> None:
        self._stream = stream
        self._connect_timeout = connect_timeout
        self._tls = stream.get_extra_info("ssl_object")
        self._has_ended = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable" and self._has_ended:
            return True  # httpcore does not use such a connection again
        return self._stream.get_extra_info(info)

    def _read_timeout(self, timeout: float | None) -> float | None:
        return self._connect_timeout if timeout is _NOT_GIVEN else timeout

    def _with_records(self, data: bytes) -> bytes:
        if isinstance(self._tls, ssl.SSLObject):  # it has a buffer; other TLS reads one record from the socket
            self._has_ended = True
            try:
                while record := self._tls.read(_READ_SIZE):
                    data += record
            except ssl.SSLWantReadError:
                self._has_ended = False
            except ssl.SSLError:
                pass  # the next read raises it again
        return data


class Stream(_Wrapper):
    """A blocking stream whose steps are limited by the deadline of the attempt.

    It closes its socket if a read or a TLS handshake fails: httpcore itself does not during the handshakes.
    """

    def read(self, max_bytes: int, timeout: float | None = _NOT_GIVEN) -> bytes:
        try:
            seconds = remaining(self._read_timeout(timeout), httpcore.ReadTimeout)
            return self._with_records(self._stream.read(max_bytes, seconds))
        except BaseException:
            self._stream.close()
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, remaining(timeout, httpcore.WriteTimeout))

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Stream:
        try:
            seconds = remaining(timeout, httpcore.ConnectTimeout)
            return Stream(self._stream.start_tls(ssl_context, server_hostname, seconds))
        except BaseException:
            self._stream.close()
            raise


class Backend(httpcore.SyncBackend):
    """httpcore's backend, with the connect timeout divided between the addresses of a host."""

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any) -> Any:
        *addresses, last = _addresses(host, port)
        for number, address in enumerate(addresses):
            seconds = remaining(timeout, httpcore.ConnectTimeout)
            share = None if seconds is None else seconds / (len(addresses) - number + 1)
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return Stream(super().connect_tcp(address, port, share, *args, **options), timeout)
        seconds = remaining(timeout, httpcore.ConnectTimeout)
        return Stream(super().connect_tcp(last, port, seconds, *args, **options), timeout)


def _addresses(host: str, port: int) -> list[str]:
    """The addresses to try in order; the host name itself unless it has several addresses."""
    try:
        found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    except OSError:
        return [host]  # connecting raises the error
    return [str(address[0]) for *_, address in found] if len(found) > 1 else [host]


class AsyncBackend(httpcore.AnyIOBackend):
    """httpcore's backend for asyncio and trio, with the streams below."""

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any) -> Any:
        return AsyncStream(await super().connect_tcp(host, port, timeout, *args, **options), timeout)


class AsyncStream(_Wrapper):
    """A stream that closes its socket if a read or a TLS handshake fails or is cancelled."""

    async def read(self, max_bytes: int, timeout: float | None = _NOT_GIVEN) -> bytes:
        try:
            return self._with_records(await self._stream.read(max(max_bytes, _READ_SIZE), self._read_timeout(timeout)))
        except BaseException:
            await self._close()
            raise

    async def start_tls(self, *args: Any, **kwargs: Any) -> AsyncStream:
        try:
            return AsyncStream(await self._stream.start_tls(*args, **kwargs))
        except BaseException:
            await self._close()
            raise

    async def _close(self) -> None:
        with anyio.CancelScope(shield=True):
            await self._stream.aclose()
