"""`python -m benchmarks.run`: measures, and writes docs/benchmarks.md, .svg and .png, and the table of the README."""

from __future__ import annotations

import argparse
import functools
import sys
import time

from .contenders import CONTENDERS, HTTPX, OURS
from .environments import ROOT, Environment, wheel
from .figures import GROUPS, Bench
from .measure import server
from .tracers import TRACED


def main() -> int:
    """The command line. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument(
        "--only", metavar="GROUP,...", help=f"httpx and this client alone, writes nothing: {', '.join(GROUPS)}"
    )
    parser.add_argument("--fresh", action="store_true", help="make the environments again, with the newest releases")
    arguments = parser.parse_args()
    groups = arguments.only.split(",") if arguments.only else list(GROUPS)
    if unknown := [group for group in groups if group not in GROUPS]:
        parser.error(f"argument --only: no group {', '.join(unknown)}; there are {', '.join(GROUPS)}")

    begin = time.monotonic()
    contenders = [HTTPX, OURS] if arguments.only else CONTENDERS
    built = wheel()
    installed = (*contenders, *(TRACED if "traced" in groups else ()))
    for contender in {each.environment: each for each in installed}.values():
        Environment(contender).prepare(built, fresh=arguments.fresh)
    titles = {each.key: Environment(each).title() for each in contenders}
    with server() as url:
        bench = Bench(contenders, url, functools.cache(Environment))
        for group in groups:
            bench.measure(group)
    from . import chart, report  # after measuring: their memory would count as that of a measured process

    print(report.table(bench.results, titles))
    if "flight" in groups:
        print(report.flight(bench.results, titles))
    if not arguments.only:
        readme = ROOT / "README.md"
        readme.write_text(report.embed(readme.read_text("utf-8"), bench.results, titles), encoding="utf-8")
        (ROOT / "docs" / "benchmarks.md").write_text(report.page(bench.results, titles), encoding="utf-8")
        chart.draw(ROOT / "docs" / "benchmarks", bench.results, titles)
        print("Written: docs/benchmarks.md, .svg, .png and the table in README.md", end="; ")
    print(f"it took {time.monotonic() - begin:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
