"""How an operation changes for callers: its name and location, its arguments, its responses."""

from collections.abc import Iterator

from codegen.report import slots
from codegen.report.annotations import beyond, show
from codegen.report.model import Change, Function, Operation, additive, breaking


def operation(old: Operation, new: Operation) -> Iterator[Change]:
    """The changes of an operation that both packages have."""
    where = f"{new.label}()"
    if old.name != new.name:
        yield breaking(f"{new.name}()", f"renamed from `{old.name}`", "imports of the old name fail")
    elif old.module != new.module:
        yield breaking(f"{new.name}()", f"`{old.module}` is now `{new.module}`", "imports of the old module fail")
    if old.label != new.label and old.label != old.name:
        yield breaking(where, f"renamed from `{old.label}`", "calls to the old name fail")
    if old.place != new.place and old.place and new.place:
        what = f"{old.request} is now {new.request}"
        yield breaking(where, what, "the same call sends another request, which mocks and proxies notice")
    yield from function(new.label, old.method, new.method)
    yield from _only_in_functions(old, new)
    before, after = old.stated.security, new.stated.security
    for scheme in before - after if after else ():
        yield breaking(where, f"no longer accepts {scheme}", "calls with that credential are rejected")
    for scheme in after - before if before else ():
        yield additive(where, f"accepts {scheme}", "existing credentials remain valid")
    yield from _responses(where, old, new)


def function(name: str, old: Function, new: Function) -> Iterator[Change]:
    """The changes of a function that both packages have."""

    def where(slot: str) -> str:
        return f"{name}({slot})" if slot in (*new.positional, *old.positional) else f"{name}({slot}=)"

    yield from slots.compared(old.slots, new.slots, where, is_given=True, is_received=False)
    kept = [slot for slot in old.positional if slot in new.slots]
    if kept != [slot for slot in new.positional if slot in kept]:
        what = f"positional ({', '.join(new.positional)}), was ({', '.join(old.positional)})"
        yield breaking(f"{name}()", what, "positional calls fail or mean something else")
    more, less = beyond(new.returns, old.returns), beyond(old.returns, new.returns)
    if (more or less) and new.returns and old.returns:
        why = f"code that reads it does not expect `{show(more)}`" if more else slots.REFUSED
        yield breaking(f"{name}()", f"`{show(old.returns)}` is now `{show(new.returns)}`", why)


def _only_in_functions(old: Operation, new: Operation) -> Iterator[Change]:
    """The changes of the function's arguments, except those that the method's arguments show already."""
    before, after = old.function.slots, new.function.slots
    others = set()
    for name, slot in {**before, **after}.items():
        argument = slot.sent.argument or name
        in_method = argument in old.method.slots, argument in new.method.slots
        if in_method != (name in before, name in after):
            others.add(name)
    before, after = ({name: side[name] for name in others & side.keys()} for side in (before, after))
    yield from slots.compared(before, after, f"{new.name}({{}}=)".format, is_given=True, is_received=False)


def _responses(where: str, old: Operation, new: Operation) -> Iterator[Change]:
    before, after = old.stated.responses, new.stated.responses
    for status in {**before, **after}:
        what, is_good = f"status {status}", status[0] == "2"
        if status not in before:
            yield additive(where, f"{what} is documented", "it was possible before, and is now parsed")
        elif status not in after and is_good:
            yield breaking(where, f"{what} is no longer documented", "such a response is rejected")
        elif status not in after:
            why = "the client still raises its error, and the generated function returns None"
            yield additive(where, f"{what} is no longer documented", why)
        elif before[status] != after[status] and not is_good:
            was, now = (" or ".join(sorted(schemas[status])) or "nothing" for schemas in (before, after))
            yield breaking(where, f"{what} is parsed as {now}", f"code that reads it expects {was}")
