"""Threads of our own: how they are called, how long they are waited for, and what resolvers are asked."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

import httpx
import pytest

from anthropic_models.transport import async_connection, sync_connection
from anthropic_models.transport.deadlines import Deadline
from anthropic_models.transport.threads import within

NUMERIC = {"type": socket.SOCK_STREAM, "flags": socket.AI_NUMERICHOST}


def test_work_has_a_thread_that_is_called_after_the_package() -> None:
    """And does not keep the program alive; without a bound it has none."""

    def who() -> tuple[str, bool]:
        thread = threading.current_thread()
        return thread.name, thread.daemon

    assert within(5.0, who) == ("anthropic-models", True)
    assert within(None, lambda: threading.current_thread() is threading.main_thread()) is True


def test_work_is_waited_for_as_long_as_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at all where nothing is left."""
    waited: list[float | None] = []
    real, free = threading.Event.wait, threading.Event()

    def wait(event: threading.Event, timeout: float | None = None) -> bool:
        if timeout in (0.25, 0.0, 0.5, 1.0):
            waited.append(timeout)
            return False
        return real(event, timeout)

    with monkeypatch.context() as patch:
        patch.setattr(threading.Event, "wait", wait)
        for seconds in (0.25, 0.0, -3.0, 0.5):
            with pytest.raises(TimeoutError):
                within(seconds, lambda: free.wait(10))
    free.set()

    assert waited == [0.25, 0.0, 0.0, 0.5]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the resolver is asked, and by whom; a name is only found without flags."""
    asked: list[Any] = []

    def resolve(host: Any, port: Any, **options: Any) -> list[Any]:
        thread = threading.current_thread()
        asked.append((host, port, options, thread.name, thread.daemon))
        if options.get("flags") and "1" not in str(host):
            raise socket.gaierror("a name")
        return ["address"]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_an_address_is_not_looked_up_and_a_name_is_in_a_thread(asked: list[Any]) -> None:
    """With its port, for connections alone; bytes, where a string would load tables first."""
    me = (threading.current_thread().name, threading.current_thread().daemon)
    deadline = Deadline(httpx.Timeout(5))

    assert [sync_connection._addresses(host, 81, deadline) for host in ("127.0.0.1", "models.test")] == [
        ["address"]
    ] * 2
    assert asked == [
        (b"127.0.0.1", 81, NUMERIC, *me),
        (b"models.test", 81, NUMERIC, *me),
        (b"models.test", 81, {"type": socket.SOCK_STREAM}, "anthropic-models", True),
    ]


def test_asyncio_looks_a_name_up_in_a_thread_of_ours(asked: list[Any]) -> None:
    """Which asyncio does not wait for at its end."""
    assert asyncio.run(async_connection._looked_up("models.test", 81)) == ["address"]
    assert asked == [("models.test", 81, {"type": socket.SOCK_STREAM}, "anthropic-models", True)]


def test_asyncio_looks_no_address_up(asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read as it stands; a name is tried as an address first. Where there is none at all, that is told."""
    me = (threading.current_thread().name, threading.current_thread().daemon)
    found = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **options: found(*given, **options)[1:])
    for host in ("127.0.0.1", "models.test"):
        with pytest.raises(OSError, match=f"^no address for {host}$"):
            asyncio.run(async_connection._connect(host, 81, Deadline(httpx.Timeout(5))))

    assert asked == [
        ("127.0.0.1", 81, NUMERIC, *me),
        ("models.test", 81, NUMERIC, *me),
        ("models.test", 81, {"type": socket.SOCK_STREAM}, "anthropic-models", True),
    ]


def test_a_name_that_there_is_not_is_told_by_the_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own error comes out of the thread."""

    def resolve(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(socket.gaierror, match="no such name"):
        asyncio.run(async_connection._looked_up("models.test", 81))
    with pytest.raises(socket.gaierror, match="no such name"):
        sync_connection._addresses("models.test", 81, Deadline(httpx.Timeout(5)))
