"""Runs programs in turn, so that the load of the machine affects all equally, and compares what they used."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from .environments import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from .environments import Environment

_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


@contextmanager
def server() -> Iterator[str]:
    """Run the server in a separate process; yields its URL."""
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.server"], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class Program:
    """A process that runs a program in a contender's environment, where this checkout cannot be imported."""

    def __init__(self, environment: Environment, program: str) -> None:
        module, packages = environment.contender.module, f"{environment.packages}{os.sep}"
        # -I: neither variables nor the working directory add to what can be imported.
        command: list[str | Path] = [
            environment.python,
            "-I",
            "-c",
            f"{program}\n{_CHECK.format(module=module, packages=packages)}",
        ]
        self._program = program
        self._begin = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=environment.folder,
            env={"PATH": os.defpath},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout

    def ask(self) -> float:
        """Let it measure once more; returns the figure."""
        self._in.write("\n")
        self._in.flush()
        return float(self._out.readline() or self.finish().last_line)

    def finish(self) -> Run:
        """Let it end; returns what it used."""
        self._in.close()
        output = self._out.read()
        _, status, used = os.wait4(self._process.pid, 0)
        wall = time.perf_counter() - self._begin
        self._out.close()
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._process.returncode:
            raise SystemExit(f"exit code {self._process.returncode} from this program:\n{self._program}")
        return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT, output.strip().rpartition("\n")[2])


_CHECK = """
import sys
assert sys.modules[{module!r}].__file__.startswith({packages!r}), sys.modules[{module!r}].__file__
"""


class Run(NamedTuple):
    """What one process used: seconds, seconds of CPU, bytes of memory; and the last line that it printed."""

    wall: float
    cpu: float
    most_memory: int
    last_line: str

    @property
    def peak(self) -> int:
        """Bytes of memory at the peak."""
        if self.most_memory <= resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT:
            raise SystemExit("the benchmark uses more memory than the process, and Linux counts it in the peak")
        return self.most_memory


class Ratio(NamedTuple):
    """The ratio of two series: the median of the rounds' ratios, and their lower and upper quartiles."""

    median: float
    low: float
    high: float


Series = dict[int, float]
"""One value for each round in which a contender took part."""
Results = defaultdict[str, dict[str, Series]]
"""The series of each contender for each figure."""
Job = tuple[str, "Callable[[], Mapping[str, float]]"]
"""The key of a contender, and a function that measures it once and returns a value for each figure."""


def take_turns(jobs: Iterable[Job], rounds: range, always: tuple[str, ...], results: Results) -> None:
    """Run the jobs in each round, every other round backwards, so that none always follows a heavy one.

    Contenders that are not in `always` take part in every fifth round: far from 1, a ratio needs less precision.
    """
    for number in rounds:
        for contender, measure in list(jobs)[:: -1 if number % 2 else 1]:
            if contender in always or number % 5 == 0:
                for figure, value in measure().items():
                    results[figure].setdefault(contender, {})[number] = value
        print(".", end="", flush=True)


def ratio(values: Series, base: Series) -> Ratio:
    """The ratio of the values to the base's values, round by round."""
    ratios = [value / base[number] for number, value in values.items() if number in base]
    if len(ratios) == 1:
        return Ratio(ratios[0], ratios[0], ratios[0])
    low, median, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return Ratio(median, low, high)
