"""Connecting: one address after another, each with its share of the time, and what is said where none answers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from anthropic_models.transport import async_connection, sync_connection
from anthropic_models.transport.deadlines import Deadline

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESSES = [(number, number + 10, number + 20, "", (f"10.0.0.{number}", 81)) for number in (1, 2, 3)]
REFUSED = ["10.0.0.1", "10.0.0.2"]


class Socket:
    """Notes what is done to it, and refuses some addresses."""

    made: list[Socket]
    refuses: list[str]

    def __init__(self, *kind: int) -> None:
        self.kind, self.notes = kind, list[Any]()
        self.made.append(self)

    def settimeout(self, seconds: float | None) -> None:
        self.notes.append(seconds)

    def setblocking(self, flag: bool) -> None:
        self.notes.append(flag)

    def setsockopt(self, *option: int) -> None:
        self.notes.append(option)

    def connect(self, address: tuple[str, int]) -> None:
        self.notes.append(address)
        if address[0] in self.refuses:
            raise OSError(f"{address[0]} refused")

    def close(self) -> None:
        self.notes.append("closed")


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """An event loop whose own sockets are real ones."""
    with asyncio.Runner() as runner:
        runner.get_loop()
        yield runner


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Socket]:
    """The sockets that are made, while the time stands still and every name has three addresses."""
    Socket.made, Socket.refuses = [], REFUSED
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ADDRESSES)
    monkeypatch.setattr(sync_connection.socket, "socket", Socket)
    return Socket.made


def tried(number: int, *notes: Any) -> tuple[Any, ...]:
    """A socket for this address, and what was done to it."""
    return (number, number + 10, number + 20), *notes


@pytest.mark.parametrize(("seconds", "shares"), [(12.0, [4.0, 6.0, 12.0]), (None, [None] * 3)])
def test_each_address_has_its_share_of_the_time(made: list[Socket], seconds: float | None, shares: list[Any]) -> None:
    """An equal part of what is left, and the last all of it; those that refuse are closed."""
    sock: Any = sync_connection._connect("models.test", 81, Deadline(httpx.Timeout(seconds)))

    assert sock is made[-1]
    assert [(each.kind, *each.notes) for each in made] == [
        tried(1, shares[0], ("10.0.0.1", 81), "closed"),
        tried(2, shares[1], ("10.0.0.2", 81), "closed"),
        tried(3, shares[2], ("10.0.0.3", 81)),
    ]


@pytest.mark.parametrize(("seconds", "shares"), [(12.0, [4.0, 6.0, 12.0]), (None, [None] * 3)])
def test_asyncio_gives_each_address_its_share_too(
    runner: asyncio.Runner, made: list[Socket], seconds: Any, shares: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On sockets that do not block."""
    given: list[float | None] = []

    @contextlib.asynccontextmanager
    async def timeout(seconds: float | None) -> Any:
        given.append(seconds)
        yield

    async def connect(sock: Any, address: tuple[str, int]) -> None:
        sock.connect(address)

    async def connected() -> Any:
        loop: Any = asyncio.get_running_loop()
        loop.sock_connect = connect
        return await async_connection._connect("10.0.0.9", 81, Deadline(httpx.Timeout(seconds)))

    monkeypatch.setattr(asyncio, "timeout", timeout)
    sock = runner.run(connected())

    assert (sock is made[-1], given) == (True, shares)
    assert [(each.kind, *each.notes) for each in made] == [
        tried(1, False, ("10.0.0.1", 81), "closed"),
        tried(2, False, ("10.0.0.2", 81), "closed"),
        tried(3, False, ("10.0.0.3", 81)),
    ]


def test_the_last_refusal_is_told(made: list[Socket], monkeypatch: pytest.MonkeyPatch) -> None:
    """Or that there was no address at all."""
    Socket.refuses = [*REFUSED, "10.0.0.3"]
    with pytest.raises(OSError, match=r"^10\.0\.0\.3 refused$"):
        sync_connection._connect("models.test", 81, Deadline(httpx.Timeout(5)))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    with pytest.raises(OSError, match=r"^no address for models\.test$"):
        sync_connection._connect("models.test", 81, Deadline(httpx.Timeout(5)))


class Context:
    """Wraps a socket for TLS."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure

    def wrap_socket(self, sock: Socket, *, server_hostname: str) -> Socket:
        sock.notes.append(server_hostname)
        if self.failure is not None:
            raise self.failure
        return sock


def test_a_connection_sends_at_once_and_shakes_hands_in_time(made: list[Socket]) -> None:
    """By the name that was asked for; without TLS there is no handshake."""
    deadline = Deadline(httpx.Timeout(12, connect=9))
    sync_connection.Connection.open("models.test", 81, None, deadline)
    sync_connection.Connection.open("models.test", 81, Context(), deadline)  # type: ignore[arg-type]
    no_delay = (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    assert made[2].notes == [9.0, ("10.0.0.3", 81), no_delay]
    assert made[5].notes == [9.0, ("10.0.0.3", 81), no_delay, 9.0, "models.test"]


def test_a_connection_that_fails_is_told(made: list[Socket]) -> None:
    """In the words of the system, or by the time that it took; its socket is closed."""
    deadline = Deadline(httpx.Timeout(12, connect=9))
    said = []
    for failure in (OSError("bad hand"), TimeoutError(), UnicodeError("bad name")):
        with pytest.raises(httpx.TransportError) as caught:
            sync_connection.Connection.open("models.test", 81, Context(failure), deadline)  # type: ignore[arg-type]
        said.append((type(caught.value), str(caught.value), made[-1].notes[-1]))

    assert said == [
        (httpx.ConnectError, "bad hand", "closed"),
        (httpx.ConnectTimeout, "no answer within 9 seconds (connect)", "closed"),
        (httpx.ConnectError, "bad name", "closed"),
    ]
