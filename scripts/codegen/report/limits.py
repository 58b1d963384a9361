"""How the limits of a parameter or a field change for callers: what a value has to be besides its type."""

from collections.abc import Iterator
from typing import Any

from codegen.report import wire
from codegen.report.annotations import Type
from codegen.report.model import Change, Slot

REFUSED = "answers that were right are refused"


def changed(where: str, old: Slot, new: Slot, *, is_given: bool) -> Iterator[Change]:
    """Tighter limits break. Values and null count only if the type does not show them."""
    for keyword in sorted({*old.limits, *new.limits}):
        before, after = old.limits.get(keyword), new.limits.get(keyword)
        name = wire.VALUES if keyword.endswith(wire.VALUES) else keyword
        is_shown = (name == wire.VALUES and not _is_open(new.given)) or (name == wire.NULL and old.given != new.given)
        if before == after or is_shown:
            continue
        what = f"{name}: {_written(after)}, was: {_written(before)}"
        if isinstance(before, frozenset) and isinstance(after, frozenset):
            what = f"{name}: {_moved(before, after)}"
        if _is_tighter(keyword, before, after):
            yield Change("breaking", where, what, "the API refuses values that were right" if is_given else REFUSED)
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


def _is_open(kind: Type) -> bool:
    """Whether a type takes more than values that it lists, in lists too."""
    return any(not atom.base and not atom.values and (not atom.args or any(map(_is_open, atom.args))) for atom in kind)


def _moved(before: frozenset[str], after: frozenset[str]) -> str:
    moves = (("no longer", before - after), ("also", after - before))
    return ", ".join(f"{verb} {', '.join(sorted(values))}" for verb, values in moves if values)


def _written(limit: Any) -> str:
    if limit is None:
        return "any"
    return "known ones only" if isinstance(limit, frozenset) else f"{limit}"
