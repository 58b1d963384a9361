"""How sets of known values change for callers, by where they stand and whether other values may stand there too."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from codegen.report.annotations import Atom, Type, names, sets
from codegen.report.model import Change, Package


@dataclass(frozen=True)
class Uses:
    """Who meets which class or set of known values."""

    given: frozenset[str]
    received: frozenset[str]
    closed_in_answers: frozenset[str]
    """Sets of known values that stand in an answer without another type beside them."""
    closed_in_requests: frozenset[str]


def uses(package: Package) -> Uses:
    """Follow every type from the operations on. What no operation uses counts as received: callers may name it."""
    operations = package.operations.values()
    functions = [each for operation in operations for each in (operation.function, operation.method) if each]
    taken = [slot.annotation for function in functions for slot in function.slots.values()]
    returned = [function.returns for function in functions]
    given, received = _reached(package, taken), _reached(package, returned)
    everything = {*package.models, *package.known}
    errors = {name for operation in operations for used in operation.answers.values() for name in used}
    received |= _reached(package, [frozenset({Atom(name)}) for name in errors])
    received |= everything - given
    return Uses(
        frozenset(given & everything),
        frozenset(received & everything),
        _closed(package, received, returned),
        _closed(package, given, taken),
    )


def changed(where: str, old: tuple[Atom, ...], new: tuple[Atom, ...], before: Uses, after: Uses) -> Iterator[Change]:
    """A set of known values that is on both sides."""
    more = ", ".join(atom.head for atom in new if atom not in old)
    less = ", ".join(atom.head for atom in old if atom not in new)
    in_answers = where in before.closed_in_answers | after.closed_in_answers
    if more and in_answers:
        yield Change("breaking", where, f"gains {more}", "code that deals with every value does not expect it")
    elif more:
        yield Change("additive", where, f"gains {more}", "code that knows the others is still right")
    if less and where in before.closed_in_requests | after.closed_in_requests:
        yield Change("breaking", where, f"loses {less}", "calls that give it are refused")
    elif less:
        why = "code that names it as one of these no longer type-checks, though any string is still taken"
        why = "answers that have it are refused" if in_answers else why
        yield Change("breaking", where, f"loses {less}", why)


def _reached(package: Package, types: Collection[Type]) -> set[str]:
    found: set[str] = set()
    todo = [name for kind in types for name in names(kind)]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            fields = package.models.get(name, {}).values()
            todo += [inner for slot in fields for inner in names(slot.annotation)]
    return found


def _closed(package: Package, reached: Collection[str], types: Collection[Type]) -> frozenset[str]:
    fields = [slot.annotation for name in package.models if name in reached for slot in package.models[name].values()]
    return frozenset(name for kind in [*types, *fields] for name, is_open in sets(kind) if not is_open)
