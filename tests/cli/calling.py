"""The command, called in the process of the test or started as another process."""

import asyncio
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest

from anthropic_models import cli

OPUS = {"id": "claude-opus-4-5-20251101", "created_at": "2025-11-24T00:00:00Z", "display_name": "Claude Opus 4.5"}
SONNET = {"id": "claude-sonnet-4-5-20250929", "created_at": "2025-09-29T00:00:00Z", "display_name": "Claude Sonnet 4.5"}
OPUS_ID, SONNET_ID = OPUS["id"], SONNET["id"]

# A parent may ignore Ctrl-C, which children inherit.
PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import anthropic_models.cli.__main__"
)
_run = asyncio.run


class Result(NamedTuple):
    """The exit code of the command, and what it wrote to standard output and standard error."""

    code: int
    out: str
    err: str


class Stream(io.TextIOWrapper):
    """A standard stream, which may be a terminal."""

    def __init__(self, text=b"", encoding="utf-8", errors="strict", *, is_terminal=False):
        super().__init__(io.BytesIO(text), encoding, errors, write_through=True)
        self.is_terminal = is_terminal

    def isatty(self):
        """Whether it is a terminal."""
        return self.is_terminal

    def shown(self):
        """The text that was written to it."""
        return self.buffer.getvalue().decode(self.encoding)


def _in_a_thread(coroutine):
    with ThreadPoolExecutor() as pool:
        return pool.submit(_run, coroutine).result()


class Command:
    """The command, with the server's address and a credential in its environment."""

    def __init__(self, url):
        self.environment = {"ANTHROPIC_BASE_URL": url, "ANTHROPIC_API_KEY": "sk-test", "TERM": "xterm-256color"}

    def __call__(self, *arguments, stdin=b"", terminals="", encoding="utf-8", stdout=None, **environment):
        """Call it. `terminals` names the streams that are terminals: `out`, `err`."""
        out = stdout or Stream(b"", encoding, is_terminal="out" in terminals)
        err = Stream(b"", "utf-8", "backslashreplace", is_terminal="err" in terminals)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (self.environment | environment).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["anthropic-models", *arguments])
            # Coverage of CPython 3.11 stops tracing a frame in which anyio connects.
            patch.setattr(asyncio, "run", _in_a_thread)
            patch.setattr(sys, "stdin", stdin if stdin is None else Stream(stdin))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as ended:
                cli.main()
        return Result(int(ended.value.code or 0), "" if stdout else out.shown(), err.shown())

    def start(self, *arguments):
        """Start it as a process with pipes, and leave it running."""
        command, pipe = [sys.executable, "-c", PROGRAM, *arguments], subprocess.PIPE
        return subprocess.Popen(command, env=os.environ | self.environment, stdout=pipe, stderr=pipe)
