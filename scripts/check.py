"""Run every check that a change must pass, and report on one screen what failed and what to do.

Each step is a target of the Makefile. Exit code: 0 if all of them pass, 1 if one fails, 130 after Ctrl-C.
"""

import os
import re
import subprocess
import sys
import time

STEPS = {
    "check-generated": "`make regenerate`, then commit generated/ with the fragment",
    "lint": "`make fix` corrects what a tool can",
    "types": "correct the types at the places named",
    "test": "run one file alone with `.venv/bin/python -m pytest -n 0 FILE`",
}
LINES_ON_A_SCREEN = 24
NOT_SHOWN = re.compile(r"\s*$|[.FEsx]+ *\[ *\d+%\]|make(\[\d+\])?: |Running the tests|bringing up nodes|regenerate: ")
NAMED_FIRST = re.compile(r"(FAILED|ERROR) ")
WIDTH = 120


def main() -> int:
    """Run the steps in turn, continue after a failure, and summarize. Returns the exit code."""
    failures: dict[str, list[str]] = {}
    for step in STEPS:
        print(f"{step:<16} ", end="", flush=True)
        start = time.monotonic()
        done = subprocess.run(
            ["make", "--no-print-directory", step],  # noqa: S607  # whichever make called this
            env={**os.environ, "RUFF_OUTPUT_FORMAT": "concise"},  # a line for each fault
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        print(f"{'FAILED' if done.returncode else 'passed'} {time.monotonic() - start:6.1f} s", flush=True)
        if done.returncode:
            failures[step] = _shown(done.stdout)
    if not failures:
        print("All passed.")
    room = LINES_ON_A_SCREEN - len(STEPS) - 1  # one line for the prompt
    for step, lines in failures.items():
        print(f"{step} failed (full output: `make {step}`): {STEPS[step]}")
        most = room // len(failures) - 2
        print(*(f"  {line}" for line in lines[:most]), sep="\n")
        if len(lines) > most:
            print(f"  ... and {len(lines) - most} more lines")
    return 1 if failures else 0


def _shown(output: str) -> list[str]:
    """The lines to show: the names of failed tests first, then the others in order, without progress."""
    lines = [line[:WIDTH].rstrip() for line in output.splitlines() if not NOT_SHOWN.match(line)]
    return sorted(lines, key=lambda line: not NAMED_FIRST.match(line))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
