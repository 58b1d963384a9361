"""Connecting: one address after another, each with its share of the time, and what is said where none answers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from doubles import Socket

from anthropic_models.transport import async_connection, sync_connection
from anthropic_models.transport.deadlines import Deadline

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESSES = [(number, number + 10, number + 20, "", (f"10.0.0.{number}", 81)) for number in (1, 2, 3)]
REFUSED = ["10.0.0.1", "10.0.0.2"]


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
