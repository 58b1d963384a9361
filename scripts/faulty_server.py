"""The server of the soak: injects the fault that the last path segment names. soak.py runs it as a process.

python scripts/faulty_server.py     prints its port, and serves until its standard input ends
"""

import asyncio
import contextlib
import gzip
import json
import sys
from collections.abc import Callable
from typing import Literal, NamedTuple

SOON = "retry-after-ms: 1"
BOMB = gzip.compress(bytes(50_000_000))


def answer(body: bytes, status: int = 200, *headers: str) -> bytes:
    """A whole response."""
    lines = "".join(f"{line}\r\n" for line in (f"content-length: {len(body)}", *headers))
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body


def model(name: str) -> bytes:
    """The body of a good response."""
    shown = {"id": name, "created_at": "2025-02-19T00:00:00Z", "display_name": "Soaked", "type": "model"}
    return json.dumps(shown).encode()


class Fault(NamedTuple):
    """A fault of a server.

    Attributes:
        weight: Its frequency, relative to the other faults.
        result: The result of the client's call: a model, or the class of an error.
        sent: What is sent, given the body of a good response.
        then: What becomes of the connection; a drip or a silence lasts until the client's timeout.
    """

    weight: float
    result: str
    sent: Callable[[bytes], bytes]
    then: Literal["kept", "closed", "drip", "silence"] = "kept"

    @property
    def is_slow(self) -> bool:
        """Whether it lasts until the timeout."""
        return self.result == "APITimeoutError"


LIMITED = Fault(3, "RateLimitError", lambda _: answer(b'{"error": {"message": "slow down"}}', 429, SOON))
DROPPED = Fault(1, "APIConnectionError", lambda _: b"", "closed")
FAULTS = {
    "good": Fault(70, "model", answer),
    "leftover": Fault(3, "model", lambda body: answer(body) + answer(model("leftover"))),
    "chunked": Fault(
        3,
        "model",
        lambda body: b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
    ),
    "limited-once": LIMITED._replace(weight=5, result="model"),
    "dropped-once": DROPPED._replace(result="model"),
    "limited": LIMITED,
    "overloaded": Fault(2, "OverloadedError", lambda _: answer(b"{}", 529, SOON)),
    "missing": Fault(3, "NotFoundError", lambda _: answer(b"{}", 404)),
    "elsewhere": Fault(2, "APIStatusError", lambda _: answer(b"", 307, "location: http://127.0.0.2:9/")),
    "wrong-field": Fault(3, "APIResponseValidationError", lambda body: answer(body.replace(b'"model"', b"7"))),
    "html": Fault(3, "APIResponseValidationError", lambda _: answer(b"<html>")),
    "bomb": Fault(1, "APIResponseValidationError", lambda _: answer(BOMB, 200, "content-encoding: gzip")),
    "cut": Fault(1, "APIConnectionError", lambda body: answer(body)[:-20], "closed"),
    "dropped": DROPPED,
    "garbage": Fault(1, "APIConnectionError", lambda _: b"\x00\x01 nonsense\r\n\r\n"),
    "drip": Fault(0.5, "APITimeoutError", lambda _: b"HTTP/1.1 200 OK\r\nx: ", "drip"),
    "body-drip": Fault(0.5, "APITimeoutError", lambda body: answer(body)[:-60], "drip"),
    "silent": Fault(0.5, "APITimeoutError", lambda _: b"", "silence"),
}


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        then = "kept"
        while then in ("kept", "silence"):  # a client that is silent too long closes the connection
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            name = head.split(" ", 2)[1].rpartition("/")[2]
            kind = name.partition(".")[0]
            is_over = kind.endswith("-once") and "\r\nx-stainless-retry-count: 0" not in head
            fault = FAULTS["good" if is_over else kind]
            then = fault.then
            writer.write(fault.sent(model(name)))
            await writer.drain()
            while then == "drip" and not writer.transport.is_closing():
                writer.write(b"x")
                await asyncio.sleep(0.02)
    writer.transport.abort()


async def main() -> None:
    """Serve until the standard input ends."""
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
