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
LEFT = {"survived": "no test failed", "no tests": "no test reaches it in its own process"}


def found(mutmut: Any) -> list[dict[str, str]]:
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
            result.append({"name": name, "file": str(path), "status": status, "change": change})
    return result


ENOUGH = 0.9


def report(work: Path, page: Path | None) -> int:
    """Write the page, if any; 1 where too few were noticed, one was not tried, or one is left without a reason.

    Of all mutants, and of those that mypy lets pass, nine in ten must have been noticed.
    """
    parts = {name: _asked(work / name) for name in layout.PARTS if (work / name / "mutants").is_dir()}
    reasons = yaml.safe_load(REASONS.read_text("utf-8"))
    text, missing = ["# Mutants", "", _INTRODUCTION, *_table(parts)], []
    for part, mutants in parts.items():
        groups: dict[str, list[dict[str, str]]] = {}
        for mutant in mutants:
            if mutant["status"] in LEFT:
                reason = _reason(reasons, mutant)
                groups.setdefault(reason or "", []).append(mutant)
                missing += [] if reason else [mutant["name"]]
        text += [f"## Left in {part}", ""]
        for reason, members in sorted(groups.items(), key=lambda item: -len(item[1])):
            text += [f"### {reason or 'No reason is known: a test is owed'} ({len(members)})", "", "```diff"]
            for member in members:
                text += [f"@ {member['name']}", member["change"]]
            text += ["```", ""]
    if page is not None:
        page.write_text("\n".join(text).rstrip() + "\n", "utf-8")
    untried = sum(mutant["status"] == "not checked" for mutants in parts.values() for mutant in mutants)
    rates = {part: (_rate(mutants), _rate(mutants, "caught by type check")) for part, mutants in parts.items()}
    for part, (rate, by_tests) in rates.items():
        print(f"{part}: {rate:.1%} noticed; by tests, of those that mypy lets pass, {by_tests:.1%}")
    print(f"{untried} not tried, {len(missing)} left without a reason", *missing[:20], sep="\n  ")
    is_short = untried and page is not None  # who asks for a few mutants knows that the others were not tried
    return int(bool(missing or is_short) or any(min(both) < ENOUGH for both in rates.values()))


_INTRODUCTION = """Written by `make mutants`. mutmut changes the code, one small change at a time; each should be
noticed, by a failing test or by mypy. Here are the counts, and each change that was not noticed, with the reason.
`@` names the mutant.
"""


def _table(parts: dict[str, list[dict[str, str]]]) -> list[str]:
    counts = {part: Counter(each["status"] for each in mutants) for part, mutants in parts.items()}
    rows = [["", *parts], ["---", *("---" for _ in parts)]]
    for status, meaning in {**NOTICED, **LEFT, "not checked": "not tried yet"}.items():
        rows.append([meaning, *(f"{count[status]:,}" for count in counts.values())])
    rows.append(["all", *(f"{count.total():,}" for count in counts.values())])
    rows.append(["noticed, of those tried", *(f"{_rate(mutants):.1%}" for mutants in parts.values())])
    by_tests = (_rate(mutants, "caught by type check") for mutants in parts.values())
    rows.append(["noticed by tests, of those that mypy lets pass", *(f"{rate:.1%}" for rate in by_tests)])
    return ["| " + " | ".join(row) + " |" for row in rows] + [""]


def _rate(mutants: list[dict[str, str]], *apart: str) -> float:
    counts = Counter(each["status"] for each in mutants if each["status"] not in apart)
    noticed = sum(counts[status] for status in NOTICED)
    return noticed / max(noticed + sum(counts[status] for status in LEFT), 1)


def _reason(reasons: dict[str, list[str]], mutant: dict[str, str]) -> str | None:
    shown = f"{mutant['name']}\n{mutant['change']}"
    return next((why for why, these in reasons.items() if any(re.search(each, shown) for each in these)), None)


def _asked(where: Path) -> list[dict[str, str]]:
    done = subprocess.run(
        [sys.executable, __file__], cwd=where, env=layout.environment(where), check=True, capture_output=True, text=True
    )
    told: list[dict[str, str]] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    import mutmut.__main__ as tool

    print(json.dumps(found(tool)))
