"""How a parameter or a field changes for callers: given and received values break in opposite directions."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from codegen import references
from codegen.report import wire
from codegen.report.annotations import Type, beyond, show
from codegen.report.model import LEFT_OUT, Change, Slot, additive, breaking

REFUSED = "responses that were valid are rejected"


def compared(
    old: Mapping[str, Slot], new: Mapping[str, Slot], where: Callable[[str], str], *, is_given: bool, is_received: bool
) -> Iterator[Change]:
    """All parameters of a function, or all fields of a class; `where` makes the label for a name."""
    for name in old.keys() - new.keys():
        yield breaking(where(name), "removed", "calls that pass it fail" if is_given else "code that reads it fails")
    for name in new.keys() - old.keys():
        yield _added(where(name), new[name], is_given)
    for name in old.keys() & new.keys():
        found = [*_given(where(name), old[name], new[name])] if is_given else []
        found += _received(where(name), old[name], new[name]) if is_received else ()
        # If both report the same change, the breaking one is kept: it is sorted last, and the last of equal keys wins.
        yield from {change.what: change for change in sorted(found, key=lambda one: one.kind == "breaking")}.values()


def _added(where: str, slot: Slot, is_given: bool) -> Change:
    if slot.default is None:
        why = "calls without it fail" if is_given else "responses without it are rejected"
        return breaking(where, f"new and required, `{show(slot.given)}`", why)
    why = "existing calls remain valid" if is_given else "existing code does not read it"
    return additive(where, f"new{' and optional' * is_given}, `{show(slot.given)}`", why)


def _received(where: str, old: Slot, new: Slot) -> Iterator[Change]:
    """The changes of a field of a response."""
    more, less = beyond(new.annotation, old.annotation), beyond(old.annotation, new.annotation)
    missing = "responses without it are rejected"
    if more:
        yield breaking(where, _types(old, new), f"code that reads it does not expect `{show(more)}`")
    elif less:
        is_required = old.default and not new.default
        yield breaking(
            where, _types(old, new), missing if is_required else f"responses that have `{show(less)}` are rejected"
        )
    elif old.default and not new.default:
        yield breaking(where, "required now", missing)
    elif new.default and not old.default:
        yield additive(where, "optional now", "responses that have it are parsed as before")
    elif old.default != new.default:
        yield breaking(where, _default(old, new), "a missing value reads differently")
    if old.sent.location != new.sent.location:
        why = "lack the field" if new.default else "are rejected"
        yield breaking(where, _moved(old, new), f"responses with the old name {why}")
    yield from _limits(where, old, new, is_given=False)


def _given(where: str, old: Slot, new: Slot) -> Iterator[Change]:
    """The changes of a parameter, or of a field of an argument."""
    more, less = beyond(new.given, old.given), beyond(old.given, new.given)
    if less:
        yield breaking(where, _types(old, new), f"calls that pass `{show(less)}` are rejected")
    elif more:
        yield additive(where, _types(old, new), "existing calls remain valid")
    if old.default != new.default:
        if old.default is None:
            yield additive(where, "optional now", "existing calls remain valid")
        elif new.default is None:
            yield breaking(where, "required now", "calls without it fail")
        elif old.default == LEFT_OUT:
            yield additive(where, f"default `{new.default}`", "the API already used this value for calls without it")
        else:
            yield breaking(where, _default(old, new), "calls without it mean something else")
    if old.sent.location != new.sent.location and old.sent.location and new.sent.location:
        yield breaking(where, _moved(old, new), "the same call sends another request, which mocks and proxies notice")
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
            yield breaking(where, what, "the API rejects values that were valid" if is_given else REFUSED)
        else:
            yield additive(where, what, "existing values remain valid")


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
