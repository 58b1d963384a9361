"""Runs small programs, each in a new interpreter with its own flags and environment."""

import os
import signal
import subprocess
import sys
import textwrap
from contextlib import contextmanager, suppress

from recording import MODEL, Answer


@contextmanager
def started(program, *arguments, flags=(), **environment):
    """A running program, which is killed at the end of the block; a variable with the value None is unset."""
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
            with suppress(ProcessLookupError):  # it has ended, as it should
                os.killpg(process.pid, signal.SIGKILL)  # its children too


def run(program, *arguments, flags=(), **environment):
    """Run a program, for 50 seconds at most. Returns its exit code, standard output and standard error."""
    with started(program, *arguments, flags=flags, **environment) as process:
        out, err = process.communicate(timeout=50)
    return process.returncode, out, err


def echo_id(peer):
    """Respond with a model that has the requested id."""
    peer.send(Answer(body={**MODEL, "id": peer.request.model}))
