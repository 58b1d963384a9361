"""Clients that are closed, garbage-collected, or open at the end of a program."""

import threading

from programs import run
from recording import Answer

USE = """
import asyncio, gc, logging, os, sys, threading
import httpx
from anthropic_models import Anthropic, AsyncAnthropic

logging.getLogger("asyncio").setLevel(logging.ERROR)  # a slow machine is not an error

def sockets():
    files = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    return sum(os.readlink(file).startswith("socket:") for file in files if os.path.exists(file))

def use(client):
    client.models.retrieve("m")
    with client.models.with_streaming_response.retrieve("m") as response:
        response.parse()
    client.models.with_raw_response.retrieve("m").parse()
    return client

async def async_use(client):
    await asyncio.gather(*(client.models.retrieve("m") for _ in range(3)))
    async with client.models.with_streaming_response.retrieve("m") as response:
        await response.parse()
    return client
"""


def test_closed_and_dropped_clients_leave_no_warning_and_no_socket(serve, tls):
    """They are closed by close() or `with`, or garbage-collected, even in a running event loop, with or without TLS."""
    ended = run(USE + """
async def closed(url):
    async with AsyncAnthropic(api_key="k", base_url=url) as client:
        await async_use(client); await async_use(client.copy())
    await (await async_use(AsyncAnthropic(api_key="k", base_url=url))).close()

async def dropped(url):
    before = sockets()
    for _ in range(2):
        await async_use(AsyncAnthropic(api_key="k", base_url=url))
    gc.collect()
    while sockets() > before:  # they are closed in later turns of the loop
        await asyncio.sleep(0.001)
    print("in the loop")

for url in sys.argv[1:]:
    with Anthropic(api_key="k", base_url=url) as client:
        use(client); use(client.copy())
    del client
    use(Anthropic(api_key="k", base_url=url)).close()
    gc.collect(); print("closed", sockets())
    asyncio.run(closed(url)); gc.collect(); print("closed", sockets())
    for _ in range(2):
        use(Anthropic(api_key="k", base_url=url))
    print("dropped", sockets())
    asyncio.run(dropped(url)); print("dropped", sockets())
""", serve().url, serve(context=tls).url, flags=("-X", "dev", "-W", "error"))  # fmt: skip

    assert ended == (0, "closed 0\nclosed 0\ndropped 0\nin the loop\ndropped 0\n" * 2, "")


def test_a_program_with_open_clients_ends_at_once_and_quietly(server):
    """Clients may be global, in reference cycles, in use by other threads, or of an event loop that was stopped."""
    holding = threading.Semaphore(0)

    def ready(peer):
        for _ in range(3):
            holding.acquire(timeout=10)
        peer.send(Answer())

    server.fallback = {"m": Answer(), "hold": lambda peer: (holding.release(), peer.hold()), "ready": ready}
    # The program may run for 50 seconds, and the timeout of the calls is 60.
    ended = run(USE + """
url = sys.argv[1]
client = use(Anthropic(api_key="k", base_url=url)); client.me = client
given = use(Anthropic(api_key="k", base_url=url, http_client=httpx.Client()))
for each in (client, given):
    threading.Thread(target=lambda each=each: each.models.retrieve("hold"), daemon=True).start()
aclient = AsyncAnthropic(api_key="k", base_url=url); aclient.me = aclient

async def main():
    global task
    await async_use(aclient)
    task = asyncio.ensure_future(aclient.models.retrieve("hold"))
    await aclient.models.retrieve("ready")  # all three calls are waiting now

asyncio.run(main()); print("end")
""", server.url)  # fmt: skip

    assert ended == (0, "end\n", "")
    assert server.counts["hold"] == 3
