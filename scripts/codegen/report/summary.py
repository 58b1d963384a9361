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
    """What changed for callers, and what it requires of the version; `reason` says why nothing was compared."""

    current: str
    changes: tuple[Change, ...] = ()
    reason: str = ""

    @property
    def breaking(self) -> int:
        """How many changes break."""
        return sum(change.kind == "breaking" for change in self.changes)

    @property
    def breaks(self) -> bool:
        """Whether a change breaks callers. Raises CannotRunError if that cannot be determined."""
        if self.reason not in ("", FIRST):
            raise CannotRunError(self.reason)
        return self.breaking > 0

    @property
    def part(self) -> str:
        """The part of the version to raise."""
        return version.part({change.kind for change in self.changes}, self.current)

    @property
    def next(self) -> str:
        """The version with that part raised; empty if the current one is not known."""
        return version.raised(self.current, self.part)

    def lines(self) -> Iterator[str]:
        """One line for each change; the last one is about the version."""
        if self.reason:
            yield f"For callers: {self.reason}"
            return
        moves = f"the {self.part} part of the version moves" + f", {self.current} to {self.next}" * bool(self.current)
        counted = f"{self.breaking} breaking, {len(self.changes) - self.breaking} additive"
        yield from map(str, self.changes)
        yield f"For callers: {counted}; {moves}" if self.changes else f"For callers: no change; with a release {moves}"

    def as_json(self) -> str:
        """The same as one JSON object; docs/report.md describes it."""
        report = {
            "compared": not self.reason,
            "reason": self.reason or None,
            "breaking": self.breaking,
            "additive": len(self.changes) - self.breaking,
            "changes": [asdict(change) for change in self.changes],
            "version": {
                "part": None if self.reason else self.part,
                "current": self.current or None,
                "next": None if self.reason else self.next or None,
            },
        }
        return json.dumps(report, indent=2, ensure_ascii=False)


def of(old: Tree, new: Tree, folder: str, root: Path, against: Path | None) -> Report:
    """The report on a regeneration, compared with the old tree, or with the tree and the version of another checkout.

    Raises CannotRunError if the other checkout has no generated package.
    """
    if against is None:
        return make(old, new, folder, root)
    other = tree.read(against)
    if package.read(other, str(against)) is None:
        raise CannotRunError(f"--against: there is no generated package in {against}")
    return make(other, new, folder, against.resolve().parent)


def make(old: Tree, new: Tree, folder: str, root: Path) -> Report:
    """Compare two trees. A fault of the old one is stated in the report, one of the new one raises CannotRunError.

    Args:
        old: The current tree.
        new: The new tree.
        folder: Its name in messages.
        root: The checkout that the old tree belongs to, which has the version.
    """
    current, after = version.read(root), package.read(new, folder)
    try:
        before = package.read(old, folder)
        if after is None or before is None:
            return Report(current, reason=FIRST)
        renames = compare.renamed(before, after)
        before = package.read(old, folder, renames) or before
    except CannotRunError as error:
        return Report(current, reason=f"not compared: {error.lines[0]}")
    return Report(current, tuple(compare.compare(before, after, renames)))
