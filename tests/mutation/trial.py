"""Tries each mutant in a fork of one pytest session that has collected the tests and run none of them.

mutmut's own workers start pytest anew for each mutant, which takes longer than most tests do.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.core import MutmutCallStack
from mutmut.mutation import trampoline

KILLED, SURVIVED, NO_TESTS, TIMEOUT, REFUSED, NOT_TRIED = 1, 0, 33, 36, 37, None
"""As mutmut has them; refused by mypy."""
_BROKEN = 99
"""The trial itself failed, and says nothing of the mutant."""
_PATIENCE = 10
"""Seconds for one mutant beyond ten times what its tests take; one that loops for ever is ended then."""

Tests = list[tuple[float, int]]
"""How long each takes, in seconds, and its place in the session."""


class Trials:
    """A pytest plugin. `rounds` are the seconds of tests that each mutant meets, quickest first; survivors go on.

    `keep` is told each result as it comes.
    """

    def __init__(self, mutants: list[str], rounds: list[float], workers: int, keep: Callable[[str, int], None]) -> None:
        self.mutants, self.rounds, self.workers, self.keep = mutants, rounds, workers, keep
        self.has_begun = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running the tests: find out what each reaches, then try the mutants."""
        self.has_begun = True
        tests = _in_a_fork(lambda: _reached(session))
        self.folder = {*Path().iterdir()}
        left = self.mutants
        for number, seconds in enumerate(self.rounds):
            tried = [(name, _quickest(tests.get(name.partition("__mutmut_")[0], []), seconds)) for name in left]
            left = []
            is_last = number == len(self.rounds) - 1
            for name, code in self._results(session, tried):
                if code == SURVIVED and not is_last:
                    left.append(name)
                self.keep(name, code)
        return True

    def _results(self, session: pytest.Session, tried: Iterable[tuple[str, Tests]]) -> Iterator[tuple[str, int]]:
        running: dict[int, str] = {}
        for name, chosen in tried:
            if not chosen:
                yield name, NO_TESTS
                continue
            if len(running) == self.workers:
                yield self._ended(running)
            running[_started(session, name, chosen)] = name
        while running:
            yield self._ended(running)

    def _ended(self, running: dict[int, str]) -> tuple[str, int]:
        """The next that ends, with all that it has started and what it has left in the folder."""
        pid, status = os.wait()
        while pid not in running:
            pid, status = os.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        for left in {*Path().iterdir()} - self.folder:  # a mutant may write anywhere
            shutil.rmtree(left, ignore_errors=True)
        code = os.waitstatus_to_exitcode(status)
        if code == _BROKEN:
            raise RuntimeError(f"{running[pid]} could not be tried")
        return running.pop(pid), TIMEOUT if code == -signal.SIGALRM else KILLED if code else SURVIVED


def _run(session: pytest.Session, position: int, following: int | None) -> bool:
    following_item = None if following is None else session.items[following]
    reports = runtestprotocol(session.items[position], log=False, nextitem=following_item)
    return not any(report.failed for report in reports)


def _reached(session: pytest.Session) -> dict[str, Tests]:
    """The functions that each test reaches, with how long it takes; a test that fails now can tell nothing."""
    hits: set[str] = set()
    trampoline.record_trampoline_hit = lambda name, caller=None: hits.add(name)  # type: ignore[attr-defined]
    # mutmut's stack of calls, kept in a context variable, ends in crashes under asyncio (CPython 3.11.7).
    MutmutCallStack.set = classmethod(lambda cls, value: None)  # type: ignore[assignment,method-assign]
    MutmutCallStack.reset = classmethod(lambda cls, token: None)  # type: ignore[assignment,method-assign]
    os.environ["MUTANT_UNDER_TEST"] = "stats"
    tests = defaultdict(list)
    for position in range(len(session.items)):
        hits.clear()
        began = time.perf_counter()
        following = position + 1 if position + 1 < len(session.items) else None
        if _run(session, position, following):
            for name in hits:
                tests[name].append((time.perf_counter() - began, position))
        else:
            os.write(2, f"fails without any mutant, so it is left out: {session.items[position].nodeid}\n".encode())
    return dict(tests)


def _in_a_fork(work: Callable[[], Any]) -> Any:
    ours, theirs = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            with os.fdopen(theirs, "wb") as pipe:
                pickle.dump(work(), pipe)
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        result = pickle.load(pipe)
    os.waitpid(pid, 0)
    return result


def _quickest(tests: Tests, seconds: float) -> Tests:
    chosen: Tests = []
    for duration, position in sorted(tests):
        seconds -= duration
        if chosen and seconds < 0:
            break
        chosen.append((duration, position))
    return chosen


def _started(session: pytest.Session, name: str, tests: Tests) -> int:
    if pid := os.fork():
        return pid
    code = _BROKEN
    try:
        os.setsid()  # so that what its tests start can be ended with it
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_PATIENCE + int(10 * sum(duration for duration, _ in tests)))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        trampoline.set_mutant_under_test(name)
        code = KILLED
        chosen = [position for _, position in tests]
        if all(_run(session, each, following) for each, following in zip(chosen, [*chosen[1:], None], strict=True)):
            code = SURVIVED
    finally:
        os._exit(code)
