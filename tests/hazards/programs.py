"""Runs small programs in interpreters of their own, with flags and environments of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import NamedTuple


class Ended(NamedTuple):
    """How a program ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


def start(
    program: str, *arguments: str, flags: tuple[str, ...] = (), **environment: str | None
) -> subprocess.Popen[str]:
    """Start a program; None as a variable's value takes it away."""
    given = {**os.environ, **environment}
    return subprocess.Popen(
        [sys.executable, *flags, "-c", textwrap.dedent(program), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in given.items() if value is not None},
    )


def run(program: str, *arguments: str, flags: tuple[str, ...] = (), **environment: str | None) -> Ended:
    """Run a program to its end, which must come within 20 seconds."""
    with start(program, *arguments, flags=flags, **environment) as process:
        try:
            out, err = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return Ended(process.returncode, out, err)
