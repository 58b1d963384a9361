"""The report, for people and for machines."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from codegen import tree
from codegen.problems import CannotRunError
from codegen.report import compare, package, version
from codegen.report.model import Change
from codegen.tree import Tree

FIRST = "first generation, nothing to compare with"


@dataclass(frozen=True)
class Report:
    """What changed for callers, and what it asks of the version."""

    changes: tuple[Change, ...]
    move: version.Move
    no_comparison: str = ""
    """Why there is nothing to compare with; empty where there is."""

    @property
    def breaking(self) -> int:
        """How many changes break."""
        return sum(change.kind == "breaking" for change in self.changes)

    @property
    def breaks(self) -> bool:
        """Whether callers break. Raises CannotRunError where that cannot be told."""
        if self.no_comparison and self.no_comparison != FIRST:
            raise CannotRunError(self.no_comparison)
        return self.breaking > 0

    def lines(self) -> Iterator[str]:
        """One line for each change; the last one is about the version."""
        if self.no_comparison:
            yield f"For callers: {self.no_comparison}"
            return
        moves = f"the {self.move.part} part of the version moves"
        moves += f", {self.move.current} to {self.move.following}" if self.move.current else ""
        if not self.changes:
            yield f"For callers: no change; with a release {moves}"
            return
        yield from map(str, self.changes)
        counted = f"{self.breaking} breaking, {len(self.changes) - self.breaking} additive"
        yield f"For callers: {counted}; {moves}"

    def as_json(self) -> str:
        """The same as one JSON object; docs/report.md describes it."""
        told = {
            "compared": not self.no_comparison,
            "reason": self.no_comparison or None,
            "breaking": self.breaking,
            "additive": len(self.changes) - self.breaking,
            "changes": [asdict(change) for change in self.changes],
            "version": {
                "part": None if self.no_comparison else self.move.part,
                "current": self.move.current or None,
                "next": None if self.no_comparison else self.move.following or None,
            },
        }
        return json.dumps(told, indent=2, ensure_ascii=False)


def of(old: Tree, new: Tree, folder: str, root: Path, against: Path | None) -> Report:
    """The report on a regeneration: against the old tree, or against that of another checkout, with its version.

    Raises CannotRunError where there is no generated package in the other one.
    """
    if against is None:
        return make(old, new, folder, root)
    other = tree.read(against)
    if package.read(other, str(against)) is None:
        raise CannotRunError(f"--against: there is no generated package in {against}")
    return make(other, new, folder, against.resolve().parent)


def make(old: Tree, new: Tree, folder: str, root: Path) -> Report:
    """Compare two trees. What is wrong with the old one is told in the report; CannotRunError is about the new one.

    Args:
        old: As it was.
        new: As it is to be.
        folder: What messages call it.
        root: The checkout that the old tree belongs to, which has the version.
    """
    current = version.read(root)
    after = package.read(new, folder)
    try:
        before = package.read(old, folder)
        if after is None or before is None:
            return Report((), version.move((), current), FIRST)
        renames = compare.renamed(before, after)
        before = (package.read(old, folder, renames) if renames else before) or before
    except CannotRunError as error:
        return Report((), version.move((), current), f"not compared: {error.lines[0]}")
    changes = compare.compare(before, after, renames)
    return Report(tuple(changes), version.move({change.kind for change in changes}, current))
