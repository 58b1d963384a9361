"""`python -m benchmarks.profiles`: the CPU time of each function in this client's calls, and the time of its imports.

Calls are sampled by the system's CPU timer, so that profiling does not make some functions look slower than others.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from . import programs
from .contenders import CONTENDERS, OURS, Contender
from .environments import Environment, wheel
from .measure import Program, server
from .tracers import NONE

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 12
"""For each profile."""
_SAMPLER = """
import collections, json, signal, sys
own, cumulative = collections.Counter(), collections.Counter()
def sample(_, frame):
    stack = []
    while frame is not None:
        code = frame.f_code
        stack.append(f"{code.co_qualname}  {'/'.join(code.co_filename.rsplit('/', 3)[-2:])}")
        frame = frame.f_back
    own[stack[0]] += 1
    cumulative.update(set(stack))
signal.signal(signal.SIGPROF, sample)
timer = lambda seconds: signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
"""


def _sampled(program: str) -> str:
    """The program, sampled while it measures."""
    program = program.replace("begin = process_time()", "timer(0.001); begin = process_time()")
    program = program.replace("print((process_time()", "timer(0); print((process_time()")
    return f"{_SAMPLER}{program}\nprint(json.dumps([own, cumulative]))"


def _show(title: str, environment: Environment, program: str, most: int) -> None:
    process = Program(environment, _sampled(program))
    begin, costs = time.monotonic(), []
    while time.monotonic() < begin + _SECONDS:
        costs.append(process.ask())
    cost = sum(costs) / len(costs) * 1e6
    tables = json.loads(process.finish().last_line)
    total = sum(tables[0].values())
    print(f"\n{title}: {cost:.0f} µs of CPU for each, {total:,} samples")
    for name, table in zip(("self", "cumulative"), tables, strict=True):
        print(f"\n  {name}\n       µs")
        for function, samples in sorted(table.items(), key=lambda each: -each[1])[:most]:
            print(f"  {samples / total * cost:7.1f}  {samples / total:5.1%}  {function}")


def _show_imports(environment: Environment, statement: str, most: int) -> None:
    """The time of each module without its own imports: the least of five runs."""
    least: dict[str, int] = {}
    for _ in range(5):
        command: list[str | Path] = [environment.python, "-I", "-X", "importtime", "-c", statement]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()[1:]
        for own, _, name in (line.removeprefix("import time:").split("|") for line in lines):
            least[name.strip()] = min(int(own), least.get(name.strip(), int(own)))
    print(f"\n{statement}: {sum(least.values()) / 1e3:.0f} ms in {len(least)} modules\n")
    for name, taken in sorted(least.items(), key=lambda each: -each[1])[:most]:
        print(f"  {taken / 1e3:7.1f}  {name}")


def main() -> int:
    """The command line. Returns the exit code."""
    keys = {each.key: each for each in CONTENDERS}
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profiles", description=__doc__)
    parser.add_argument("--of", choices=keys, default=OURS.key, help="the contender (default: this client)")
    parser.add_argument("--most", type=int, default=40, help="how many functions are listed (default: 40)")
    arguments = parser.parse_args()
    contender: Contender = keys[arguments.of]
    environment = Environment(contender)
    environment.prepare(wheel(), fresh=False)
    with server() as url:
        if contender.blocking:
            _show_imports(environment, contender.blocking.imports, arguments.most)
            _show("A warm call", environment, programs.warm(contender.blocking, url, NONE), arguments.most)
        for count in (32, 100):
            program = programs.flight(contender.asynchronous, url, count)
            _show(f"A call with {count} in flight", environment, program, arguments.most)
    return 0


if __name__ == "__main__":
    sys.exit(main())
