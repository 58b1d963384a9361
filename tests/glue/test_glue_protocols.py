"""Connections for asyncio: how much they take in, what they say where they break, and when they are quiet."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import pytest

from anthropic_models.transport import async_connection
from anthropic_models.transport.async_connection import Connection
from anthropic_models.transport.deadlines import Deadline
from anthropic_models.transport.messages import Origin, Request
from anthropic_models.transport.sync_connection import KEEPALIVE

HIGH = 256 * 1024
HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


class Transport(asyncio.Transport):
    """Notes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[str] = []
        self.closing = False

    def pause_reading(self) -> None:
        self.notes.append("pause")

    def resume_reading(self) -> None:
        self.notes.append("resume")

    def is_closing(self) -> bool:
        return self.closing

    def abort(self) -> None:
        self.notes.append("abort")

    def write(self, data: Any) -> None:
        self.notes.append(data.decode())


def connected() -> tuple[Connection, Transport]:
    """A connection on which a request was sent."""
    connection, transport = Connection(), Transport()
    connection.connection_made(transport)
    connection.exchange.request(Request("GET", Origin("http", "h", 80, "h"), "/", {"host": "h"}))
    return connection, transport


def test_a_quarter_of_a_mebibyte_is_taken_in_and_no_more() -> None:
    """In one piece or several, again after it was read; a lost connection is not told to go on."""

    async def take_in() -> list[Any]:
        deadline, found = Deadline(httpx.Timeout(5)), []
        for pieces in ([HIGH], [HIGH + 1], [HIGH // 2, HIGH // 2], [HIGH // 2, HIGH // 2, 1], [1]):
            connection, transport = connected()
            for _ in range(2):
                for size in pieces:
                    connection.data_received(b"x" * size)
                connection.exchange.receive = lambda _: None  # type: ignore[method-assign]
                await connection._receive(deadline)
            found.append(transport.notes)
        connection, transport = connected()
        connection.data_received(b"x" * (HIGH + 1))
        connection.connection_lost(None)
        connection.exchange.receive = lambda _: None  # type: ignore[method-assign]
        await connection._receive(deadline)
        return [*found, transport.notes]

    stopped = ["pause", "resume"] * 2
    assert asyncio.run(take_in()) == [[], stopped, [], stopped, [], ["pause"]]


def test_pieces_are_put_together() -> None:
    """In their order, whether somebody waits for them or not."""

    async def read() -> list[Any]:
        connection, _ = connected()
        deadline = Deadline(httpx.Timeout(5))
        waiting = asyncio.ensure_future(connection.head(deadline))
        await asyncio.sleep(0)
        for piece in (HEAD[:9], HEAD[9:20], HEAD[20:]):
            connection.data_received(piece)
        head = await waiting
        connection.data_received(b"a")
        connection.data_received(b"b")
        return [head.status, await connection.chunk(deadline), await connection.chunk(deadline)]

    assert asyncio.run(read()) == [200, b"ab", b""]


def test_a_connection_that_breaks_is_told_in_the_words_of_the_system() -> None:
    """What came before is read first; an end without an error is an answer cut short."""

    async def read(failure: Exception | None, data: bytes = b"") -> str:
        connection, _ = connected()
        if data:
            connection.data_received(data)
        connection.connection_lost(failure)
        try:
            return str((await connection.head(Deadline(httpx.Timeout(5)))).status)
        except httpx.TransportError as error:
            return f"{type(error).__name__}: {error}"

    assert asyncio.run(read(OSError("reset by peer"))) == "ReadError: reset by peer"
    assert asyncio.run(read(OSError("reset by peer"), HEAD)) == "200"
    assert asyncio.run(read(None)) == (
        "RemoteProtocolError: can't handle event type ConnectionClosed when role=SERVER and state=SEND_RESPONSE"
    )


def test_nothing_is_written_to_a_lost_connection() -> None:
    """It says so; before it was lost, it takes what it is given."""
    connection, transport = connected()
    connection.send(b"a")
    connection.eof_received()
    with pytest.raises(httpx.WriteError, match=r"^the connection is closed$"):
        connection.send(b"b")

    assert transport.notes == ["a"]


def test_a_connection_is_quiet_while_it_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the very second; not where it never waited, is lost, or is about to close."""
    found = []
    for now in (1000.0, 1000.0 + KEEPALIVE, 1000.001 + KEEPALIVE):
        connection, transport = connected()
        found.append(connection.is_quiet())
        connection.idle_since = 1000.0
        monkeypatch.setattr(time, "monotonic", lambda now=now: now)
        found.append(connection.is_quiet())
        transport.closing = True
        found.append(connection.is_quiet())
        transport.closing = False
        connection.eof_received()
        found.append(connection.is_quiet())

    assert found == [False, True, False, False] * 2 + [False] * 4


def test_bytes_that_nobody_asked_for_end_a_connection() -> None:
    """While it waits; while it is used, they are its answer."""
    connection, transport = connected()
    connection.data_received(b"x")
    assert transport.notes == []
    connection.idle_since = 1.0
    connection.data_received(b"x")
    assert transport.notes == ["abort"]


def test_a_connection_can_be_used_again_where_its_answer_is_read_whole() -> None:
    """And nothing has come since, and it is not lost."""

    async def read(then: str) -> list[bool]:
        connection, _ = connected()
        found = [connection.is_reusable()]
        deadline = Deadline(httpx.Timeout(5))
        connection.data_received(HEAD + b"ab")
        await connection.head(deadline)
        await connection.chunk(deadline)
        found.append(connection.is_reusable())
        await connection.chunk(deadline)
        if then == "more":
            connection.data_received(b"x")
        elif then == "end":
            connection.eof_received()
        return [*found, connection.is_reusable()]

    assert [asyncio.run(read(then)) for then in ("", "more", "end")] == [
        [False, False, True],
        [False, False, False],
        [False, False, False],
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
