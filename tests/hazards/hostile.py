"""A server on the loopback address that answers with exactly the bytes that a test tells it to, when it tells it to."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from arbiter import judged
from recording import MODEL, Recorded

if TYPE_CHECKING:
    from typing import Self


def answer(
    body: object = MODEL, status: int = 200, headers: Iterable[tuple[str, str]] = (), *, length: bool = True
) -> bytes:
    """The bytes of an answer; a body that is not bytes goes as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [("content-type", "application/json"), *headers]
    if length:
        lines.append(("content-length", str(len(content))))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode("latin-1") + content


class Peer:
    """The server's end of a connection, for the scripts of tests."""

    def __init__(self, sock: socket.socket, request: Recorded, stopped: threading.Event) -> None:
        self.socket, self.request, self._stopped = sock, request, stopped

    def send(self, data: bytes) -> None:
        """Send all of it."""
        self.socket.sendall(data)

    def drip(self, pieces: Iterable[bytes], seconds: float = 0.05) -> None:
        """Send one piece after another, until the client has gone or the test is over."""
        for piece in pieces:
            if self._stopped.wait(seconds):
                return
            self.socket.sendall(piece)

    def hold(self) -> None:
        """Say nothing more until the client has gone or the test is over."""
        while self.socket.recv(4096):
            pass

    def reset(self) -> None:
        """Break the connection off."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Script = bytes | Callable[[Peer], None]


@judged
class HostileServer:
    """Listens on a free port.

    Args:
        scripts: What each request in its turn is answered with, bytes or a function of the peer; the last repeats.
        context: Makes it a TLS server.

    Attributes:
        requests: What came in, oldest first.
        connections: How many connections there have been.
        open: How many there are.
    """

    def __init__(self, *scripts: Script, context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.scripts: list[Script] = list(scripts) or [answer()]
        self.requests: list[Recorded] = []
        self.connections = self.open = 0
        self._context, self._sockets, self._threads = context, dict[int, socket.socket](), list[threading.Thread]()
        self._lock, self._stopped = threading.Lock(), threading.Event()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family, backlog=512)
        self.port: int = self._listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        self.origin = f"{shown}:{self.port}"
        self.url = f"{'http' if context is None else 'https'}://{self.origin}"
        self._start(self._accept)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener was shut down
            while True:
                sock, _ = self._listener.accept()
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else TLS waits 40 ms for each connection
                sock.settimeout(15)  # in the middle of a handshake no socket is there to be shut down
                with self._lock:
                    self._sockets[self.connections] = sock
                    self._start(self._serve, sock, self.connections)
                    self.connections += 1
                    self.open += 1

    def _serve(self, sock: socket.socket, number: int) -> None:
        with suppress(OSError, ValueError), self._spoken(sock) as spoken:  # the client may go at any time
            self._sockets[number] = spoken
            while head := _head(spoken):
                request = _received(head, number)
                with self._lock:
                    script = self.scripts[min(len(self.requests), len(self.scripts) - 1)]
                    self.requests.append(request)
                peer = Peer(spoken, request, self._stopped)
                peer.send(script) if isinstance(script, bytes) else script(peer)
        sock.close()
        with self._lock:
            self.open -= 1

    def _spoken(self, sock: socket.socket) -> socket.socket:
        return sock if self._context is None else self._context.wrap_socket(sock, server_side=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join()
        for sock in self._sockets.values():
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()


def _head(sock: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        data = sock.recv(4096)
        if not data:
            return b""
        head += data
    return head


def _received(head: bytes, number: int) -> Recorded:
    line, *rest = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    headers = tuple((name, value.strip()) for name, _, value in (each.partition(":") for each in rest))
    method, target, *_ = line.split(" ")
    return Recorded(method, target, headers, number)
