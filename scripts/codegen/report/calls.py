"""How an operation changes for callers: its name and place, its arguments, its answers."""

from collections.abc import Iterator

from codegen.report import limits, slots
from codegen.report.annotations import beyond, show
from codegen.report.model import Change, Function, Operation


def operation(old: Operation, new: Operation) -> Iterator[Change]:
    """An operation that is on both sides."""
    where = f"{new.label}()"
    if old.name != new.name:
        yield Change("breaking", f"{new.name}()", f"renamed from `{old.name}`", "imports of the old name fail")
    elif old.module != new.module:
        what = f"`{old.module}` is now `{new.module}`"
        yield Change("breaking", f"{new.name}()", what, "imports of the old module fail")
    if old.label != new.label and old.method and new.method:
        yield Change("breaking", where, f"renamed from `{old.label}`", "calls to the old name fail")
    if old.place != new.place and old.place and new.place:
        what = f"{old.request} is now {new.request}"
        yield Change("breaking", where, what, "the same call is sent elsewhere, which mocks and proxies notice")
    yield from slots.names({f"{new.name}.{name}" for name in old.names}, {f"{new.name}.{name}" for name in new.names})
    yield from _functions(old, new)
    if old.security and new.security:
        for scheme in sorted(old.security - new.security):
            yield Change("breaking", where, f"no longer takes {scheme}", "calls with that credential are refused")
        for scheme in sorted(new.security - old.security):
            yield Change("additive", where, f"takes {scheme}", "credentials that were right still are")
    yield from _answers(where, old, new)


def _functions(old: Operation, new: Operation) -> Iterator[Change]:
    """The method; then of the function what differs: that an argument breaks is not said twice."""
    before, after, same, told = old.function, new.function, {f"{new.name}()": f"{new.label}()"}, list[Change]()
    if old.method and new.method:
        told += function(new.label, old.method, new.method)
        for name, slot in {**before.slots, **after.slots}.items():
            argument = slot.argument or name
            was_same = (name in before.slots) == (argument in old.method.slots)
            if was_same and (name in after.slots) == (argument in new.method.slots):
                same[_where(new.name, name, before, after)] = _where(new.label, argument, old.method, new.method)
    said = {(change.kind, change.where) for change in told}
    told += [each for each in function(new.name, before, after) if (each.kind, same.get(each.where)) not in said]
    yield from told


def _where(name: str, slot: str, old: Function, new: Function) -> str:
    return f"{name}({slot})" if slot in new.positional or slot in old.positional else f"{name}({slot}=)"


def function(name: str, old: Function, new: Function) -> Iterator[Change]:
    """A function that is on both sides."""

    def where(slot: str) -> str:
        return _where(name, slot, old, new)

    yield from slots.compared(old.slots, new.slots, where, is_given=True, is_received=False)
    kept = [slot for slot in old.positional if slot in new.slots]
    if kept != [slot for slot in new.positional if slot in kept]:
        what = f"positional ({', '.join(new.positional)}), was ({', '.join(old.positional)})"
        yield Change("breaking", f"{name}()", what, "calls that give them by position fail or mean something else")
    more, less = beyond(new.returns, old.returns), beyond(old.returns, new.returns)
    if (more or less) and new.returns and old.returns:
        why = f"code written for the old one does not expect `{show(more)}`" if more else limits.REFUSED
        yield Change("breaking", f"{name}()", f"`{show(old.returns)}` is now `{show(new.returns)}`", why)


def _answers(where: str, old: Operation, new: Operation) -> Iterator[Change]:
    for status in sorted({*old.answers, *new.answers}):
        what, good = f"status {status}", status[0] == "2"
        if status not in new.answers and good:
            yield Change("breaking", where, f"{what} is no longer documented", "such an answer is no longer parsed")
        elif status not in new.answers:
            why = "the client still raises its error, the generated function gives None for it"
            yield Change("additive", where, f"{what} is no longer documented", why)
        elif status not in old.answers:
            yield Change("additive", where, f"{what} is documented", "it could come before, and is parsed now")
        elif old.answers[status] != new.answers[status] and not good:
            before, after = (" or ".join(sorted(one.answers[status])) or "nothing" for one in (old, new))
            yield Change("breaking", where, f"{what} is parsed into {after}", f"code that reads it expects {before}")
