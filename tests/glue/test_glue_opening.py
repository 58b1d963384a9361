"""Opening a connection: what is done to its socket, with TLS and without, and what is said where that fails."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import httpx
import pytest
from doubles import Clock, Socket

from anthropic_models.transport import async_connection, sync_connection
from anthropic_models.transport.async_connection import Connection
from anthropic_models.transport.deadlines import Deadline


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Socket]:
    """The sockets that are connected, while the time stands still."""
    Socket.made, Socket.refuses = [], []
    monkeypatch.setattr("time.monotonic", Clock())
    monkeypatch.setattr(sync_connection, "_connect", lambda *_: Socket())
    return Socket.made


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

    assert made[0].notes == [no_delay]
    assert made[1].notes == [no_delay, 9.0, "models.test"]


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


def test_a_connection_is_made_with_the_name_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is only told for TLS; what goes wrong is told in the words of the system."""
    made: list[Any] = []

    async def connect(host: str, port: int, _: Deadline) -> Any:
        if host == "bad":
            raise OSError("refused")
        if host == "slow":
            raise TimeoutError
        return host, port

    async def create(kind: Any, **options: Any) -> Any:
        made.append(options)
        return None, kind()

    async def opened(host: str, context: Any) -> object:
        loop: Any = asyncio.get_running_loop()
        loop.create_connection = create
        try:
            return type(await Connection.open(host, 81, context, Deadline(httpx.Timeout(9, connect=4))))
        except httpx.TransportError as error:
            return f"{type(error).__name__}: {error}"

    monkeypatch.setattr(async_connection, "_connect", connect)
    said = [asyncio.run(opened(*each)) for each in (("h", None), ("g", "context"), ("bad", None), ("slow", None))]

    assert said == [
        Connection,
        Connection,
        "ConnectError: refused",
        "ConnectTimeout: no answer within 4 seconds (connect)",
    ]
    assert made == [
        {"sock": ("h", 81), "ssl": None, "server_hostname": None},
        {"sock": ("g", 81), "ssl": "context", "server_hostname": "g"},
    ]


def test_asyncio_connects_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where connecting has a bound of its own, though nothing that it does had one."""

    async def connect(*_: Any) -> None:
        await asyncio.sleep(3)

    monkeypatch.setattr(async_connection, "_connect", connect)
    with pytest.raises(httpx.ConnectTimeout, match=r"^no answer within 0\.01 seconds \(connect\)$"):
        asyncio.run(Connection.open("h", 81, None, Deadline(httpx.Timeout(9, connect=0.01))))
