"""It works the same in every way that Python can be started."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hostile import MODEL, answer
from programs import run

PROGRAM = """
import asyncio, logging, pickle, sys
logging.getLogger("asyncio").setLevel(logging.ERROR)  # that the machine is slow is no concern here
import anthropic_models
from anthropic_models import Anthropic, AsyncAnthropic

url, problems = sys.argv[1], []

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
        "APIStatusError",
        "ValueError", "ValueError", "ValueError", "TypeError", "ValueError", "ValueError",
    ],
    True,
    ["ValueError", "ValueError", "ValueError"],
]  # fmt: skip


def script(peer: Any) -> None:
    """An answer that depends on what is asked for."""
    peer.send(
        {
            "good": answer({**MODEL, "display_name": "Modèle 🦊"}),
            "bad": answer({**MODEL, "id": None}),
            "html": answer(b"<html>"),
            "529": answer({"error": {"message": "é"}}, 529),
            "moved": answer(b"", 302, [("location", "http://127.0.0.2:1/")]),
        }[peer.request.target.rpartition("/")[2]]
    )


WARNED, LOG = ("-W", "error"), {"ANTHROPIC_LOG": "debug"}
STARTS: dict[str, tuple[tuple[str, ...], dict[str, str | None] | None]] = {
    "without assertions, with a log": (
        ("-OO", *WARNED),
        {"HOME": None, "USER": None, "LOGNAME": None, "PATH": "", "TZ": "Pacific/Apia", **LOG},
    ),
    "strictly": (("-bb", "-X", "dev", *WARNED), {}),
    "in the C locale": (
        WARNED,
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "HOME": "/nonexistent"},
    ),
    "without any variable": (("-I", *WARNED), None),
}


@pytest.mark.parametrize("how", STARTS)
def test_it_works_the_same(serve: Any, how: str) -> None:
    """Without assertions, with a log, with every warning an error, in the C locale, without any variable."""
    flags, environment = STARTS[how]
    if environment is None:
        environment = dict.fromkeys(os.environ)
    ended = run(PROGRAM, serve(script).url, flags=flags, **environment)

    assert (ended.code, ended.out.strip()) == (0, ascii(EXPECTED))
    assert "ANTHROPIC_LOG" in environment or ended.err == ""
