"""`python -m benchmarks.run`: measures, and writes docs/benchmarks.md, .svg and .png, and the table of the README."""

from __future__ import annotations

import argparse
import json
import sys
import time

from .contenders import CONTENDERS, ROOT
from .environments import FOLDER, Environment
from .figures import Bench
from .server import running


def main() -> int:
    """The command line. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of each, to see that all works; writes nothing")
    parser.add_argument("--fresh", action="store_true", help="make the environments anew, with the newest releases")
    arguments = parser.parse_args()
    begin = time.monotonic()
    environments = {each.key: Environment(each) for each in CONTENDERS}
    for key, environment in environments.items():
        print(f"Installing {key} ...", end=" ", flush=True)
        print("done" if environment.prepare(fresh=arguments.fresh) else "is there already", flush=True)
    titles = {each.key: each.title.format(version=environments[each.key].version()) for each in CONTENDERS}
    print("Measuring")
    with running() as url:
        results = Bench(environments, url, quick=arguments.quick).everything()
    (FOLDER / "results.json").write_text(json.dumps({"titles": titles, "results": results}), encoding="utf-8")
    from . import chart, report  # after measuring: what they load would count as memory of what is measured

    print(report.table(results, titles))
    if not arguments.quick:
        report.write(ROOT / "docs" / "benchmarks.md", results, titles)
        chart.draw(ROOT / "docs" / "benchmarks", results, titles)
        embedded = report.embed(ROOT / "README.md", results, titles)
        print(f"Written: docs/benchmarks.md, .svg, .png{' and the table in README.md' * embedded}", end="; ")
    print(f"it took {time.monotonic() - begin:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
