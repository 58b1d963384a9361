"""Doubles of what connections are made of: sockets, transports, the time."""

from __future__ import annotations

import asyncio
from typing import Any

from anthropic_models.transport.async_connection import Connection
from anthropic_models.transport.messages import Origin, Request


class Clock:
    """Says what it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Idle:
    """A connection that says whether it is quiet and can be used again."""

    idle_since: float | None = None

    def __init__(self, name: str, *, quiet: bool = True, reusable: bool = True) -> None:
        self.name, self.quiet, self.reusable, self.is_closed = name, quiet, reusable, False
        self.exchange = self

    def is_quiet(self) -> bool:
        return self.quiet

    def is_reusable(self) -> bool:
        return self.reusable

    def close(self) -> None:
        self.is_closed = True

    abort = close


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
