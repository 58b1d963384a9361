"""The client works the same however Python is started, and Ctrl-C ends a call at once."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from programs import run, started
from recording import MODEL, Answer

PROGRAM = """
import asyncio, logging, pickle, sys
logging.getLogger("asyncio").setLevel(logging.ERROR)  # a slow machine is not an error
import anthropic_models
from anthropic_models import Anthropic, AsyncAnthropic

url = sys.argv[1]

def result(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__

def results(find):
    yield result(lambda: find("good").display_name)
    yield result(lambda: pickle.loads(pickle.dumps(find("good"))) == find("good"))
    for name in ("bad", "html", "529", "moved", "", "..", " x"):
        yield result(lambda: find(name))
    yield result(lambda: find("good", betas="abc"))
    yield result(lambda: find("good", betas=["a b"]))
    yield result(lambda: find("good", timeout=-1))

with Anthropic(api_key="k", base_url=url, max_retries=0) as client:
    first = list(results(client.models.retrieve))
runner = asyncio.Runner()
client = AsyncAnthropic(api_key="k", base_url=url, max_retries=0)
second = list(results(lambda *a, **k: runner.run(client.models.retrieve(*a, **k))))
runner.run(client.close())
runner.close()
refused = [result(lambda: Anthropic(api_key=k, base_url=u)) for k, u in (("a\\nb", url), ("k", "x"), ("", url))]
print(ascii([first, first == second, refused]))
"""
EXPECTED = [
    [
        "Modèle 🦊", True, "APIResponseValidationError", "APIResponseValidationError", "OverloadedError",
        "APIStatusError", "ValueError", "ValueError", "ValueError", "TypeError", "ValueError", "ValueError",
    ],
    True,
    ["ValueError", "ValueError", "ValueError"],
]  # fmt: skip
RESPONSES = {
    "good": Answer(body={**MODEL, "display_name": "Modèle 🦊"}),
    "bad": Answer(body={**MODEL, "id": None}),
    "html": Answer(body="<html>"),
    "529": Answer(529, {"error": {"message": "é"}}),
    "moved": Answer(302, "", {"location": "http://127.0.0.2:1/"}),
}
C_LOCALE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
NO_HOME = {"HOME": "/nonexistent", "USER": None, "LOGNAME": None, "PATH": "", "TZ": "Pacific/Apia"}


@pytest.mark.parametrize(
    ("flags", "environment"),
    [
        pytest.param(
            ["-OO"], {**C_LOCALE, **NO_HOME, "ANTHROPIC_LOG": "debug"}, id="in a bare environment, with a log"
        ),
        pytest.param(["-I", "-bb", "-X", "dev"], dict.fromkeys(os.environ), id="strictly, without any variable"),
    ],
)
def test_the_client_works_the_same_in_any_interpreter(server, flags, environment):
    """Calls succeed with warnings as errors, and print nothing unless ANTHROPIC_LOG is set."""
    server.fallback = RESPONSES
    code, out, err = run(PROGRAM, server.url, flags=(*flags, "-W", "error"), **environment)

    assert (code, out.strip()) == (0, ascii(EXPECTED))
    assert "ANTHROPIC_LOG" in environment or err == ""


INTERRUPTED = """
import asyncio, httpx, logging, signal, sys
from anthropic_models import Anthropic, AsyncAnthropic
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent may ignore Ctrl-C, which children inherit
logging.getLogger("asyncio").setLevel(logging.ERROR)  # a slow machine is not an error
for given in (None, httpx.Client()):
    with Anthropic(api_key="k", base_url=sys.argv[1], timeout=60, http_client=given) as client:
        for moment in sys.argv[2:]:
            try:
                client.models.retrieve(moment)
            except KeyboardInterrupt:
                print("own" if given is None else "http_client", moment, client.models.retrieve("again").type)

async def main():
    async with AsyncAnthropic(api_key="k", base_url=sys.argv[1], timeout=60) as client:
        await client.models.retrieve(sys.argv[2])

try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("asynchronous")
"""


def test_an_interrupt_ends_a_call_at_once(server):
    """Ctrl-C during a call, blocking or asynchronous, raises KeyboardInterrupt; a client can be used again after it."""
    begun = threading.Semaphore(0)

    def held(start):
        return lambda peer: (peer.send(start), begun.release(), peer.hold())

    moments = {
        "silent": held(b""),
        "in the body": held(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"),
        "asleep": lambda peer: (peer.send(Answer(429, {}, {"retry-after": "50"})), begun.release()),
    }
    server.fallback = {**moments, "again": Answer()}
    with started(INTERRUPTED, server.url, *moments, flags=("-X", "dev", "-W", "error")) as program:
        for _ in range(2 * len(moments) + 1):
            assert begun.acquire(timeout=50)
            while Path(f"/proc/{program.pid}/stat").read_text().rpartition(")")[2].split()[0] != "S":
                assert program.poll() is None  # until it waits for something
                time.sleep(0.001)
            program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=50)

    expected = [f"{kind} {moment} model\n" for kind in ("own", "http_client") for moment in moments]
    assert (program.returncode, out, err) == (0, "".join([*expected, "asynchronous\n"]), "")
