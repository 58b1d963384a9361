"""A server that costs little: it answers whatever is asked with the fragment's own example, and keeps connections."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent


def _resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        here: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            here = here[step]
        node = here
    return node


def example(fragment: Path) -> tuple[dict[str, str], bytes]:
    """The headers and the body of the first success that the fragment describes by an example."""
    document = yaml.safe_load(fragment.read_text(encoding="utf-8"))
    path = next(iter(document["paths"].values()))
    success = _resolved(document, path["get"]["responses"]["200"])
    kind, content = next(iter(success["content"].items()))
    described = {name: _resolved(document, header) for name, header in success.get("headers", {}).items()}
    headers = {name: str(header["example"]) for name, header in described.items() if "example" in header}
    body = json.dumps(next(iter(content["examples"].values()))["value"], separators=(",", ":")).encode()
    return {"date": formatdate(usegmt=True), "content-type": kind, **headers, "content-length": str(len(body))}, body


class _Answers(asyncio.Protocol):
    answer: bytes

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        *whole, self._received = (self._received + data).split(b"\r\n\r\n")
        for _ in whole:
            self._transport.write(self.answer)  # type: ignore[attr-defined]  # a TCP transport can be written to


async def _serve() -> None:
    headers, body = example(ROOT / "openapi" / "models.yaml")
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    _Answers.answer = f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body
    server = await asyncio.get_running_loop().create_server(_Answers, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def running() -> Iterator[str]:
    """The server in a process of its own, at the URL that is given."""
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.server"], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    asyncio.run(_serve())
