"""Ctrl-C ends a call at once, whatever it waits for."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import pytest
from hostile import answer
from programs import start


@pytest.mark.parametrize("given", ["", ", http_client=httpx.Client()"], ids=["own", "http_client"])
@pytest.mark.parametrize("moment", ["silent", "amid the body", "asleep"])
def test_an_interrupt_ends_a_call_at_once(serve: Any, given: str, moment: str) -> None:
    """Ctrl-C while a call waits is a KeyboardInterrupt, and the client can be used again."""
    begun = threading.Event()

    def script(peer: Any) -> None:
        if "again" in peer.request.target:
            peer.send(answer())
            return
        if moment == "amid the body":
            peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{")
        if moment == "asleep":
            peer.send(answer({}, 429, [("retry-after", "50")]))
        begun.set()
        if moment != "asleep":
            peer.hold()

    server = serve(script)
    program = start(f"""
import httpx, sys
from anthropic_models import Anthropic
with Anthropic(api_key="k", base_url=sys.argv[1], timeout=60{given}) as client:
    try:
        client.models.retrieve("m")
    except KeyboardInterrupt:
        print(client.models.retrieve("again").type)
""", server.url, flags=("-W", "error"))  # fmt: skip
    assert begun.wait(20)
    time.sleep(0.1)  # the program must be waiting by then, or asleep
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=20)

    assert (program.returncode, out, err) == (0, "model\n", "")


def test_an_interrupt_ends_an_asynchronous_call_at_once(serve: Any) -> None:
    """It cancels the call, and the program ends by KeyboardInterrupt, without a word of ours."""
    begun = threading.Event()
    server = serve(lambda peer: (begun.set(), peer.hold()))
    program = start("""
import asyncio, logging, sys
from anthropic_models import AsyncAnthropic
logging.getLogger("asyncio").setLevel(logging.ERROR)  # that the machine is slow is no concern here
async def main():
    async with AsyncAnthropic(api_key="k", base_url=sys.argv[1], timeout=60) as client:
        await client.models.retrieve("m")
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
""", server.url, flags=("-X", "dev", "-W", "error"))  # fmt: skip
    assert begun.wait(20)
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=20)

    assert (program.returncode, out, err) == (0, "interrupted\n", "")
