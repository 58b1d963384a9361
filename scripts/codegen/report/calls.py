"""How an operation changes for callers: its name and place, its arguments, its answers."""

from collections.abc import Iterator

from codegen.report import slots
from codegen.report.annotations import beyond, show
from codegen.report.model import Change, Function, Kind, Operation
from codegen.report.operations import is_success


def operation(old: Operation, new: Operation) -> Iterator[Change]:
    """An operation that is on both sides."""
    where = f"{new.name}()"
    if old.module != new.module and old.name == new.name:
        yield Change("breaking", where, f"`{old.module}` is now `{new.module}`", "imports of the old module fail")
    if old.request != new.request and all(old.request) and all(new.request):
        what = f"{old.method} {old.path} is now {new.method} {new.path}"
        yield Change("breaking", where, what, "the same call is sent elsewhere, which mocks and proxies notice")
    yield from slots.names({f"{new.name}.{name}" for name in old.names}, {f"{new.name}.{name}" for name in new.names})
    yield from function(new.name, old.function, new.function)
    if old.security and new.security:
        for scheme in sorted(old.security - new.security):
            yield Change("breaking", where, f"no longer takes {scheme}", "calls with that credential are refused")
        for scheme in sorted(new.security - old.security):
            yield Change("additive", where, f"takes {scheme}", "credentials that were right still are")
    yield from _answers(where, old, new)


def function(name: str, old: Function, new: Function) -> Iterator[Change]:
    """A function that is on both sides."""

    def where(slot: str) -> str:
        return f"{name}({slot})" if slot in new.positional or slot in old.positional else f"{name}({slot}=)"

    yield from slots.compared(old.slots, new.slots, where, is_given=True, is_received=False)
    kept = [slot for slot in old.positional if slot in new.slots]
    if kept != [slot for slot in new.positional if slot in kept]:
        what = f"positional ({', '.join(new.positional)}), was ({', '.join(old.positional)})"
        yield Change("breaking", f"{name}()", what, "calls that give them by position fail or mean something else")
    more = beyond(new.returns, old.returns)
    if more or beyond(old.returns, new.returns):
        kind: Kind = "breaking" if more else "additive"
        why = f"code written for the old one does not expect `{show(more)}`" if more else "the rest is as it was"
        yield Change(kind, f"{name}()", f"`{show(old.returns)}` is now `{show(new.returns)}`", why)


def _answers(where: str, old: Operation, new: Operation) -> Iterator[Change]:
    for status in sorted({*old.answers, *new.answers}):
        what, good = f"status {status}", is_success(status)
        if status not in new.answers:
            why = "the client still raises its error, the generated function gives None for it"
            yield Change(
                "breaking" if good else "additive",
                where,
                f"{what} is no longer documented",
                "such an answer is no longer parsed" if good else why,
            )
        elif status not in old.answers:
            why = "it could come before, and is parsed now"
            yield Change("additive", where, f"{what} is documented", why)
        elif old.answers[status] != new.answers[status] and not good:
            before, after = (" or ".join(sorted(one.answers[status])) or "nothing" for one in (old, new))
            yield Change("breaking", where, f"{what} is parsed into {after}", f"code that reads it expects {before}")
