"""What differs for callers between two packages: a pure function."""

import itertools
from collections.abc import Iterator, Mapping, Set
from typing import Any

from codegen.report import calls, slots
from codegen.report.annotations import Atom, Type, beyond, walk
from codegen.report.model import Change, Operation, Package, additive, breaking

GIVEN, RECEIVED = "given", "received"


def renamed(old: Package, new: Package) -> dict[str, str]:
    """The new names of classes and sets of known values that were renamed, which their equal content shows."""
    before: dict[str, Any] = {**old.models, **old.known}
    after: dict[str, Any] = {**new.models, **new.known}
    gone, come = ([name for name in one if name not in other] for one, other in ((before, after), (after, before)))
    found = {}
    for name in gone:
        same = [candidate for candidate in come if after[candidate] == before[name]]
        if len(same) == 1 and [before[each] for each in gone].count(before[name]) == 1:
            found[name] = same[0]
    return found


def compare(old: Package, new: Package, renames: Mapping[str, str]) -> list[Change]:
    """All changes, the breaking ones first. In `old`, renamed classes already have their new names."""
    found = set(_all(old, new, renames))
    return sorted(found, key=lambda change: (change.kind != "breaking", change.where, change.what))


def _all(old: Package, new: Package, renames: Mapping[str, str]) -> Iterator[Change]:
    for before, after in {old.name: new.name, **renames}.items():
        if before != after:
            yield breaking(after, f"renamed from `{before}`", "imports of the old name fail")
    for server in old.servers - new.servers:
        why = "requests and credentials have to go to another host"
        yield breaking("base URL", f"`{server}` is no longer a server of the API", why)
    for server in new.servers - old.servers:
        yield additive("base URL", f"`{server}` is now a server of the API", "existing clients keep their `base_url`")
    pairs = _pairs(old.operations, new.operations)
    for before_it, after_it in pairs:
        yield from calls.operation(before_it, after_it)
    before_names = _names(old, {one.name: other.name for one, other in pairs})
    after_names = _names(new, {other.name: other.name for _, other in pairs})
    for name in before_names - after_names:
        yield breaking(name, "removed", "code that uses it fails")
    for name in after_names - before_names:
        yield additive(name, "new", "existing code is not affected")
    for name in old.functions.keys() & new.functions.keys():
        yield from calls.function(name, old.functions[name], new.functions[name])
    uses = _uses(old) | _uses(new)
    for name in old.models.keys() & new.models.keys():
        is_given, is_received = (GIVEN, name) in uses, (RECEIVED, name) in uses
        fields = old.models[name], new.models[name]
        yield from slots.compared(*fields, f"{name}.{{}}".format, is_given=is_given, is_received=is_received)
    for name in old.known.keys() & new.known.keys():
        yield from _values(name, old.known[name], new.known[name], uses)


def _pairs(old: Mapping[str, Operation], new: Mapping[str, Operation]) -> list[tuple[Operation, Operation]]:
    """The operations that both packages have: matched by name, by request, or by request without parameter names."""
    pairs = [(operation, new[name]) for name, operation in old.items() if name in new]
    gone = [operation for name, operation in old.items() if name not in new]
    come = [operation for name, operation in new.items() if name not in old]
    for key in ("request", "place"):
        for before, after in itertools.product(tuple(gone), tuple(come)):
            if getattr(before, key) == getattr(after, key) != "" and before in gone and after in come:
                pairs.append((before, after))
                gone.remove(before)
                come.remove(after)
    return pairs


def _names(package: Package, paired: Mapping[str, str]) -> set[str]:
    """All names; the functions of an operation that both packages have are listed under its new name."""
    names = {*package.names, *package.resources}
    for name, operation in package.operations.items():
        names |= {f"{paired[name]}.{each}" for each in operation.names} if name in paired else {f"{operation.label}()"}
    return names


def _uses(package: Package) -> set[tuple[str, str]]:
    """How classes and sets of known values are used. One that no operation uses counts as received."""
    operations = package.operations.values()
    functions = [each for operation in operations for each in (operation.function, operation.method)]
    given = _reached(package, GIVEN, [slot.annotation for each in functions for slot in each.slots.values()])
    others = {name for operation in operations for used in operation.stated.responses.values() for name in used}
    others |= {name for name in (*package.models, *package.known) if (GIVEN, name) not in given}
    results = [each.returns for each in functions] + [frozenset({Atom(name)}) for name in others]
    return given | _reached(package, RECEIVED, results)


def _reached(package: Package, way: str, types: list[Type]) -> set[tuple[str, str]]:
    """The names in these types and in their fields, and the sets of known values that are closed in one of them."""
    found: set[tuple[str, str]] = set()
    while types:
        for atom, union in walk(types.pop()):
            if atom.values and beyond(frozenset(Atom(value.base) for value in atom.values), union):
                found.add((f"{way}, closed", atom.head))
            if (way, atom.head) not in found:
                found.add((way, atom.head))
                types += [slot.annotation for slot in package.models.get(atom.head, {}).values()]
    return found


def _values(name: str, old: tuple[Atom, ...], new: tuple[Atom, ...], uses: Set[tuple[str, str]]) -> Iterator[Change]:
    """The changes of a set of known values that both packages have."""
    more = ", ".join(atom.head for atom in new if atom not in old)
    less = ", ".join(atom.head for atom in old if atom not in new)
    in_responses, in_requests = ((f"{way}, closed", name) in uses for way in (RECEIVED, GIVEN))
    if more and in_responses:
        yield breaking(name, f"gains {more}", "code that handles every value does not expect it")
    elif more:
        yield additive(name, f"gains {more}", "existing code remains valid")
    if less and in_requests:
        yield breaking(name, f"loses {less}", "calls that pass it are rejected")
    elif less:
        why = "code that declares it as a known value no longer type-checks, although any string is still accepted"
        yield breaking(name, f"loses {less}", "responses that have it are rejected" if in_responses else why)
