"""Calls work with asyncio, uvloop, trio, gevent, eventlet and nest_asyncio, and where no thread can be started."""

import itertools
import threading

import pytest
from programs import echo_id, run
from recording import Answer, Hold

ASYNC = """
import asyncio, gc, logging, sys, threading, warnings
import anyio, httpx, nest_asyncio, trio, uvloop
from anthropic_models import APITimeoutError, AsyncAnthropic, DefaultAsyncHttpxClient

logging.getLogger("asyncio").setLevel(logging.ERROR)  # a slow machine is not an error
plain, secure = sys.argv[1:]

async def main():
    for url, http in ((plain, None), (secure, DefaultAsyncHttpxClient()), (plain, httpx.AsyncClient(verify=False))):
        async with AsyncAnthropic(api_key="k", base_url=url, http_client=http) as client:
            print((await client.models.retrieve("twice")).id)  # after a retry
            async with client.models.with_streaming_response.retrieve("good") as response:
                print((await response.parse()).id)
            async with anyio.create_task_group() as group:
                for _ in range(4):
                    group.start_soon(client.models.retrieve, "four")
            with anyio.move_on_after(0.01):
                await client.models.retrieve("held")
            try:
                await client.with_options(max_retries=0).models.retrieve("held", timeout=0.01)
            except APITimeoutError:
                print("timeout")
    dropped = AsyncAnthropic(api_key="k", base_url=plain)
    print((await dropped.models.retrieve("good")).id)
    del dropped
    gc.collect()

def refuse(self):
    raise RuntimeError("no thread")

start, threading.Thread.start = threading.Thread.start, refuse
warnings.simplefilter("error", ResourceWarning)
asyncio.run(main())
threading.Thread.start = start
uvloop.run(main())
warnings.simplefilter("ignore", ResourceWarning)  # with these loops a client that is not closed causes a warning
trio.run(main)
nest_asyncio.apply()
asyncio.run(main())
"""
SYNC = """
import os, sys, threading
import httpx
from anthropic_models import Anthropic, APITimeoutError, DefaultHttpxClient

plain, secure = sys.argv[1:]

for url, http in ((plain, None), (secure, DefaultHttpxClient()), (secure, httpx.Client())):
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
            client.with_options(max_retries=0).models.retrieve("held", timeout=0.01)
        except APITimeoutError:
            print("timeout")
os.environ["HTTP_PROXY"] = plain
print(Anthropic(api_key="k", base_url="http://models.example").models.retrieve("good").id)
"""
GEVENT = "from gevent import monkey; monkey.patch_all()"
# Under eventlet, trio (an optional import of httpcore) cannot be imported, and its DNS imports httpcore too early
NO_DNS = "import os, sys; sys.modules['trio'] = None; os.environ['EVENTLET_NO_GREENDNS'] = 'yes'"
EVENTLET = f"{NO_DNS}\nimport eventlet; eventlet.monkey_patch()"
PROXIED = pytest.mark.breaks_contract("a proxy gets the absolute URL")


@pytest.mark.parametrize(
    ("program", "flags", "times"),
    [
        pytest.param(ASYNC, ("-W", "default"), 4, id="asyncio, uvloop, trio, nest_asyncio"),
        pytest.param(f"{GEVENT}{SYNC}", ("-W", "error::ResourceWarning"), 1, id="gevent", marks=PROXIED),
        pytest.param(f"{EVENTLET}{SYNC}", ("-W", "ignore"), 1, id="eventlet", marks=PROXIED),  # it warns of its age
    ],
)
def test_calls_work_without_warnings(serve, tls, program, flags, times):
    """Parsed, streaming, retried, concurrent and timed-out calls, with and without TLS, print nothing unexpected."""
    crowd, fails = threading.Barrier(4, timeout=15), itertools.cycle([True, False])

    def twice(peer):
        peer.send(Answer(500, {}, {"retry-after-ms": "1"})) if next(fails) else echo_id(peer)

    def four(peer):
        crowd.wait()
        peer.send(Answer())

    responses = {"good": echo_id, "twice": twice, "four": four, "held": Hold}
    urls = [serve(responses, context=context).url for context in (None, tls)]

    assert run(program, *urls, flags=flags) == (0, ("twice\ngood\ntimeout\n" * 3 + "good\n") * times, "")
