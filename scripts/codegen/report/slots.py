"""How a parameter or a field changes for callers: what is given and what is received break in opposite directions."""

from collections.abc import Callable, Iterator, Mapping, Set

from codegen.report import limits
from codegen.report.annotations import NONE, UNSET, Type, beyond, show
from codegen.report.model import LEFT_OUT, Change, Slot


def received(where: str, old: Slot, new: Slot) -> Iterator[Change]:
    """A field of an answer."""
    more, less = beyond(new.annotation, old.annotation), beyond(old.annotation, new.annotation)
    what = f"`{show(old.annotation)}` is now `{show(new.annotation)}`"
    if more:
        yield Change("breaking", where, what, _surprise(old.annotation, more))
    elif less:
        yield Change("breaking", where, what, _lost(old, new, less))
    elif old.default and not new.default:
        yield Change("breaking", where, "required now", "answers without it are refused")
    elif new.default and not old.default:
        yield Change("additive", where, "optional now", "answers that have it read as before")
    if old.default != new.default and LEFT_OUT not in (old.default, new.default) and old.default and new.default:
        yield _default(where, old, new, "answers without it read differently")
    if old.location != new.location:
        why = "read as if it were missing" if new.default else "are refused"
        yield Change("breaking", where, f"{old.location} is now {new.location}", f"answers with the old name {why}")
    yield from limits.changed(where, old, new, is_given=False)


def given(where: str, old: Slot, new: Slot) -> Iterator[Change]:
    """A parameter of a request, or a field of what is sent with it."""
    more, less = beyond(new.given, old.given), beyond(old.given, new.given)
    what = f"`{show(old.given)}` is now `{show(new.given)}`"
    if less:
        yield Change("breaking", where, what, f"calls that give it `{show(less)}` are refused")
    elif more:
        yield Change("additive", where, what, "what calls give it now is still right")
    if old.default != new.default:
        yield from _left_out(where, old, new)
    if old.location and new.location and old.location != new.location:
        why = "the same call is sent differently, which mocks and proxies notice"
        yield Change("breaking", where, f"{old.location} is now {new.location}", why)
    yield from limits.changed(where, old, new, is_given=True)


def _surprise(old: Type, more: Type) -> str:
    if more == {NONE}:
        return "code that reads it does not expect None"
    if more == {UNSET}:
        return "code that reads it does not expect that it is missing"
    return f"code written for `{show(old)}` does not expect `{show(more)}`"


def _lost(old: Slot, new: Slot, less: Type) -> str:
    """Why it breaks that a field of an answer is less than it was."""
    if UNSET in less and new.default == LEFT_OUT:
        return "one that is missing reads as None"
    if less <= {NONE, UNSET} and old.default and not new.default:
        return f"answers without it{' or with null' if NONE in less else ''} are refused"
    return f"answers that have `{show(less)}` are refused"


def _left_out(where: str, old: Slot, new: Slot) -> Iterator[Change]:
    if old.default is None:
        yield Change("additive", where, "optional now", "calls that give it are still right")
    elif new.default is None:
        yield Change("breaking", where, "required now", "calls that leave it out fail")
    elif old.default == LEFT_OUT:
        yield Change("additive", where, f"default `{new.default}`", "what the API takes for a missing one is sent now")
    else:
        yield _default(where, old, new, "calls that leave it out mean something else")


def _default(where: str, old: Slot, new: Slot, why: str) -> Change:
    default = "no default" if new.default == LEFT_OUT else f"default `{new.default}`"
    return Change("breaking", where, f"{default}, was `{old.default}`", why)


def _added(where: str, slot: Slot, is_given: bool) -> Change:
    """A parameter or field that was not there."""
    if slot.default is None:
        why = "calls without it fail" if is_given else "answers without it are refused"
        return Change("breaking", where, f"new and required, `{show(slot.given)}`", why)
    why = "calls without it are still right" if is_given else "code that does not know it reads answers as before"
    return Change("additive", where, f"new{' and optional' * is_given}, `{show(slot.given)}`", why)


def compared(
    old: Mapping[str, Slot], new: Mapping[str, Slot], where: Callable[[str], str], *, is_given: bool, is_received: bool
) -> Iterator[Change]:
    """All parameters of a function, or all fields of a class; `where` makes a label of a name."""
    for name in old:
        if name not in new:
            why = "calls that give it fail" if is_given else "code that reads it fails"
            yield Change("breaking", where(name), "removed", why)
            continue
        found = [*given(where(name), old[name], new[name])] if is_given else []
        found += received(where(name), old[name], new[name]) if is_received else ()
        told: dict[str, Change] = {}
        for change in sorted(found, key=lambda change: change.kind != "breaking"):
            told.setdefault(change.what, change)  # what breaks one side is not told of the other
        yield from told.values()
    for name in new:
        if name not in old:
            yield _added(where(name), new[name], is_given)


def names(old: Set[str], new: Set[str]) -> Iterator[Change]:
    """Names that callers can import."""
    for name in sorted(old - new):
        yield Change("breaking", name, "removed", "code that names it fails")
    for name in sorted(new - old):
        yield Change("additive", name, "new", "nothing that was there is touched")
