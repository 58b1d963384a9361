"""How the limits of a parameter change for callers: what its value has to be besides its type."""

from collections.abc import Iterator
from typing import Any

from codegen.report import wire
from codegen.report.model import Change, Slot


def changed(where: str, old: Slot, new: Slot) -> Iterator[Change]:
    """Tighter limits break. A closed set of values counts only where the type does not show it."""
    for keyword in sorted({*old.limits, *new.limits}):
        before, after = old.limits.get(keyword), new.limits.get(keyword)
        if before == after or (keyword.endswith(wire.VALUES) and not _is_open(new)):
            continue
        what = (
            f"{wire.VALUES if keyword.endswith(wire.VALUES) else keyword}: {_written(after)}, was: {_written(before)}"
        )
        if isinstance(before, frozenset) and isinstance(after, frozenset):
            what = f"{wire.VALUES}: {_moved(before, after)}"
        if _is_tighter(keyword, before, after):
            yield Change("breaking", where, what, "the API refuses values that were right")
        else:
            yield Change("additive", where, what, "values that were right still are")


def _is_tighter(keyword: str, before: Any, after: Any) -> bool:
    kind = keyword.rpartition(".")[2]
    if before is None or after is None:
        return after is not None
    if kind == wire.VALUES:
        return bool(before - after)
    if kind in wire.LOWER_LIMITS:
        return bool(after > before)
    return kind not in wire.UPPER_LIMITS or bool(after < before)


def _is_open(slot: Slot) -> bool:
    return any(not atom.base and not atom.values for atom in slot.given)


def _moved(before: frozenset[str], after: frozenset[str]) -> str:
    moves = (("no longer", before - after), ("also", after - before))
    return ", ".join(f"{verb} {', '.join(sorted(values))}" for verb, values in moves if values)


def _written(limit: Any) -> str:
    if limit is None:
        return "any"
    return "known ones only" if isinstance(limit, frozenset) else f"{limit}"
