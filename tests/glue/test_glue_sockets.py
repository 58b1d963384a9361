"""Connections for blocking calls: what they are told of time, and what they say where they break."""

from __future__ import annotations

import socket
import time
from typing import Any

import httpx
import pytest
from doubles import Clock
from telling import told

from anthropic_models.transport.deadlines import Deadline
from anthropic_models.transport.sync_connection import KEEPALIVE, Connection


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of connections and deadlines."""
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


class Broken:
    """A socket on which everything fails."""

    def __init__(self, failure: Exception) -> None:
        self.failure, self.seconds = failure, list[float | None]()

    def settimeout(self, seconds: float | None) -> None:
        self.seconds.append(seconds)

    def sendall(self, _: bytes) -> None:
        raise self.failure

    def recv(self, *_: object) -> bytes:
        raise self.failure


def test_what_breaks_is_told_in_the_words_of_the_system(clock: Clock) -> None:
    """Or by the time that there was for it, which each step has its own of."""
    said = []
    for failure in (OSError("reset"), TimeoutError("late")):
        sock: Any = Broken(failure)
        connection, deadline = Connection(sock), Deadline(httpx.Timeout(9, write=2, read=3))
        said += [
            told(connection.send, b"x", deadline),
            told(connection.head, deadline),
            told(connection.chunk, deadline),
        ]
        assert sock.seconds == [2.0, 3.0, 3.0]

    assert said == [
        "WriteError: reset",
        "ReadError: reset",
        "ReadError: reset",
        "WriteTimeout: no answer within 2 seconds (write)",
        "ReadTimeout: no answer within 3 seconds (read)",
        "ReadTimeout: no answer within 3 seconds (read)",
    ]


def test_a_connection_is_quiet_where_nothing_came_and_it_is_fresh(clock: Clock, monkeypatch: Any) -> None:
    """Up to the very second; one that has bytes, was closed or is broken is not. Nothing is read."""
    sock, peer = socket.socketpair()
    with sock, peer:
        connection = Connection(sock)
        connection.idle_since = clock.now
        found = []
        for clock.now in (1000.0, 1000.0 + KEEPALIVE, 1000.001 + KEEPALIVE):
            found.append(connection.is_quiet())
        clock.now = 1000.0
        peer.sendall(b"ab")
        found.append(connection.is_quiet())
        assert sock.recv(9) == b"ab"
        found.append(connection.is_quiet())
        peer.close()
        found.append(connection.is_quiet())
        monkeypatch.setattr(socket.socket, "recv", Broken(ConnectionResetError()).recv)
        found.append(connection.is_quiet())

    assert found == [True, True, False, False, True, False, False]
    assert Connection(sock).idle_since == 0.0
