"""Change the code in every way that mutmut knows, and tell which changes no test notices: `make mutants`.

Two rounds for each part: every mutant meets the quickest tests that reach it, `--seconds` of them; those that survive
meet all. What mypy refuses needs no test. What is left is written to docs/mutation.md, each with its reason from
reasons.yaml. It takes hours; it goes on where it was stopped, and starts anew with `--fresh`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import layout
import survivors

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".mutants"


def mutate(part: layout.Part, seconds: float, patterns: list[str]) -> None:
    """Both rounds for one part, or one round of all tests for the mutants of these names. In a process of its own."""
    import mutmut.__main__ as mutmut

    settle(mutmut, seconds)
    workers = len(os.sched_getaffinity(0))
    if not patterns:
        mutmut._run((), workers)
        patterns = survivors.names(mutmut)
    if patterns:
        settle(mutmut, float("inf"))
        mutmut._run(patterns, workers)


def settle(mutmut: object, seconds: float) -> None:
    """Give each mutant its quickest tests first, as many as take this long."""
    from mutmut.core import MutmutCallStack
    from mutmut.runners.harness import PytestRunner
    from mutmut.state import state

    # It keeps a stack of calls in a context variable, for a report that is not asked for here; under asyncio that ends
    # in LookupErrors and, with CPython 3.11.7, in crashes.
    MutmutCallStack.set = classmethod(lambda cls, value: None)  # type: ignore[assignment,method-assign]
    MutmutCallStack.reset = classmethod(lambda cls, token: None)  # type: ignore[assignment,method-assign]
    run_all = getattr(PytestRunner, "_run_all", PytestRunner.run_tests)
    PytestRunner._run_all = run_all  # type: ignore[attr-defined]

    def run_quickest(self: PytestRunner, *, mutant_name: str | None, tests: list[str]) -> int:
        durations = state().duration_by_test
        quickest, left = list[str](), seconds
        for test in sorted(tests, key=lambda each: (durations[each], each)):
            left -= durations[test]
            if quickest and left < 0:
                break
            quickest.append(test)
        return run_all(self, mutant_name=mutant_name, tests=quickest)

    PytestRunner.run_tests = run_quickest  # type: ignore[method-assign,assignment]


def main() -> int:
    """Every part in turn, then the page; 1 where fewer than 90 of 100 were noticed, or one is left without a reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=layout.PARTS, help="only this one")
    parser.add_argument("names", nargs="*", help="only these mutants, with all tests: 'anthropic_models.client.*'")
    parser.add_argument("--seconds", type=float, default=3.0, help="of tests in the first round (3)")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs found")
    parser.add_argument("--report", action="store_true", help="run nothing, write the page from what there is")
    asked = parser.parse_args()
    for name in [asked.part] if asked.part else layout.PARTS:
        where = WORK / name
        if asked.fresh:
            shutil.rmtree(where, ignore_errors=True)
        if asked.report:
            continue
        layout.lay_out(ROOT, where, layout.PARTS[name])
        if subprocess.run(
            [sys.executable, __file__, "--inside", name, str(asked.seconds), *asked.names],
            cwd=where,
            env=layout.environment(where),
            check=False,
        ).returncode:
            return 2
    return survivors.report(WORK, ROOT / "docs" / "mutation.md")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        mutate(layout.PARTS[sys.argv[2]], float(sys.argv[3]), sys.argv[4:])
    else:
        sys.exit(main())
