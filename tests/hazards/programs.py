"""Runs small programs in interpreters of their own, with flags and environments of their own."""

import os
import signal
import subprocess
import sys
import textwrap
from contextlib import contextmanager, suppress

from recording import MODEL, Answer


@contextmanager
def started(program, *arguments, flags=(), **environment):
    """A program that runs, and that does not outlive the test; None as a variable's value takes it away."""
    given = {**os.environ, **environment}
    with subprocess.Popen(
        [sys.executable, *flags, "-c", textwrap.dedent(program), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={name: value for name, value in given.items() if value is not None},
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):  # which is as it should be
                os.killpg(process.pid, signal.SIGKILL)  # with all its children


def run(program, *arguments, flags=(), **environment):
    """Run a program to its end, which must come within 50 seconds: its exit code, and what it wrote."""
    with started(program, *arguments, flags=flags, **environment) as process:
        out, err = process.communicate(timeout=50)
    return process.returncode, out, err


def named(peer):
    """An answer that says who asked."""
    peer.send(Answer(body={**MODEL, "id": peer.request.model}))
