"""HTTP/1.1 on a free port of the loopback address, in threads of this process.

It uses the standard library's server because that keeps connections alive, and gives the request line and the
headers unchanged; a WSGI server does neither.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import responses
from http.server import BaseHTTPRequestHandler
from socket import SHUT_RDWR, socket
from socketserver import TCPServer, ThreadingMixIn
from typing import Any

from anthropic_models.testing.records import BODILESS, Answer, Request

Respond = Callable[[Request], Answer]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # send headers and body in one packet: the second of two would wait for an acknowledgement
    server: "_Loopback"

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):  # any method
            return self._exchange
        raise AttributeError(name)

    def _exchange(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        # Not self.path, in which the standard library merges leading slashes.
        target = self.requestline.split(" ")[1]
        answer = self.server.respond(Request(self.command, target, tuple(self.headers.items()), body))
        self.server.is_closing.wait(answer.delay)
        if answer.status:
            self.send_response_only(answer.status, responses.get(answer.status, "Unknown"))
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)
        if answer.stall_after:
            self.wfile.flush()
            self.rfile.read()  # until the client or the server closes the connection
        # A chunked request body has not been read, so the next request could not be parsed; and a response without
        # a length ends when the connection closes.
        is_framed = answer.status in BODILESS or answer.header("content-length")
        self.close_connection |= "transfer-encoding" in self.headers or bool(answer.drop_after) or not is_framed

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Write no log, because the requests are recorded."""


class _Loopback(ThreadingMixIn, TCPServer):
    request_queue_size = 128

    def __init__(self, respond: Respond) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.respond = respond
        self.is_closing = threading.Event()
        self._connections: list[socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.append(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a client may disconnect at any time
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        self.is_closing.set()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)
        super().server_close()  # waits for every thread


@contextmanager
def listening(respond: Respond) -> Iterator[str]:
    """Answer every request with `respond` inside the block; gives the URL. All threads end with the block."""
    with _Loopback(respond) as loopback:
        # The poll interval bounds how long closing takes, in seconds.
        thread = threading.Thread(target=loopback.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{loopback.server_address[1]}"
        finally:
            loopback.shutdown()
            thread.join()
