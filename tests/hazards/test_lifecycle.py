"""Clients that are closed, dropped, used after that, and left open at the end of a program."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from hostile import answer
from outcomes import asked, by_name
from programs import run

from anthropic_models import AnthropicError

if TYPE_CHECKING:
    from hostile import Peer

USE = """
import asyncio, gc, logging, os, sys
from anthropic_models import Anthropic, AsyncAnthropic

logging.getLogger("asyncio").setLevel(logging.ERROR)  # that the machine is slow is no concern here

def sockets():
    files = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    return sum(os.readlink(file).startswith("socket:") for file in files if os.path.exists(file))

def use(client):
    client.models.retrieve("m")
    with client.models.with_streaming_response.retrieve("m") as response:
        response.parse()
    client.models.with_raw_response.retrieve("m").parse()

async def ause(client):
    await asyncio.gather(*(client.models.retrieve("m") for _ in range(3)))
    async with client.models.with_streaming_response.retrieve("m") as response:
        await response.parse()
"""


def test_closed_clients_leave_no_warning_and_no_socket(serve: Any, tls: Any) -> None:
    """By close(), by `with`, copies and all, under -W error::ResourceWarning, without TLS and with it."""
    ended = run(USE + """
async def main(url):
    async with AsyncAnthropic(api_key="k", base_url=url) as client:
        await ause(client); await ause(client.copy())
    client = AsyncAnthropic(api_key="k", base_url=url); await ause(client); await client.close()

for url in sys.argv[1:]:
    with Anthropic(api_key="k", base_url=url) as client:
        use(client); use(client.copy())
    client = Anthropic(api_key="k", base_url=url); use(client); client.close()
    del client; gc.collect(); print("sync", sockets())
    asyncio.run(main(url)); gc.collect(); print("async", sockets())
""", serve().url, serve(context=tls).url, flags=("-X", "dev", "-W", "error"))  # fmt: skip

    assert ended == (0, "sync 0\nasync 0\n" * 2, "")


def test_dropped_clients_leave_no_socket(serve: Any, tls: Any) -> None:
    """Some of each kind that nobody closed, in a program and in an event loop that go on."""
    ended = run(USE + """
async def main(url):
    before = sockets()
    for _ in range(8):
        await ause(AsyncAnthropic(api_key="k", base_url=url))
    gc.collect()
    for _ in range(5):
        await asyncio.sleep(0)
    print("in the loop", sockets() - before)

for url in sys.argv[1:]:
    for _ in range(8):
        use(Anthropic(api_key="k", base_url=url))
    print("sync", sockets())
    asyncio.run(main(url)); print("async", sockets())
""", serve().url, serve(context=tls).url, flags=("-W", "error"))  # fmt: skip

    assert ended == (0, "sync 0\nin the loop 0\nasync 0\n" * 2, "")


def test_a_program_that_ends_without_closing_ends_at_once_and_quietly(serve: Any) -> None:
    """Also where clients are global, in circles, in use by other threads, or in an event loop that was stopped.

    A call that is held ends after the 60 seconds of its timeout, and the program has 50.
    """
    holding = threading.Semaphore(0)

    def ready(peer: Peer) -> None:
        for _ in range(3):
            holding.acquire(timeout=10)
        peer.send(answer())

    held = serve(by_name({"m": answer(), "hold": lambda peer: (holding.release(), peer.hold()), "ready": ready}))
    ended = run(USE + """
import httpx, threading

url = sys.argv[1]
client = Anthropic(api_key="k", base_url=url); use(client); client.me = client
given = Anthropic(api_key="k", base_url=url, http_client=httpx.Client()); use(given)
for each in (client, given):
    threading.Thread(target=lambda each=each: each.models.retrieve("hold"), daemon=True).start()
aclient = AsyncAnthropic(api_key="k", base_url=url); aclient.me = aclient

async def main():
    global task
    await ause(aclient)
    task = asyncio.ensure_future(aclient.models.retrieve("hold"))
    await aclient.models.retrieve("ready")  # all three are held now

asyncio.run(main()); print("end")
""", held.url)  # fmt: skip

    assert ended == (0, "end\n", "")
    assert asked(held)["hold"] == 3


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
        assert str(error) == "The client is closed; create a new one."
    with pytest.raises(AnthropicError, match="closed"):
        any_api.run(client.models.with_raw_response.retrieve("m"))
    assert client.is_closed()
    assert len(server.requests) == 1
