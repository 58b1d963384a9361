"""What a run of mutmut has found: counts, and each mutant that is left with the reason why."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import layout
import yaml

REASONS = Path(__file__).with_name("reasons.yaml")
NOTICED = {"killed": "a test failed", "timeout": "a test did not end", "caught by type check": "mypy refuses it"}
ENOUGH = 0.9
LEFT = {"survived": "no test failed", "no tests": "no test reaches it in its own process"}

Mutant = dict[str, str]
"""Its name and status; what it changes, where it is left."""


def found(mutmut: Any) -> list[Mutant]:
    """Every mutant with its status; what it changes, where it is left. In the folder that mutmut works in."""
    result = []
    for path in sorted(mutmut.walk_mutatable_files()):
        data = mutmut.SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            status = mutmut.status_by_exit_code[code]
            change = ""
            if status in LEFT:
                diff = mutmut.get_diff_for_mutant(name, path=path).splitlines()
                change = "\n".join(line for line in diff if re.match(r"[-+](?![-+]{2} )", line))
            result.append({"name": name, "status": status, "change": change})
    return result


def report(work: Path, page: Path | None) -> int:
    """Write the page, if any; 1 where too few were noticed, one was not tried, or one is left without a reason.

    Of all mutants, and of those that mypy lets pass, nine in ten must have been noticed.
    """
    parts = {name: _asked(work / name) for name in layout.PARTS if (work / name / "mutants").is_dir()}
    left = {part: _by_reason(mutants) for part, mutants in parts.items()}
    if page is not None:
        page.write_text(_page(parts, left), "utf-8")
    missing = [mutant["name"] for groups in left.values() for mutant in groups.get("", [])]
    untried = sum(mutant["status"] == "not checked" for mutants in parts.values() for mutant in mutants)
    rates = {part: (_rate(mutants), _rate(mutants, "caught by type check")) for part, mutants in parts.items()}
    for part, (rate, by_tests) in rates.items():
        print(f"{part}: {rate:.1%} noticed; by tests, of those that mypy lets pass, {by_tests:.1%}")
    print(f"{untried} not tried, {len(missing)} left without a reason", *missing[:20], sep="\n  ")
    is_short = untried and page is not None  # who asks for a few mutants knows that the others were not tried
    return int(bool(missing or is_short) or any(min(both) < ENOUGH for both in rates.values()))


def _by_reason(mutants: list[Mutant]) -> dict[str, list[Mutant]]:
    """Those that are left, by the reason why; those without one by an empty one."""
    reasons = yaml.safe_load(REASONS.read_text("utf-8"))
    groups: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        if mutant["status"] in LEFT:
            groups.setdefault(_reason(reasons, mutant) or "", []).append(mutant)
    return groups


def _page(parts: dict[str, list[Mutant]], left: dict[str, dict[str, list[Mutant]]]) -> str:
    text = ["# Mutants", "", _INTRODUCTION, *_table(parts)]
    for part, groups in left.items():
        text += [f"## Left in {part}", ""]
        for reason, members in sorted(groups.items(), key=lambda item: -len(item[1])):
            text += [f"### {reason or 'No reason is known: a test is owed'} ({len(members)})", "", "```diff"]
            for member in members:
                text += [f"@ {member['name']}", member["change"]]
            text += ["```", ""]
    return "\n".join(text).rstrip() + "\n"


_INTRODUCTION = """Written by `make mutants`. mutmut changes the code, one small change at a time; each should be
noticed, by a failing test or by mypy. Here are the counts, and each change that was not noticed, with the reason.
`@` names the mutant.
"""


def _table(parts: dict[str, list[Mutant]]) -> list[str]:
    counts = {part: Counter(each["status"] for each in mutants) for part, mutants in parts.items()}
    rows = [["", *parts], ["---", *("---" for _ in parts)]]
    for status, meaning in {**NOTICED, **LEFT, "not checked": "not tried yet"}.items():
        rows.append([meaning, *(f"{count[status]:,}" for count in counts.values())])
    rows.append(["all", *(f"{count.total():,}" for count in counts.values())])
    rows.append(["noticed, of those tried", *(f"{_rate(mutants):.1%}" for mutants in parts.values())])
    by_tests = (_rate(mutants, "caught by type check") for mutants in parts.values())
    rows.append(["noticed by tests, of those that mypy lets pass", *(f"{rate:.1%}" for rate in by_tests)])
    return ["| " + " | ".join(row) + " |" for row in rows] + [""]


def _rate(mutants: list[Mutant], *apart: str) -> float:
    counts = Counter(each["status"] for each in mutants if each["status"] not in apart)
    noticed = sum(counts[status] for status in NOTICED)
    return noticed / max(noticed + sum(counts[status] for status in LEFT), 1)


def _reason(reasons: dict[str, list[str]], mutant: Mutant) -> str | None:
    shown = f"{mutant['name']}\n{mutant['change']}"
    return next((why for why, these in reasons.items() if any(re.search(each, shown) for each in these)), None)


def _asked(where: Path) -> list[Mutant]:
    done = subprocess.run(
        [sys.executable, __file__], cwd=where, env=layout.environment(where), check=True, capture_output=True, text=True
    )
    told: list[Mutant] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    import mutmut.__main__ as tool

    print(json.dumps(found(tool)))
