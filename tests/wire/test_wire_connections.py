"""Connections of our own: when they are closed, what they keep in memory, and which address they take."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from recording import MODEL, Answer, RecordingServer

from anthropic_models import Anthropic, APIConnectionError, AsyncAnthropic
from anthropic_models.transport.async_connection import Connection
from anthropic_models.transport.deadlines import Deadline

if TYPE_CHECKING:
    from collections.abc import Callable


def open_connections(server: RecordingServer) -> int:
    """How many connections the server still has."""
    return sum(thread.is_alive() for thread in server._threads)


def resolving(monkeypatch: pytest.MonkeyPatch, addresses: Callable[[], list[Any]]) -> None:
    """Make `models.test` a name that has these addresses."""
    resolve = socket.getaddrinfo

    def resolved(host: Any, *arguments: Any, **options: Any) -> list[Any]:
        is_ours = host in ("models.test", b"models.test") and not options.get("flags")
        return addresses() if is_ours else resolve(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)


def test_a_connection_that_nobody_needs_is_closed(api: Any, server: RecordingServer, monkeypatch: Any) -> None:
    """Of several that wait, the one that calls go on using stays; the others go once they have waited too long."""
    for module in ("sync_connection", "async_connection", "async_stack"):
        monkeypatch.setattr(f"anthropic_models.transport.{module}.KEEPALIVE", 0.3)
    client = api.client()

    async def burst() -> None:
        await asyncio.gather(*(client.models.retrieve("m") for _ in range(8)))

    with ThreadPoolExecutor(8) as threads:
        while open_connections(server) < 2:
            api.run(burst()) if api.is_async else list(threads.map(client.models.retrieve, ["m"] * 8))

    ends = time.monotonic() + 10
    while open_connections(server) > 1 and time.monotonic() < ends:
        api.retrieve(client)

    assert open_connections(server) == 1


def test_a_connection_that_waited_too_long_is_not_used(api: Any, server: RecordingServer, monkeypatch: Any) -> None:
    """The server may close it at any moment: the next call opens another."""
    client = api.client()
    api.retrieve(client)
    for module in ("sync_connection", "async_connection", "async_stack"):
        monkeypatch.setattr(f"anthropic_models.transport.{module}.KEEPALIVE", 0.0)
    api.retrieve(client)

    assert server.connections == 2


def test_an_address_that_refuses_leaves_the_next(api: Any, server: RecordingServer, monkeypatch: Any) -> None:
    """A name is reached at its second address where nothing listens at the first; with no address, that is told."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        refusing = closed.getsockname()
    stream = (socket.AF_INET, socket.SOCK_STREAM, 0, "")
    addresses: list[Any] = [(*stream, refusing), (*stream, ("127.0.0.1", server.port))]
    resolving(monkeypatch, lambda: addresses)
    client = api.client(base_url="http://models.test", max_retries=0)

    assert api.retrieve(client).id == "claude-sonnet-4-20250514"
    api.run(client.close())
    del addresses[1]
    with pytest.raises(APIConnectionError, match=r"Errno 111|refused"):
        api.retrieve(api.client(base_url="http://models.test", max_retries=0))
    addresses.clear()
    with pytest.raises(APIConnectionError, match=r"no address for models\.test"):
        api.retrieve(api.client(base_url="http://models.test", max_retries=0))


def test_a_name_that_is_found_too_late_is_nobodys(server: RecordingServer, monkeypatch: Any) -> None:
    """A call was cancelled while its name was looked up: the answer of the resolver changes nothing any more."""
    asked, free = threading.Event(), threading.Event()

    def late() -> list[Any]:
        asked.set()
        free.wait(10)
        return []

    resolving(monkeypatch, late)
    complaints: list[Any] = []

    async def cancelled() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        async with AsyncAnthropic(api_key="k", base_url="http://models.test") as client:
            call = asyncio.ensure_future(client.models.retrieve("m"))
            await asyncio.to_thread(asked.wait, 10)
            call.cancel()
            await asyncio.wait([call])
            free.set()
            for thread in threading.enumerate():
                if thread.name == "anthropic-models":
                    await asyncio.to_thread(thread.join, 10)
            await asyncio.sleep(0)

    asyncio.run(cancelled())

    assert complaints == []


class Transport(asyncio.Transport):
    """Notes whether it may be read from."""

    is_reading = True

    def pause_reading(self) -> None:
        self.is_reading = False

    def resume_reading(self) -> None:
        self.is_reading = True


def test_a_body_that_nobody_reads_is_not_taken_in() -> None:
    """Past 256 KiB the socket is left alone, so that the server must wait; reading goes on when those are used."""
    transport, connection = Transport(), Connection()

    async def read() -> list[bool]:
        connection.connection_made(transport)
        connection.data_received(b"HTTP/1.1 200 OK\r\ncontent-length: 400000\r\n\r\n")
        seen = [transport.is_reading]
        connection.data_received(b"x" * 300_000)
        seen.append(transport.is_reading)
        deadline = Deadline(httpx.Timeout(5))
        await connection.head(deadline)
        return [*seen, transport.is_reading]

    assert asyncio.run(read()) == [True, False, True]


def test_a_lost_connection_sends_nothing() -> None:
    """A request is not written to a connection that the server has closed: it would be lost without a word."""
    connection = Connection()
    connection.connection_made(Transport())
    connection.eof_received()

    with pytest.raises(httpx.WriteError, match="closed"):
        connection.send(b"x")


def test_a_connect_that_is_interrupted_leaves_no_socket(server: RecordingServer, monkeypatch: Any) -> None:
    """Ctrl+C while a connection is made: the interrupt goes on, and the socket is closed."""
    opened: list[socket.socket] = []

    def interrupted(sock: socket.socket, _: object) -> None:
        opened.append(sock)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, Anthropic(api_key="k", base_url=server.url) as client:
        patch.setattr("socket.socket.connect", interrupted)
        with pytest.raises(KeyboardInterrupt):
            client.models.retrieve("m")

    assert [sock.fileno() for sock in opened] == [-1]


def test_a_connection_that_was_broken_while_it_waited_is_not_used(api: Any) -> None:
    """The server resets it after its answer: the next call opens another, and is not failed by it."""
    answered, broken = threading.Event(), threading.Event()

    def serve(listener: socket.socket) -> None:
        for _ in range(2):
            sock, _ = listener.accept()
            sock.recv(65536)
            sock.sendall(Answer().encoded())
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            answered.wait(10)
            sock.close()
            broken.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        client = api.client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", max_retries=0)
        api.retrieve(client)
        answered.set()
        broken.wait(10)
        for _ in range(3):  # an event loop hears of it in its next turns
            api.run(asyncio.sleep(0)) if api.is_async else None
        assert api.retrieve(client).id == MODEL["id"]
        thread.join(10)
