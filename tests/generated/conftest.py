"""The generated package alone, the fragment's examples, and a server on loopback that answers as told."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from arbiter import judged
from recording import Recorded

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ROOT / "generated"


@judged
class Loopback:
    """A server on a free port: gives every request `status` and `body`, and keeps what came."""

    def __init__(self) -> None:
        self.status = 200
        self.body = b""
        self.requests: list[Recorded] = []
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                loopback.requests.append(Recorded("GET", self.path, tuple(self.headers.items()), 0))
                self.send_response(loopback.status)
                self.send_header("content-length", str(len(loopback.body)))
                self.end_headers()
                self.wfile.write(loopback.body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name of the base class
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A server of the test's own."""
    loopback = Loopback()
    thread = threading.Thread(target=loopback.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield loopback
    loopback.server.shutdown()
    thread.join()
    loopback.server.server_close()


@pytest.fixture(scope="session")
def fragment() -> Any:
    """The fragment as plain data."""
    return yaml.safe_load((ROOT / "openapi" / "models.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def model_body(fragment: Any) -> Any:
    """The fragment's first example of a model."""
    path = next(iter(fragment["paths"].values()))
    examples = path["get"]["responses"]["200"]["content"]["application/json"]["examples"]
    return next(iter(examples.values()))["value"]


@pytest.fixture(scope="session")
def error_bodies(fragment: Any) -> dict[int, bytes]:
    """The fragment's example of an error for each status."""
    path = next(iter(fragment["paths"].values()))
    answers = fragment["components"]["responses"]
    names = {
        int(status): said["$ref"].rpartition("/")[2]
        for status, said in path["get"]["responses"].items()
        if "$ref" in said
    }
    return {
        status: json.dumps(answers[name]["content"]["application/json"]["example"]).encode()
        for status, name in names.items()
    }
