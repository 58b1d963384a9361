"""Connections for asyncio: how much they take in, and what they say where they break."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from doubles import connected

from anthropic_models.transport.deadlines import Deadline

HIGH = 256 * 1024
HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


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
