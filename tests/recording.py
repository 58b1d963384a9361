"""A server on the loopback address that records what it is asked and answers what it is told."""

from __future__ import annotations

import json
import socket
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from io import BufferedReader
    from types import TracebackType
    from typing import Self

MODEL = {
    "id": "claude-sonnet-4-20250514",
    "created_at": "2025-02-19T00:00:00Z",
    "display_name": "Claude Sonnet 4",
    "type": "model",
}
"""The reference page's example."""


@dataclass(frozen=True)
class Recorded:
    """A request as it came in.

    Attributes:
        target: What stood in its first line: path and query, escaped as they were sent.
        headers: Names and values as they were written, in their order.
        connection: Which connection carried it, counted from 0.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    connection: int

    def values(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name: str) -> str | None:
        """The value of a header that came once or not at all."""
        values = self.values(name)
        assert len(values) < 2, f"{name} came {len(values)} times"
        return values[0] if values else None

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The target's query."""
        return self.target.partition("?")[2]


@dataclass(frozen=True)
class Answer:
    """What the server sends. A `body` that is neither bytes nor text is sent as JSON."""

    status: int = 200
    body: object = field(default_factory=lambda: MODEL)
    headers: Mapping[str, str] | Sequence[tuple[str, str]] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """The bytes of it."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = list(self.headers.items() if hasattr(self.headers, "items") else self.headers)
        names = {name.lower() for name, _ in given}
        fixed = {"content-type": "application/json", "request-id": "req_test", "content-length": str(len(content))}
        lines = [f"{name}: {value}" for name, value in [*given, *((k, v) for k, v in fixed.items() if k not in names)]]
        return "\r\n".join([f"HTTP/1.1 {self.status} Status", *lines, "", ""]).encode("latin-1") + content


class Hold:
    """No answer at all: the connection stays open until the client gives up."""


class Drop:
    """No answer at all: the connection is closed."""


Planned = Answer | bytes | type[Hold] | type[Drop]


class RecordingServer:
    """Listens on a free port. Answers with what is planned, then with a good model.

    Attributes:
        requests: What came in, oldest first, since it last started anew.
        earlier: What had come before that.
        fallback: The answer where nothing is planned.
    """

    def __init__(self) -> None:
        self.requests: list[Recorded] = []
        self.earlier: list[Recorded] = []
        self.fallback: Planned = Answer()
        self._planned: deque[Planned] = deque()
        self._connections: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._is_closed = False
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    def plan(self, *answers: Planned) -> None:
        """Answer the next requests with these; raw bytes are sent as they are, and end the connection."""
        self._planned.extend(answers)

    def start_anew(self) -> None:
        """Have nothing planned, and set apart what has come so far."""
        with self._lock:
            self.earlier += self.requests
            self.requests.clear()
            self._planned.clear()
            self.fallback = Answer()

    @property
    def last(self) -> Recorded:
        """The request that came last."""
        return self.requests[-1]

    @property
    def connections(self) -> int:
        """How many connections there have been."""
        return len(self._connections)

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with self._lock:
                if self._is_closed:
                    connection.close()
                    return
                thread = threading.Thread(target=self._serve, args=(connection, len(self._connections)), daemon=True)
                self._connections.append(connection)
                self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as stream:
            while lines := _head(stream):
                method, target, _ = lines[0].split(" ", 2)
                headers = tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in lines[1:]))
                with self._lock:
                    self.requests.append(Recorded(method, target, headers, number))
                    answer = self._planned.popleft() if self._planned else self.fallback
                if answer is Hold:
                    stream.read(1)
                if not isinstance(answer, Answer):
                    connection.sendall(answer if isinstance(answer, bytes) else b"")
                    return
                connection.sendall(answer.encoded())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._is_closed = True
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes the acceptor, on every system
        self._acceptor.join()
        self._listener.close()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()


def _head(stream: BufferedReader) -> list[str]:
    """The lines of a request's head; none where it does not come to its end."""
    lines: list[str] = []
    while line := stream.readline().decode("latin-1"):
        if line == "\r\n":
            return lines
        lines.append(line.rstrip("\r\n"))
    return []
