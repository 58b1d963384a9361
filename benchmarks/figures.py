"""What is measured, in which rounds."""

from __future__ import annotations

import functools
import socket
from typing import TYPE_CHECKING

from . import programs
from .contenders import CONTENDERS, FLOOR, OURS
from .measure import Results, run, take_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .contenders import Contender
    from .environments import Environment
    from .measure import Job

IN_FLIGHT = (1, 32, 100)
MANY = (10, 100, 1_000, 10_000)
CLIENTS = 100
_NAMES = {"package": "import anthropic_models", "error": "from anthropic_models import NotFoundError"}
_AT_ONCE = 32
_ALL = tuple(each.key for each in CONTENDERS)
_BLOCKING = tuple(key for key in _ALL if key != "aiohttp")  # the extra is another way to send for asyncio only
_FEW = (FLOOR, "newest", OURS, "aiohttp")  # whose curves are drawn


class Bench:
    """Fills `results`, figure by figure.

    Args:
        environments: By contender.
        url: Where the server is.
        quick: Whether few rounds will do: to see that everything works.
    """

    def __init__(self, environments: Mapping[str, Environment], url: str, *, quick: bool) -> None:
        self.results: Results = {}
        self._environments = environments
        self._url = url
        self._quick = quick

    def everything(self) -> Results:
        """All of it, in about three minutes on two cores."""
        self._rounds("start", 12, self._start)
        self._rounds("import", 14, self._import)
        self._rounds("warm call", 6, self._warm)
        for in_flight, rounds in zip(IN_FLIGHT, (3, 5, 3), strict=True):
            only = _ALL if in_flight == _AT_ONCE else _FEW
            self._rounds(f"{in_flight} in flight", rounds, functools.partial(self._in_flight, in_flight), only)
        for many in MANY:
            two = (FLOOR, OURS) if many < max(MANY) else (OURS,)
            self._rounds(f"{many:,} models", 3, functools.partial(self._many, many), two)
        with socket.socket() as nobody:  # bound, but not listening: every connection is refused
            nobody.bind(("127.0.0.1", 0))
            url = f"https://127.0.0.1:{nobody.getsockname()[1]}"
            self._rounds(f"{CLIENTS} clients", 1, functools.partial(self._clients, url))
        for key, environment in self._environments.items():
            self.results.setdefault("size", {})[key] = [environment.size()]
        return self.results

    def _rounds(
        self,
        title: str,
        rounds: int,
        measure: Callable[[Contender], Mapping[str, float]],
        only: tuple[str, ...] = _BLOCKING,
    ) -> None:
        jobs: dict[str, Job] = {each.key: functools.partial(measure, each) for each in CONTENDERS if each.key in only}
        take_turns(title, 1 if self._quick else rounds, jobs, self.results)

    def _said(self, contender: Contender, program: str) -> float:
        return float(run(self._environments[contender.key].python, program).said)

    def _start(self, contender: Contender) -> Mapping[str, float]:
        done = run(self._environments[contender.key].python, programs.start(contender, self._url))
        if programs.MODEL_ID not in done.said:
            raise SystemExit(f"{contender.key} retrieved something else: {done.said}")
        return {"wall": done.wall, "cpu": done.cpu, "peak": done.peak}

    def _import(self, contender: Contender) -> Mapping[str, float]:
        whole = self._said(contender, programs.importing(contender.imports))
        if contender.key == FLOOR:
            return {"import": whole, **dict.fromkeys(_NAMES, whole)}
        if contender.key == OURS:
            names = {name: self._said(contender, programs.importing(code)) for name, code in _NAMES.items()}
            return {"import": whole, **names}
        return {"import": whole}

    def _warm(self, contender: Contender) -> Mapping[str, float]:
        return {"warm": self._said(contender, programs.warm(contender, self._url, calls=1500))}

    def _in_flight(self, in_flight: int, contender: Contender) -> Mapping[str, float]:
        program = programs.fan_out(contender, self._url, in_flight=in_flight, calls=640, warm_up=200)
        return {f"in flight {in_flight}": self._said(contender, program)}

    def _many(self, many: int, contender: Contender) -> Mapping[str, float]:
        program = programs.fan_out(contender, self._url, in_flight=_AT_ONCE, calls=many, warm_up=0)
        done = run(self._environments[contender.key].python, program)
        return {f"many {many}": float(done.said), f"many {many} peak": done.peak}

    def _clients(self, url: str, contender: Contender) -> Mapping[str, float]:
        python = self._environments[contender.key].python
        found: dict[str, float] = {}
        for count in (1, CLIENTS):
            done = run(python, programs.clients(contender, url, clients=count, asked=CLIENTS))
            found |= {f"clients {count}": float(done.said), f"clients {count} peak": done.peak}
        return found
