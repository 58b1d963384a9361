"""Runs small programs in interpreters of their own, with flags and environments of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ended(NamedTuple):
    """How a program ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


@contextmanager
def started(
    program: str, *arguments: str, flags: tuple[str, ...] = (), **environment: str | None
) -> Iterator[subprocess.Popen[str]]:
    """A program that runs, and that does not outlive the test; None as a variable's value takes it away."""
    given = {**os.environ, **environment}
    with subprocess.Popen(
        [sys.executable, *flags, "-c", textwrap.dedent(program), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in given.items() if value is not None},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def run(program: str, *arguments: str, flags: tuple[str, ...] = (), **environment: str | None) -> Ended:
    """Run a program to its end, which must come within 50 seconds."""
    with started(program, *arguments, flags=flags, **environment) as process:
        out, err = process.communicate(timeout=50)
    return Ended(process.returncode, out, err)
