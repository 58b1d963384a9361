"""It works the same in every way that Python can be started."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hostile import MODEL, answer
from programs import run

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize(
    ("flags", "environment"),
    [
        ((), {}),
        (("-OO",), {}),
        (("-bb", "-W", "error"), {}),
        (("-X", "dev", "-W", "error"), {}),
        (("-I",), {}),
        (("-W", "error"), {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        (("-W", "error"), {"HOME": None, "USER": None, "LOGNAME": None, "PATH": ""}),
        (("-W", "error"), {"HOME": "/nonexistent", "TZ": "Pacific/Apia", "ANTHROPIC_LOG": "debug"}),
    ],
    ids=["plain", "-OO", "-bb", "-X dev", "-I", "C locale", "no home", "log"],
)
def test_it_works_the_same(serve: Any, flags: tuple[str, ...], environment: dict[str, Any]) -> None:
    """Without assertions, with every warning an error, in the C locale, and without a home folder."""
    ended = run(PROGRAM, serve(script).url, flags=flags, **environment)

    assert (ended.code, ended.out.strip()) == (0, ascii(EXPECTED))
    assert "ANTHROPIC_LOG" in environment or ended.err == ""


def test_without_proxies_and_certificates_of_its_own_a_bare_environment_will_do(serve: Any, tmp_path: Path) -> None:
    """No variable at all is needed."""
    import os

    ended = run(PROGRAM, serve(script).url, flags=("-I", "-W", "error"), **dict.fromkeys(os.environ))

    assert (ended.code, ended.err) == (0, "")
