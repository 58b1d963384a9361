"""Connections for asyncio that wait: when they are quiet, and when they can be used again."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest
from doubles import connected

from anthropic_models.transport.deadlines import Deadline
from anthropic_models.transport.sync_connection import KEEPALIVE

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


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
