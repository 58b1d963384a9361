"""Clients that are closed, dropped, and left open at the end of a program."""

import threading

from programs import run
from recording import Answer

USE = """
import asyncio, gc, logging, os, sys, threading
import httpx
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
    return client

async def ause(client):
    await asyncio.gather(*(client.models.retrieve("m") for _ in range(3)))
    async with client.models.with_streaming_response.retrieve("m") as response:
        await response.parse()
    return client
"""


def test_closed_and_dropped_clients_leave_no_warning_and_no_socket(serve, tls):
    """By close(), by `with`, copies and all, or by nobody; in an event loop that goes on; with TLS and without."""
    ended = run(USE + """
async def closed(url):
    async with AsyncAnthropic(api_key="k", base_url=url) as client:
        await ause(client); await ause(client.copy())
    await (await ause(AsyncAnthropic(api_key="k", base_url=url))).close()

async def dropped(url):
    before = sockets()
    for _ in range(2):
        await ause(AsyncAnthropic(api_key="k", base_url=url))
    gc.collect()
    while sockets() > before:  # they are closed in later turns
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


def test_a_program_that_ends_without_closing_ends_at_once_and_quietly(server):
    """Also where clients are global, in circles, in use by other threads, or in an event loop that was stopped."""
    holding = threading.Semaphore(0)

    def ready(peer):
        for _ in range(3):
            holding.acquire(timeout=10)
        peer.send(Answer())

    server.fallback = {"m": Answer(), "hold": lambda peer: (holding.release(), peer.hold()), "ready": ready}
    # The program has 50 seconds, and the calls that are held have 60.
    ended = run(USE + """
url = sys.argv[1]
client = use(Anthropic(api_key="k", base_url=url)); client.me = client
given = use(Anthropic(api_key="k", base_url=url, http_client=httpx.Client()))
for each in (client, given):
    threading.Thread(target=lambda each=each: each.models.retrieve("hold"), daemon=True).start()
aclient = AsyncAnthropic(api_key="k", base_url=url); aclient.me = aclient

async def main():
    global task
    await ause(aclient)
    task = asyncio.ensure_future(aclient.models.retrieve("hold"))
    await aclient.models.retrieve("ready")  # all three are held now

asyncio.run(main()); print("end")
""", server.url)  # fmt: skip

    assert ended == (0, "end\n", "")
    assert server.asked["hold"] == 3
