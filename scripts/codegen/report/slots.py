"""How a parameter or a field changes for callers: what is given and what is received break in opposite directions."""

from collections.abc import Callable, Iterator, Mapping, Set

from codegen.report import limits
from codegen.report.annotations import NONE, UNSET, Type, beyond, show
from codegen.report.model import Change, Slot

LEFT_OUT = "UNSET"


def received(where: str, old: Slot, new: Slot) -> Iterator[Change]:
    """A field of an answer."""
    more, less = beyond(new.annotation, old.annotation), beyond(old.annotation, new.annotation)
    what = f"`{show(old.annotation)}` is now `{show(new.annotation)}`"
    if more:
        yield Change("breaking", where, what, _surprise(old.annotation, more))
    elif less:
        yield Change("additive", where, what, "code that expects more than comes now still works")
    if old.location and new.location and old.location != new.location:
        yield Change("breaking", where, f"{old.location} is now {new.location}", "answers of the other form lack it")
    if old.default != new.default and LEFT_OUT not in (old.default, new.default) and old.default and new.default:
        yield _default(where, old, new, "answers without it read differently")


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
    yield from limits.changed(where, old, new)


def _surprise(old: Type, more: Type) -> str:
    if more == {NONE}:
        return "code that reads it does not expect None"
    if more == {UNSET}:
        return "code that reads it does not expect that it is missing"
    return f"code written for `{show(old)}` does not expect `{show(more)}`"


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
    if not is_given and slot.default is None:
        what = f"new and required, `{show(slot.annotation)}`"
        return Change("breaking", where, what, "answers without it are refused")
    if not is_given:
        why = "code that does not know it reads answers as before"
        return Change("additive", where, f"new, `{show(slot.annotation)}`", why)
    if slot.default is None:
        return Change("breaking", where, f"new and required, `{show(slot.given)}`", "calls without it fail")
    return Change("additive", where, f"new and optional, `{show(slot.given)}`", "calls without it are still right")


def _removed(where: str, is_given: bool) -> Change:
    """A parameter or field that is no longer there."""
    return Change("breaking", where, "removed", "calls that give it fail" if is_given else "code that reads it fails")


def compared(
    old: Mapping[str, Slot], new: Mapping[str, Slot], where: Callable[[str], str], *, is_given: bool, is_received: bool
) -> Iterator[Change]:
    """All parameters of a function, or all fields of a class; `where` makes a label of a name."""
    for name in old:
        if name not in new:
            yield _removed(where(name), is_given)
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
