"""Standard streams: characters that cannot be encoded, closed pipes, and errors on one line."""

from __future__ import annotations

import io
import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSED_PIPE = 141
"""The exit code that a shell reports for a program that SIGPIPE ended."""


def one_line(text: str) -> str:
    """The text with line breaks and control characters escaped, because a terminal would execute them."""
    return text if text.isprintable() else json.dumps(text, ensure_ascii=False)[1:-1]


def report(text: str) -> None:
    """Write an error to standard error, on one line."""
    sys.stderr.write(f"anthropic-models: {one_line(' '.join(text.split()))}\n")


@contextmanager
def well_behaved() -> Iterator[None]:
    """Exit silently if a pipe is closed, and with one line on other I/O errors; escape what cannot be encoded."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(CLOSED_PIPE) from None
        report(f"{error.filename or 'standard input or output'}: {error.strerror}")
        raise typer.Exit(1) from None
