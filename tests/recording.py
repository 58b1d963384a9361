"""A server on the loopback address that records requests and sends planned responses."""

import json
import socket
import struct
import threading
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote

from facts import FACTS

from anthropic_models.testing.records import Request

MODEL = FACTS["example"]
"""The example of the reference page."""


@dataclass(frozen=True)
class Recorded(Request):
    """A request as it was received, with the number of its connection, counted from 0."""

    connection: int = 0

    def values(self, name):
        """Every value of a header."""
        return super().header(name)

    def header(self, name):
        """The value of a header that was sent once, or None."""
        values = self.values(name)
        assert len(values) < 2, f"{name} was sent {len(values)} times"
        return values[0] if values else None

    @property
    def model(self):
        """The id of the requested model."""
        return unquote(self.target.rpartition("/")[2])


@dataclass(frozen=True)
class Answer:
    """A response of the server. A `body` that is neither bytes nor text is sent as JSON."""

    status: int = 200
    body: object = field(default_factory=lambda: MODEL)
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = field(default_factory=dict)

    def encoded(self):
        """The bytes of the response."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = list(self.headers.items() if isinstance(self.headers, Mapping) else self.headers)
        names = {name.lower() for name, _ in given}
        fixed = {"content-type": "application/json", "request-id": "req_test", "content-length": str(len(content))}
        lines = [f"{name}: {value}" for name, value in [*given, *((k, v) for k, v in fixed.items() if k not in names)]]
        return "\r\n".join([f"HTTP/1.1 {self.status} Status", *lines, "", ""]).encode("latin-1") + content


class Peer:
    """The server's end of a connection, for a planned function."""

    def __init__(self, sock, request, stopped):
        self.socket, self.request, self._stopped = sock, request, stopped

    def send(self, data):
        """Send bytes or an `Answer`."""
        self.socket.sendall(data.encoded() if isinstance(data, Answer) else data)

    def drip(self, pieces, seconds):
        """Send one piece after another, until the client disconnects or the test ends."""
        for piece in pieces:
            if self._stopped.wait(seconds):
                return
            self.socket.sendall(piece)

    def hold(self):
        """Send nothing more until the client disconnects or the test ends."""
        while self.socket.recv(4096):
            pass

    def reset(self):
        """Reset the connection."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Hold = Peer.hold
"""No response: the connection stays open until the client gives up."""
Drop = b""
"""No response: the connection is closed."""


class RecordingServer:
    """Listens on a free port. Sends the planned responses, then a valid model.

    Attributes:
        requests: The requests since the last `start_anew`, oldest first.
        earlier: The requests before that.
        fallback: The response if nothing is planned.
        open: How many connections are open.
    """

    def __init__(self, *, context=None):
        self.requests = []
        self.earlier = []
        self.fallback = Answer()
        self.open = 0
        self._planned = deque()
        self._sockets = []
        self._threads = []
        self._lock, self._stopped, self._context = threading.Lock(), threading.Event(), context
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self._listener.getsockname()[1]
        self.origin = f"127.0.0.1:{self.port}"
        self.url = f"{'https' if context else 'http'}://{self.origin}"
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    def plan(self, *answers):
        """Send these responses to the next requests.

        Bytes are sent unchanged, and end the connection. A function gets the `Peer`. A mapping has a response for
        each model id.
        """
        self._planned.extend(answers)

    def start_anew(self):
        """Remove the plans, and move the requests to `earlier`."""
        with self._lock:
            self.earlier += self.requests
            self.requests.clear()
            self._planned.clear()
            self.fallback = Answer()

    @property
    def last(self):
        """The last request."""
        return self.requests[-1]

    @property
    def connections(self):
        """How many connections have been made."""
        return len(self._sockets)

    @property
    def counts(self):
        """The number of requests for each model id."""
        return Counter(request.model for request in self.requests)

    def _accept(self):
        while True:
            sock, _ = self._listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else TLS waits 40 ms for each connection
            sock.settimeout(15)  # during a TLS handshake the socket cannot be shut down
            with self._lock:
                if self._stopped.is_set():
                    sock.close()
                    return
                thread = threading.Thread(target=self._serve, args=(sock, len(self._sockets)), daemon=True)
                self._sockets.append(sock)
                self._threads.append(thread)
                self.open += 1
            thread.start()

    def _serve(self, sock, number):
        with suppress(OSError, ValueError), sock:  # the client may disconnect at any time
            if self._context is not None:
                sock = self._sockets[number] = self._context.wrap_socket(sock, server_side=True)
            with sock:
                while (head := _head(sock)) and self._is_answered(sock, _recorded(head, number)):
                    pass
        with self._lock:
            self.open -= 1

    def _is_answered(self, sock, request):
        """Send the response. Returns whether the connection stays open."""
        with self._lock:
            self.requests.append(request)
            answer = self._planned.popleft() if self._planned else self.fallback
        if isinstance(answer, Mapping):
            answer = answer[request.model]
        peer = Peer(sock, request, self._stopped)
        answer(peer) if callable(answer) else peer.send(answer)
        return not isinstance(answer, bytes)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stopped.set()
        with socket.socket() as waker:  # wakes the acceptor, on every system
            waker.connect(("127.0.0.1", self.port))
        self._acceptor.join()
        self._listener.close()
        for sock in self._sockets:
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()


def _head(sock):
    """The head of a request, or b"" if it is incomplete."""
    head = b""
    while b"\r\n\r\n" not in head:
        data = sock.recv(4096)
        if not data:
            return b""
        head += data
    return head


def _recorded(head, number):
    line, *rest = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    headers = tuple((name, value.strip()) for name, _, value in (each.partition(":") for each in rest))
    method, target, *_ = line.split(" ")
    return Recorded(method, target, headers, connection=number)
