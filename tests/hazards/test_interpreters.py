"""It works the same in every way that Python can be started, and Ctrl-C ends a call at once."""

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
logging.getLogger("asyncio").setLevel(logging.ERROR)  # that the machine is slow is no concern here
import anthropic_models
from anthropic_models import Anthropic, AsyncAnthropic

url = sys.argv[1]

def tried(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__

def told(find):
    yield tried(lambda: find("good").display_name)
    yield tried(lambda: pickle.loads(pickle.dumps(find("good"))) == find("good"))
    for name in ("bad", "html", "529", "moved", "", "..", " x"):
        yield tried(lambda: find(name))
    yield tried(lambda: find("good", betas="abc"))
    yield tried(lambda: find("good", betas=["a b"]))
    yield tried(lambda: find("good", timeout=-1))

with Anthropic(api_key="k", base_url=url, max_retries=0) as client:
    first = list(told(client.models.retrieve))
runner = asyncio.Runner()
client = AsyncAnthropic(api_key="k", base_url=url, max_retries=0)
second = list(told(lambda *a, **k: runner.run(client.models.retrieve(*a, **k))))
runner.run(client.close())
runner.close()
refused = [tried(lambda: Anthropic(api_key=k, base_url=u)) for k, u in (("a\\nb", url), ("k", "x"), ("", url))]
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
ANSWERS = {
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
def test_it_works_the_same(server, flags, environment):
    """With every warning an error; without a log it says nothing."""
    server.fallback = ANSWERS
    code, out, err = run(PROGRAM, server.url, flags=(*flags, "-W", "error"), **environment)

    assert (code, out.strip()) == (0, ascii(EXPECTED))
    assert "ANTHROPIC_LOG" in environment or err == ""


INTERRUPTED = """
import asyncio, httpx, logging, signal, sys
from anthropic_models import Anthropic, AsyncAnthropic
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent that ignores it would have its children do so too
logging.getLogger("asyncio").setLevel(logging.ERROR)  # that the machine is slow is no concern here
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
    """Ctrl-C while a call waits is a KeyboardInterrupt, and the client can be used again; it cancels a coroutine."""
    begun = threading.Semaphore(0)

    def held(start):
        return lambda peer: (peer.send(start), begun.release(), peer.hold())

    moments = {
        "silent": held(b""),
        "amid the body": held(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"),
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
