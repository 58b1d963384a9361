"""A fast server: it responds to every request with the fragment's example, and keeps connections open."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import yaml

from .environments import ROOT


def _response() -> bytes:
    """The response with the fragment's first example of a success."""
    document = yaml.safe_load((ROOT / "openapi" / "models.yaml").read_text(encoding="utf-8"))

    def resolved(node: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in node:
            steps = node["$ref"].removeprefix("#/").split("/")
            node = document
            for step in steps:
                node = node[step]
        return node

    success = resolved(next(iter(document["paths"].values()))["get"]["responses"]["200"])
    kind, content = next(iter(success["content"].items()))
    body = json.dumps(next(iter(content["examples"].values()))["value"], separators=(",", ":")).encode()
    described = {name: resolved(header) for name, header in success.get("headers", {}).items()}
    headers = {name: header["example"] for name, header in described.items() if "example" in header}
    headers |= {"date": "Mon, 01 Dec 2025 00:00:00 GMT", "content-type": kind, "content-length": len(body)}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body


class _Responder(asyncio.Protocol):
    response: bytes

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        *whole, self._received = (self._received + data).split(b"\r\n\r\n")
        for _ in whole:
            self._transport.write(self.response)  # type: ignore[attr-defined]  # a TCP transport can be written to


async def _serve() -> None:
    _Responder.response = _response()
    server = await asyncio.get_running_loop().create_server(_Responder, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
