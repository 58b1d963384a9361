"""How a parameter or a field changes for callers: given and received values break in opposite directions."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from codegen import references
from codegen.report import wire
from codegen.report.annotations import Type, beyond, show
from codegen.report.model import LEFT_OUT, Change, Slot, additive, breaking

REFUSED = "answers that were right are refused"


def compared(
    old: Mapping[str, Slot], new: Mapping[str, Slot], where: Callable[[str], str], *, is_given: bool, is_received: bool
) -> Iterator[Change]:
    """All parameters of a function, or all fields of a class; `where` makes the label for a name."""
    for name in old.keys() - new.keys():
        yield breaking(where(name), "removed", "calls that give it fail" if is_given else "code that reads it fails")
    for name in new.keys() - old.keys():
        yield _added(where(name), new[name], is_given)
    for name in old.keys() & new.keys():
        found = [*_given(where(name), old[name], new[name])] if is_given else []
        found += _received(where(name), old[name], new[name]) if is_received else ()
        # If both report the same change, the breaking one is kept: it is sorted last, and the last of equal keys wins.
        yield from {change.what: change for change in sorted(found, key=lambda one: one.kind == "breaking")}.values()


def _added(where: str, slot: Slot, is_given: bool) -> Change:
    if slot.default is None:
        why = "calls without it fail" if is_given else "answers without it are refused"
        return breaking(where, f"new and required, `{show(slot.given)}`", why)
    why = "calls without it are still right" if is_given else "code that does not know it reads answers as before"
    return additive(where, f"new{' and optional' * is_given}, `{show(slot.given)}`", why)


def _received(where: str, old: Slot, new: Slot) -> Iterator[Change]:
    """The changes of a field of a response."""
    more, less = beyond(new.annotation, old.annotation), beyond(old.annotation, new.annotation)
    missing = "answers without it are refused"
    if more:
        yield breaking(where, _types(old, new), f"code that reads it does not expect `{show(more)}`")
    elif less:
        is_required = old.default and not new.default
        yield breaking(
            where, _types(old, new), missing if is_required else f"answers that have `{show(less)}` are refused"
        )
    elif old.default and not new.default:
        yield breaking(where, "required now", missing)
    elif new.default and not old.default:
        yield additive(where, "optional now", "answers that have it read as before")
    elif old.default != new.default:
        yield breaking(where, _default(old, new), "answers without it read differently")
    if old.sent.location != new.sent.location:
        why = "read as if it were missing" if new.default else "are refused"
        yield breaking(where, _moved(old, new), f"answers with the old name {why}")
    yield from _limits(where, old, new, is_given=False)


def _given(where: str, old: Slot, new: Slot) -> Iterator[Change]:
    """The changes of a parameter, or of a field of an argument."""
    more, less = beyond(new.given, old.given), beyond(old.given, new.given)
    if less:
        yield breaking(where, _types(old, new), f"calls that give it `{show(less)}` are refused")
    elif more:
        yield additive(where, _types(old, new), "what calls give it now is still right")
    if old.default != new.default:
        if old.default is None:
            yield additive(where, "optional now", "calls that give it are still right")
        elif new.default is None:
            yield breaking(where, "required now", "calls that leave it out fail")
        elif old.default == LEFT_OUT:
            yield additive(where, f"default `{new.default}`", "what the API takes for a missing one is sent now")
        else:
            yield breaking(where, _default(old, new), "calls that leave it out mean something else")
    if old.sent.location != new.sent.location and old.sent.location and new.sent.location:
        yield breaking(where, _moved(old, new), "the same call is sent differently, which mocks and proxies notice")
    yield from _limits(where, old, new, is_given=True)


def _types(old: Slot, new: Slot) -> str:
    return f"`{show(old.given)}` is now `{show(new.given)}`"


def _default(old: Slot, new: Slot) -> str:
    default = "no default" if new.default == LEFT_OUT else f"default `{new.default}`"
    return f"{default}, was `{old.default}`"


def _moved(old: Slot, new: Slot) -> str:
    return f"{old.sent.location} is now {new.sent.location}"


def _limits(where: str, old: Slot, new: Slot, *, is_given: bool) -> Iterator[Change]:
    """Tighter limits are breaking. Values and null are reported only if the type does not show them."""
    for keyword in {**old.sent.limits, **new.sent.limits}:
        before, after = old.sent.limits.get(keyword), new.sent.limits.get(keyword)
        kind = keyword.rpartition(".")[2]
        is_shown = (kind == wire.VALUES and not _is_open(new.given)) or (kind == wire.NULL and old.given != new.given)
        if before == after or is_shown:
            continue
        what = f"{kind if kind == wire.VALUES else keyword}: {_limit(after)}, was: {_limit(before)}"
        if _is_tighter(kind, before, after):
            yield breaking(where, what, "the API refuses values that were right" if is_given else REFUSED)
        else:
            yield additive(where, what, "values that were right still are")


def _is_tighter(kind: str, before: Any, after: Any) -> bool:
    if before is None or after is None:
        return after is not None
    if kind == wire.VALUES:
        return bool(before - after)
    if kind in references.LOWER_LIMITS:
        return bool(after > before)
    return kind not in references.UPPER_LIMITS or bool(after < before)


def _is_open(kind: Type) -> bool:
    """Whether a type, or the items of a list, may have other values than those that it names."""
    return any(not atom.base and not atom.values and (not atom.args or any(map(_is_open, atom.args))) for atom in kind)


def _limit(limit: Any) -> str:
    if limit is None:
        return "any"
    return ", ".join(sorted(limit)) if isinstance(limit, frozenset) else f"{limit}"
