"""Make 20,000 calls with faults injected at random, and check all results and that no resource leaks.

    python scripts/soak.py [--calls 20000] [--seed 1]

Threads with one `Anthropic` and tasks with one `AsyncAnthropic` call a local server, which runs in its own process.
Each call names the fault that the server injects (faulty_server.py lists them), so its result is known in advance;
some calls are cancelled at a random moment. The tables show the results and the measurements.

Exit codes: 0 all as expected; 1 a result was wrong or a limit was exceeded (more than 5 MB of memory after the
warm-up, a leaked descriptor or thread, ten minutes); 2 wrong usage.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import contextlib
import ctypes
import gc
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from faulty_server import FAULTS
from soak_calls import CANCELLED, planned, soak

from anthropic_models import Anthropic, AsyncAnthropic

if TYPE_CHECKING:
    from soak_calls import Results

MAX_GROWTH = 5.0
"""Megabytes of resident memory after the warm-up."""
MAX_SECONDS = 600
WARM_UP = 0.4
"""The fraction of the calls that is made first as a warm-up, to fill caches."""


class Left(NamedTuple):
    """The resources that a process holds."""

    megabytes: float
    descriptors: int
    threads: int

    @classmethod
    def now(cls) -> Left:
        """Measure now, after a garbage collection, and after the C library has freed unused memory if it can."""
        gc.collect()
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        descriptors = len(list(Path("/proc/self/fd").iterdir()))
        return cls(pages * resource.getpagesize() / 1e6, descriptors, threading.active_count())


def run(url: str, calls: int, seed: int) -> bool:
    """Make the warm-up and the calls, and print the tables; returns whether all is well."""
    at_first = Left.now()
    settings = {"api_key": "made-up", "base_url": url, "max_retries": 1}
    clients = Anthropic(**settings), AsyncAnthropic(**settings)  # type: ignore[arg-type]  # a mapping has one type
    faults = planned(calls, seed)
    soak(clients, faults[: int(calls * WARM_UP)], seed)
    warm, began = Left.now(), time.monotonic()
    results = soak(clients, faults, seed)
    seconds, after = time.monotonic() - began, Left.now()
    clients[0].close()
    asyncio.run(clients[1].close())
    at_last = Left.now()
    expected: Results = collections.Counter(
        (fault, "CancelledError" if fault == CANCELLED else FAULTS[fault].result) for fault in faults
    )
    rows = [
        (fault, result, expected[fault, result], results[fault, result]) for fault, result in sorted(expected | results)
    ]
    print_table(("done to the call", "what came of it", "expected", "counted"), *rows)
    growth = round(after.megabytes - warm.megabytes, 1)
    descriptors, threads = at_last.descriptors - at_first.descriptors, at_last.threads - at_first.threads
    successes = sum(count for (_, result), count in results.items() if result == "model")
    bounds = [
        ("calls with the result expected", (results & expected).total(), calls, results == expected),
        ("of them successes", successes, "", True),
        ("seconds", round(seconds, 1), f"at most {MAX_SECONDS}", seconds <= MAX_SECONDS),
        ("memory after the warm-up, MB", round(warm.megabytes, 1), "", True),
        ("growth from there, MB", growth, f"at most {MAX_GROWTH}", growth <= MAX_GROWTH),
        ("descriptors left", descriptors, 0, descriptors <= 0),
        ("threads left", threads, 0, threads <= 0),
    ]
    print_table(("figure", "seen", "bound", "well"), *((*row[:3], "yes" if row[3] else "NO") for row in bounds))
    return all(row[3] for row in bounds)


def print_table(*rows: tuple[object, ...]) -> None:
    """Print rows in aligned columns."""
    widths = [max(len(str(cell)) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  " + "  ".join(f"{cell!s:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    print()


def main() -> int:
    """Start the server and run the soak; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=20_000, help="the number of calls; default 20000")
    parser.add_argument("--seed", type=int, default=1, help="seed for the faults and their order; default 1")
    options = parser.parse_args()
    if options.calls < 100:
        parser.error("--calls must be at least 100, or there is nothing to tell")
    if "MALLOC_ARENA_MAX" not in os.environ:  # else glibc allocates megabytes per thread at random
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "MALLOC_ARENA_MAX": "2"})  # noqa: S606
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]  # a proxy cannot reach the loopback address
    command = [sys.executable, str(Path(__file__).with_name("faulty_server.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        watchdog = threading.Timer(MAX_SECONDS * 1.2, lambda: os._exit(1))
        watchdog.daemon = True
        watchdog.start()
        assert server.stdout is not None  # noqa: S101  # for the type checker
        try:
            return 0 if run(f"http://127.0.0.1:{server.stdout.readline().strip()}", options.calls, options.seed) else 1
        finally:
            watchdog.cancel()
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
