"""Clients that are closed, dropped, used after that, and left open at the end of a program."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hostile import answer
from programs import run

from anthropic_models import AnthropicError

COUNT = """
import os
def sockets():
    return sum(os.readlink(f"/proc/self/fd/{fd}").startswith("socket:") for fd in os.listdir("/proc/self/fd")
               if os.path.exists(f"/proc/self/fd/{fd}"))
"""
SYNC = """
import sys, gc
from anthropic_models import Anthropic
url = sys.argv[1]
def use(client):
    client.models.retrieve("m")
    with client.models.with_streaming_response.retrieve("m") as response:
        response.parse()
    client.models.with_raw_response.retrieve("m").parse()
"""
ASYNC = """
import asyncio, sys, gc, logging
logging.getLogger("asyncio").setLevel(logging.ERROR)  # that the machine is slow is no concern here
from anthropic_models import AsyncAnthropic
url = sys.argv[1]
async def use(client):
    await asyncio.gather(*(client.models.retrieve("m") for _ in range(3)))
    async with client.models.with_streaming_response.retrieve("m") as response:
        await response.parse()
"""
STRICT = ("-X", "dev", "-W", "error")


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_closed_clients_leave_no_warning_and_no_socket(serve: Any, tls: Any, secure: bool) -> None:
    """By close(), by `with`, copies and all, under -W error::ResourceWarning."""
    url = serve(context=tls if secure else None).url
    sync = run(SYNC + COUNT + """
with Anthropic(api_key="k", base_url=url) as client:
    use(client); use(client.copy())
client = Anthropic(api_key="k", base_url=url); use(client); client.close()
del client; gc.collect(); print(sockets())
""", url, flags=STRICT)  # fmt: skip
    asynchronous = run(ASYNC + COUNT + """
async def main():
    async with AsyncAnthropic(api_key="k", base_url=url) as client:
        await use(client); await use(client.copy())
    client = AsyncAnthropic(api_key="k", base_url=url); await use(client); await client.close()
asyncio.run(main()); gc.collect(); print(sockets())
""", url, flags=STRICT)  # fmt: skip

    assert sync == asynchronous == (0, "0\n", "")


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_dropped_clients_leave_no_socket(serve: Any, tls: Any, secure: bool) -> None:
    """Many of each kind that nobody closed, in a program and in an event loop that go on."""
    url, count = serve(context=tls if secure else None).url, "15" if secure else "100"
    sync = run(SYNC + COUNT + """
for _ in range(int(sys.argv[2])):
    use(Anthropic(api_key="k", base_url=url))
print(sockets())
""", url, count, flags=("-W", "error"))  # fmt: skip
    asynchronous = run(ASYNC + COUNT + """
async def main():
    before = sockets()
    for _ in range(int(sys.argv[2])):
        await use(AsyncAnthropic(api_key="k", base_url=url))
    gc.collect()
    for _ in range(5):
        await asyncio.sleep(0)
    print(sockets() - before)
asyncio.run(main()); print(sockets())
""", url, count, flags=("-W", "error"))  # fmt: skip

    assert sync == (0, "0\n", "")
    assert asynchronous == (0, "0\n0\n", "")


def test_a_program_that_ends_without_closing_ends_at_once_and_quietly(serve: Any) -> None:
    """Also where clients are global, in circles, in use by other threads, or in an event loop that was stopped."""
    held = serve(lambda peer: peer.hold() if "hold" in peer.request.target else peer.send(answer()))
    began = time.monotonic()
    sync = run(SYNC + """
import threading, httpx
client = Anthropic(api_key="k", base_url=url); use(client); client.me = client
given = Anthropic(api_key="k", base_url=url, http_client=httpx.Client()); use(given)
for each in (client, given):
    threading.Thread(target=lambda each=each: each.models.retrieve("hold"), daemon=True).start()
import time; time.sleep(0.1); print("end")
""", held.url)  # fmt: skip
    asynchronous = run(ASYNC + """
client = AsyncAnthropic(api_key="k", base_url=url); client.me = client
async def main():
    global task
    await use(client)
    task = asyncio.ensure_future(client.models.retrieve("hold"))
    await asyncio.sleep(0.05)
asyncio.run(main()); print("end")
""", held.url)  # fmt: skip

    assert sync == asynchronous == (0, "end\n", "")
    assert time.monotonic() - began < 15


def test_use_after_close_is_a_clear_error(any_api: Any, serve: Any) -> None:
    """Of the client, of a copy, raw and streamed; closing twice does no harm."""
    server = serve()
    client = any_api.client(server.url)
    copy = client.copy()
    any_api.retrieve(client)
    any_api.run(client.close())
    any_api.run(client.close())

    for each in (client, copy, client.copy()):
        error = any_api.error(each)
        assert isinstance(error, AnthropicError)
        assert str(error) == "The client is closed; make a new one."
    with pytest.raises(AnthropicError, match="closed"):
        any_api.run(client.models.with_raw_response.retrieve("m"))
    assert client.is_closed()
    assert len(server.requests) == 1
