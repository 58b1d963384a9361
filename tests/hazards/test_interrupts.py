"""Ctrl-C ends a call at once, whatever it waits for."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hostile import answer
from outcomes import by_name
from programs import started

if TYPE_CHECKING:
    import subprocess


def interrupt(program: subprocess.Popen[str]) -> None:
    """Ctrl-C, once the program waits for something."""
    status = Path(f"/proc/{program.pid}/stat")
    while status.read_text().rpartition(")")[2].split()[0] != "S":
        assert program.poll() is None
    program.send_signal(signal.SIGINT)


def test_an_interrupt_ends_a_call_at_once(serve: Any) -> None:
    """Ctrl-C while a call waits is a KeyboardInterrupt, and the client can be used again."""
    begun = threading.Semaphore(0)

    def held(start: bytes) -> Any:
        return lambda peer: (peer.send(start), begun.release(), peer.hold())

    moments: dict[str, Any] = {
        "silent": held(b""),
        "amid the body": held(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"),
        "asleep": lambda peer: (peer.send(answer({}, 429, [("retry-after", "50")])), begun.release()),
    }
    server = serve(by_name({**moments, "again": answer()}))
    with started("""
import httpx, signal, sys
from anthropic_models import Anthropic
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent that ignores it would have its children do so too
for given in (None, httpx.Client()):
    with Anthropic(api_key="k", base_url=sys.argv[1], timeout=60, http_client=given) as client:
        for moment in sys.argv[2:]:
            try:
                client.models.retrieve(moment)
            except KeyboardInterrupt:
                print("own" if given is None else "http_client", moment, client.models.retrieve("again").type)
""", server.url, *moments, flags=("-W", "error")) as program:  # fmt: skip
        for _ in range(2 * len(moments)):
            assert begun.acquire(timeout=50)
            interrupt(program)
        out, err = program.communicate(timeout=50)

    assert out.splitlines() == [f"{kind} {moment} model" for kind in ("own", "http_client") for moment in moments]
    assert (program.returncode, err) == (0, "")


def test_an_interrupt_ends_an_asynchronous_call_at_once(serve: Any) -> None:
    """It cancels the call, and the program ends by KeyboardInterrupt, without a word of ours."""
    begun = threading.Event()
    server = serve(lambda peer: (begun.set(), peer.hold()))
    with started("""
import asyncio, logging, signal, sys
from anthropic_models import AsyncAnthropic
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent that ignores it would have its children do so too
logging.getLogger("asyncio").setLevel(logging.ERROR)  # that the machine is slow is no concern here
async def main():
    async with AsyncAnthropic(api_key="k", base_url=sys.argv[1], timeout=60) as client:
        await client.models.retrieve("m")
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
""", server.url, flags=("-X", "dev", "-W", "error")) as program:  # fmt: skip
        assert begun.wait(50)
        interrupt(program)
        out, err = program.communicate(timeout=50)

    assert (program.returncode, out, err) == (0, "interrupted\n", "")
