"""Change the code in every way that mutmut knows, and tell which changes no test notices: `make mutants`.

Each mutant meets the quickest tests that reach it, half a second of them; those that survive meet ten seconds of
them. What mypy refuses needs no test. What is left is written to docs/mutation.md, each with its reason from
reasons.yaml. A run goes on where the last one was stopped, for as long as the code is the same.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import shutil
import subprocess
import sys
from pathlib import Path

import layout
import survivors

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".mutants"


def mutate(part: layout.Part, rounds: list[float], patterns: list[str]) -> int:
    """Make the mutants of one part and try those of these names, or those that are left. In its folder."""
    import mutmut.__main__ as mutmut
    import pytest
    import trial

    trial.trampoline.set_mutant_under_test("mutant_generation")
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    workers = len(os.sched_getaffinity(0))
    mutmut.create_mutants(workers)
    refused = mutmut.filter_mutants_with_type_checker()
    files = {}
    for path in mutmut.walk_mutatable_files():
        data = mutmut.SourceFileMutationData(path=path)
        data.load()
        data.meta_path = data.meta_path.absolute()  # the tests run in another folder
        for name, code in data.exit_code_by_key.items():  # what mypy said in an earlier run does not count
            known = trial.NOT_TRIED if code == trial.REFUSED else code
            data.exit_code_by_key[name] = trial.REFUSED if name in refused else known
        data.save()
        files.update(dict.fromkeys(data.exit_code_by_key, data))
    left = (trial.NOT_TRIED, trial.SURVIVED, trial.NO_TESTS)
    if patterns:
        todo = [name for name in files if name not in refused and any(fnmatch.fnmatch(name, each) for each in patterns)]
    else:
        todo = [name for name, data in files.items() if data.exit_code_by_key[name] in left]
    print(f"{len(files):,} mutants, {len(refused):,} of them refused by mypy, {len(todo):,} to try")

    def keep(name: str, code: int) -> None:
        files[name].exit_code_by_key[name] = code
        files[name].save()

    os.chdir("mutants")
    trials = trial.Trials(todo, rounds, workers, keep)
    arguments = ["--rootdir=.", "-q", "-o", "timeout=0", *layout.unfit(), *(f"tests/{each}" for each in part.tests)]
    return 0 if pytest.main(arguments, plugins=[trials]) in (0, 5) and trials.has_begun else 2


def main() -> int:
    """Every part in turn, then the page; 1 where too few were noticed, or one is left without a reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=layout.PARTS, help="only this one")
    parser.add_argument("names", nargs="*", help="only these mutants: 'anthropic_models.client.*'")
    parser.add_argument("--seconds", type=float, nargs="+", default=[0.5, 10.0], help="of tests in each round (0.5 10)")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs found")
    parser.add_argument("--report", action="store_true", help="run nothing, write the page from what there is")
    asked = parser.parse_args()
    for name in [] if asked.report else [asked.part] if asked.part else layout.PARTS:
        where = WORK / name
        if asked.fresh:
            shutil.rmtree(where, ignore_errors=True)
        layout.lay_out(ROOT, where, layout.PARTS[name])
        rounds = ",".join(map(str, asked.seconds))
        command = [sys.executable, __file__, "--inside", name, rounds, *asked.names]
        if subprocess.run(command, cwd=where, env=layout.environment(where), check=False).returncode:
            return 2
    is_whole = asked.report or not asked.part
    return survivors.report(WORK, ROOT / "docs" / "mutation.md" if is_whole else None)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        sys.exit(mutate(layout.PARTS[sys.argv[2]], [*map(float, sys.argv[3].split(","))], sys.argv[4:]))
    sys.exit(main())
