"""asyncio, uvloop, trio, gevent, eventlet, nest_asyncio, an interpreter without threads: each a program of its own."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hostile import MODEL, answer
from outcomes import by_name
from programs import run

ASYNC = """
import gc, logging, sys
import anyio, httpx
from anthropic_models import APITimeoutError, AsyncAnthropic, DefaultAsyncHttpxClient

logging.getLogger("asyncio").setLevel(logging.ERROR)  # that the machine is slow is no concern here
plain, secure = sys.argv[1:]

async def main():
    for url in (plain, secure):
        for http in (None, DefaultAsyncHttpxClient(), httpx.AsyncClient()):
            async with AsyncAnthropic(api_key="k", base_url=url, http_client=http) as client:
                print((await client.models.retrieve("twice")).id)  # after a retry
                async with client.models.with_streaming_response.retrieve("good") as response:
                    print((await response.parse()).id)
                async with anyio.create_task_group() as group:
                    for _ in range(4):
                        group.start_soon(client.models.retrieve, "four")
                with anyio.move_on_after(0.1):
                    await client.models.retrieve("held")
                try:
                    await client.with_options(max_retries=0).models.retrieve("held", timeout=0.1)
                except APITimeoutError:
                    print("timeout")
    dropped = AsyncAnthropic(api_key="k", base_url=plain)
    print((await dropped.models.retrieve("good")).id)
    del dropped
    gc.collect()
"""
SYNC = """
import os, sys, threading
import httpx
from anthropic_models import Anthropic, APITimeoutError, DefaultHttpxClient

plain, secure = sys.argv[1:]

for url in (plain, secure):
    for http in (None, DefaultHttpxClient(), httpx.Client()):
        with Anthropic(api_key="k", base_url=url, http_client=http) as client:
            print(client.models.retrieve("twice").id)
            with client.models.with_streaming_response.retrieve("good") as response:
                print(response.parse().id)
            green = [threading.Thread(target=client.models.retrieve, args=("four",)) for _ in range(4)]
            for each in green:
                each.start()
            for each in green:
                each.join()
            try:
                client.with_options(max_retries=0).models.retrieve("held", timeout=0.1)
            except APITimeoutError:
                print("timeout")
os.environ["HTTP_PROXY"] = plain
print(Anthropic(api_key="k", base_url="http://models.example").models.retrieve("good").id)
"""
NO_THREADS = "import threading\ndef refuse(self): raise RuntimeError('no thread')\nthreading.Thread.start = refuse\n"
PROGRAMS = {
    "asyncio": ASYNC + "import asyncio; asyncio.run(main())",
    "asyncio without threads": ASYNC + NO_THREADS + "import asyncio; asyncio.run(main())",
    "uvloop": ASYNC + "import uvloop; uvloop.run(main())",
    "trio": ASYNC + "import trio; trio.run(main)",
    "nest_asyncio": ASYNC + "import asyncio, nest_asyncio; nest_asyncio.apply(); asyncio.run(main())",
    "gevent": "from gevent import monkey; monkey.patch_all()\n" + SYNC,
    # trio, which httpcore imports if it is there, cannot be imported under eventlet
    "eventlet": "import sys; sys.modules['trio'] = None\nimport eventlet; eventlet.monkey_patch()\n" + SYNC,
}


PROXIED = pytest.mark.breaks_contract("a proxy is asked by the whole URL")


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=PROXIED if SYNC in PROGRAMS[each] else ()) for each in PROGRAMS]
)
def test_calls_work_and_say_nothing(serve: Any, tls: Any, name: str) -> None:
    """Whole, streamed, tried again, several at once, in time and too late; with TLS and without; closed or dropped."""
    crowd, tried = threading.Barrier(4, timeout=15), dict[int, int]()

    def twice(peer: Any) -> None:
        key = id(threading.current_thread())
        tried[key] = tried.get(key, 0) + 1
        peer.send(answer({}, 500, [("retry-after-ms", "1")]) if tried[key] % 2 else answer({**MODEL, "id": "twice"}))

    def four(peer: Any) -> None:
        crowd.wait()
        peer.send(answer())

    good = answer({**MODEL, "id": "good"})
    script = by_name({"good": good, "twice": twice, "four": four, "held": lambda peer: peer.hold()})
    servers = serve(script), serve(script, context=tls)
    # eventlet says that it is old; and under trio and nest_asyncio a client that is dropped is worth a warning.
    quiet = {"eventlet": ("-W", "ignore"), "trio": (), "nest_asyncio": ()}
    flags = quiet.get(name, ("-W", "error::ResourceWarning"))
    ended = run(PROGRAMS[name], *(server.url for server in servers), flags=flags)

    assert ended == (0, "twice\ngood\ntimeout\n" * 6 + "good\n", "")
