"""The server of the soak: injects the fault that the last path segment names. soak.py runs it as a process.

python scripts/faulty_server.py     prints its port, and serves until its standard input ends
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import sys
from typing import NamedTuple


class Fault(NamedTuple):
    """A fault of a server.

    Attributes:
        weight: Its frequency, relative to the other faults.
        result: The result of the client's call: a model, or the class of an error.
        is_slow: Whether it lasts until the timeout.
    """

    weight: float
    result: str
    is_slow: bool = False


FAULTS = {
    "good": Fault(70, "model"),
    "leftover": Fault(3, "model"),
    "chunked": Fault(3, "model"),
    "limited-once": Fault(5, "model"),
    "dropped-once": Fault(1, "model"),
    "limited": Fault(3, "RateLimitError"),
    "overloaded": Fault(2, "OverloadedError"),
    "missing": Fault(3, "NotFoundError"),
    "elsewhere": Fault(2, "APIStatusError"),
    "wrong-field": Fault(3, "APIResponseValidationError"),
    "html": Fault(3, "APIResponseValidationError"),
    "bomb": Fault(1, "APIResponseValidationError"),
    "cut": Fault(1, "APIConnectionError"),
    "dropped": Fault(1, "APIConnectionError"),
    "garbage": Fault(1, "APIConnectionError"),
    "drip": Fault(0.5, "APITimeoutError", is_slow=True),
    "body-drip": Fault(0.5, "APITimeoutError", is_slow=True),
    "silent": Fault(0.5, "APITimeoutError", is_slow=True),
}
_BOMB = gzip.compress(bytes(50_000_000))
_HEAD = b"HTTP/1.1 200 OK\r\nx: "


def _answer(body: bytes, status: int = 200, *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in (f"content-length: {len(body)}", *headers))
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body


def _model(name: str) -> bytes:
    return json.dumps(
        {"id": name, "created_at": "2025-02-19T00:00:00Z", "display_name": "Soaked", "type": "model"}
    ).encode()


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            name = head.split(" ", 2)[1].rpartition("/")[2]
            is_first = "\r\nx-stainless-retry-count: 0" in head.lower()
            if not await _do(name.partition(".")[0], name, writer, is_first=is_first):
                break
    writer.transport.abort()


async def _do(fault: str, name: str, writer: asyncio.StreamWriter, *, is_first: bool) -> bool:
    """Respond with the fault; returns whether the connection stays open."""
    good = _answer(_model(name))
    soon = "retry-after-ms: 1"
    if fault.endswith("-once") and not is_first:
        fault = "good"
    match fault:
        case "leftover":
            writer.write(good + _answer(_model("leftover")))
        case "chunked":
            body = _model(name)
            writer.write(
                b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
            )
        case "limited" | "limited-once":
            writer.write(_answer(b'{"error": {"message": "slow down"}}', 429, soon))
        case "overloaded":
            writer.write(_answer(b"{}", 529, soon))
        case "missing":
            writer.write(_answer(b"{}", 404))
        case "elsewhere":
            writer.write(_answer(b"", 307, "location: http://127.0.0.2:9/"))
        case "wrong-field":
            writer.write(_answer(_model(name).replace(b'"model"', b"7")))
        case "html":
            writer.write(_answer(b"<html>"))
        case "bomb":
            writer.write(_answer(_BOMB, 200, "content-encoding: gzip"))
        case "cut":
            writer.write(good[:-20])
            await writer.drain()
            return False
        case "dropped" | "dropped-once":
            return False
        case "garbage":
            writer.write(b"\x00\x01 nonsense\r\n\r\n")
        case "drip" | "body-drip":
            writer.write(_HEAD if fault == "drip" else good[:-60])
            while not writer.transport.is_closing():
                writer.write(b"x")
                await asyncio.sleep(0.02)
            return False
        case "silent" | "hold":
            pass
        case _:
            writer.write(good)
    await writer.drain()
    return True


async def main() -> None:
    """Serve until the standard input ends."""
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
