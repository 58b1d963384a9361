"""Runs programs in turn, each in a process of its own, so that all meet the same weather."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


@dataclass(frozen=True)
class Run:
    """What one process took: seconds, seconds of CPU, bytes of memory; and the last line it printed."""

    wall: float
    cpu: float
    most_memory: int
    said: str

    @property
    def peak(self) -> int:
        """Bytes of memory at the peak."""
        if self.most_memory <= resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT:
            raise SystemExit("the benchmark uses more memory than what it measures, and Linux counts it in at the fork")
        return self.most_memory


def run(python: Path, program: str) -> Run:
    """Run a program to its end. Nothing of the caller's environment reaches it."""
    begin = time.perf_counter()
    process = subprocess.Popen([python, "-I", "-c", program], stdout=subprocess.PIPE, env={"PATH": os.defpath})
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise SystemExit(f"exit code {process.returncode} from this program:\n{program}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT, said.strip().rpartition("\n")[2])


Job = Callable[[], Mapping[str, float]]
"""Measures one contender once: its figures."""
Results = dict[str, dict[str, list[float]]]
"""Of each figure, of each contender, one value for each round."""


def take_turns(title: str, rounds: int, jobs: Mapping[str, Job], results: Results) -> None:
    """Run every job, then all the other way round, so that none always follows a heavy one; keep what they find."""
    print(f"  {title}: {rounds} rounds of {len(jobs)} ", end="", flush=True)
    begin = time.perf_counter()
    for number in range(rounds):
        for contender, job in list(jobs.items())[:: -1 if number % 2 else 1]:
            for figure, value in job().items():
                results.setdefault(figure, defaultdict(list))[contender].append(value)
        print(".", end="", flush=True)
    print(f" {time.perf_counter() - begin:.0f} s", flush=True)
