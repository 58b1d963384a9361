"""The command beside a local server."""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from command_process import OPUS, SONNET, Command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anthropic_models.testing import Server


@pytest.fixture
def command(anthropic_server: Server) -> Command:
    """The command beside a server that knows two models more than the fragment's examples, and an alias."""
    anthropic_server.add_model(**OPUS)
    anthropic_server.add_model(**SONNET)
    anthropic_server.add_alias("claude-opus-4-5", OPUS["id"])
    return Command(anthropic_server.url)


@pytest.fixture
def beside() -> Iterator[Callable[..., Command]]:
    """The command beside a server that answers `GET` as a function of the id says: with a status and bytes."""
    with contextlib.ExitStack() as stack:

        def start(answer: Callable[[str], tuple[int, bytes]]) -> Command:
            class Handler(BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"

                def do_GET(self) -> None:
                    status, body = answer(self.path.rpartition("/")[2])
                    self.send_response(status)
                    self.send_header("content-length", str(len(body)))
                    self.send_header("request-id", "req_1")
                    self.end_headers()
                    self.wfile.write(body)

                def log_message(self, *_: object) -> None:
                    pass

            server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            stack.callback(server.server_close)
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return Command(f"http://127.0.0.1:{server.server_port}")

        yield start
