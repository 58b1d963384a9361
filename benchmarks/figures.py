"""The figures that are measured, and the number of rounds."""

from __future__ import annotations

import time
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from . import programs
from .contenders import HTTPX, OURS
from .measure import Program, Results, take_turns
from .tracers import NONE, TRACED, TRACERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .contenders import Code, Contender
    from .environments import Environment
    from .measure import Job

IN_FLIGHT = (1, 32, 100)
_ALWAYS = (HTTPX.key, OURS.key)
_ERROR = f"from {OURS.module} import NotFoundError"


class Figure(NamedTuple):
    """A row of the table: its title, its unit, and the factor from seconds or bytes to that unit."""

    title: str
    unit: str
    scale: float


FIGURES = {
    "start": Figure("process start to first model", "ms", 1e3),
    "start CPU": Figure("CPU of that process", "ms", 1e3),
    "memory": Figure("peak memory of that process", "MB", 1e-6),
    "import": Figure("import of the client class, CPU", "ms", 1e3),
    "import error": Figure("import of an error class alone, CPU", "ms", 1e3),
    "warm": Figure("warm call, CPU", "µs", 1e6),
    "flight 32": Figure("asynchronous call, 32 in flight, CPU", "µs", 1e6),
    "flight 100": Figure("asynchronous call, 100 in flight, CPU", "µs", 1e6),
    "sentry": Figure("call under Sentry, CPU", "µs", 1e6),
    "opentelemetry": Figure("call under OpenTelemetry, CPU", "µs", 1e6),
    "size": Figure("installed size without bytecode", "MB", 1e-6),
}
"""The figures that are compared with httpx, by name."""


class Bench:
    """Measures the contenders, one group of figures after the other.

    Args:
        contenders: The contenders to measure.
        url: The URL of the server.
        environment: Returns the environment of a contender.
    """

    def __init__(
        self, contenders: Sequence[Contender], url: str, environment: Callable[[Contender], Environment]
    ) -> None:
        self.results = Results(dict)
        self._contenders = contenders
        self._blocking = [(each, each.blocking) for each in contenders if each.blocking]
        self._url = url
        self._environment = environment

    def measure(self, group: str) -> None:
        """Measure a group of figures, and add them to the results."""
        print(f"  {group} ", end="", flush=True)
        begin = time.perf_counter()
        GROUPS[group](self)
        print(f" {time.perf_counter() - begin:.0f} s", flush=True)

    def _start(self) -> None:
        def measure(contender: Contender, code: Code) -> Mapping[str, float]:
            done = Program(self._environment(contender), programs.start(code, self._url)).finish()
            if programs.MODEL_ID not in done.last_line:
                raise SystemExit(f"{contender.key} retrieved something else: {done.last_line}")
            return {"start": done.wall, "start CPU": done.cpu, "memory": done.peak}

        self._in_turn(measure)

    def _import(self) -> None:
        def measure(contender: Contender, code: Code) -> Mapping[str, float]:
            def cpu(statement: str) -> float:
                return float(Program(self._environment(contender), programs.importing(statement)).finish().last_line)

            whole = cpu(code.imports)
            if contender.key == OURS.key:
                return {"import": whole, "import error": cpu(_ERROR)}
            return {"import": whole, "import error": whole} if contender.key == HTTPX.key else {"import": whole}

        self._in_turn(measure)

    def _in_turn(self, measure: Callable[[Contender, Code], Mapping[str, float]]) -> None:
        jobs = [(each.key, partial(measure, each, code)) for each, code in self._blocking]
        take_turns(jobs, range(18), _ALWAYS, self.results)

    def _warm(self) -> None:
        self._ask(3, 12, [("warm", each, programs.warm(code, self._url, NONE)) for each, code in self._blocking])

    def _traced(self) -> None:
        tasks = [
            (tracer.key, each, programs.warm(each.blocking, self._url, tracer))
            for tracer in TRACERS
            for each in TRACED
            if each.blocking
        ]
        self._ask(3, 9, tasks)

    def _flight(self) -> None:
        tasks = [
            (f"flight {count}", each, programs.flight(each.asynchronous, self._url, count))
            for count in IN_FLIGHT
            for each in self._contenders
        ]
        self._ask(2, 5, tasks)

    def _ask(self, processes: int, rounds: int, tasks: Sequence[tuple[str, Contender, str]]) -> None:
        """Measure in rounds, several times with new processes, because no two processes are equally fast."""
        for number in range(processes):
            with ExitStack() as stack:
                jobs: list[Job] = []
                for figure, contender, program in tasks:
                    process = Program(self._environment(contender), program)
                    stack.callback(process.finish)
                    jobs.append((contender.key, partial(_ask, figure, process)))
                take_turns(jobs, range(number * rounds, (number + 1) * rounds), _ALWAYS, self.results)

    def _size(self) -> None:
        self.results["size"] = {each.key: {0: self._environment(each).size()} for each in self._contenders}


def _ask(figure: str, process: Program) -> Mapping[str, float]:
    return {figure: process.ask()}


GROUPS: Mapping[str, Callable[[Bench], None]] = {
    "start": Bench._start,
    "import": Bench._import,
    "warm": Bench._warm,
    "flight": Bench._flight,
    "traced": Bench._traced,
    "size": Bench._size,
}
"""What `make bench ONLY=...` may name."""
