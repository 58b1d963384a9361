"""What differs for callers between two packages: a pure function."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.report import calls, slots, values
from codegen.report.model import Change, Operation, Package


def renamed(old: Package, new: Package) -> dict[str, str]:
    """Classes and sets of known values that are there as before, under another name."""
    found = {}
    for before, after in ((old.models, new.models), (old.known, new.known)):
        gone: Mapping[str, Any] = {name: before[name] for name in before if name not in after}
        come: Mapping[str, Any] = {name: after[name] for name in after if name not in before}
        for name, content in gone.items():
            same = [candidate for candidate in come if come[candidate] == content]
            if len(same) == 1 and list(gone.values()).count(content) == 1:
                found[name] = same[0]
    return found


def compare(old: Package, new: Package, renames: Mapping[str, str]) -> list[Change]:
    """All changes, the breaking ones first. In `old`, the renamed classes go by their new names."""
    found = set(_all(old, new, renames))
    return sorted(found, key=lambda change: (change.kind != "breaking", change.where, change.what))


def _all(old: Package, new: Package, renames: Mapping[str, str]) -> Iterator[Change]:
    if old.name != new.name:
        yield Change("breaking", new.name, f"renamed from `{old.name}`", "imports of the old name fail")
    for before, after in renames.items():
        yield Change("breaking", after, f"renamed from `{before}`", "imports of the old name fail")
    for server in old.servers - new.servers:
        why = "requests and credentials have to go to another host"
        yield Change("breaking", "base URL", f"`{server}` is no longer one of the API", why)
    for server in new.servers - old.servers:
        yield Change("additive", "base URL", f"`{server}` is one of the API now", "clients go where they are told to")
    yield from slots.names(old.resources, new.resources) if old.resources and new.resources else ()
    yield from _operations(old.operations, new.operations)
    yield from _models(old, new)
    yield from _shared(old, new)


def _operations(old: Mapping[str, Operation], new: Mapping[str, Operation]) -> Iterator[Change]:
    gone = [operation for name, operation in old.items() if name not in new]
    come = [operation for name, operation in new.items() if name not in old]
    pairs = [(operation, new[name]) for name, operation in old.items() if name in new]
    for same in ("request", "place"):  # what is the same in words first: two may send their requests to one place
        for before, after in itertools.product(tuple(gone), tuple(come)):
            if getattr(before, same) == getattr(after, same) != "" and before in gone and after in come:
                pairs.append((before, after))
                gone.remove(before)
                come.remove(after)
    for operation in gone:
        yield Change("breaking", f"{operation.label}()", "removed", "calls to it fail")
    for operation in come:
        yield Change("additive", f"{operation.label}()", "new", "nothing that was there is touched")
    for before, after in pairs:
        yield from calls.operation(before, after)


def _models(old: Package, new: Package) -> Iterator[Change]:
    before, after = values.uses(old), values.uses(new)
    for kind_old, kind_new in ((old.models, new.models), (old.known, new.known)):
        for name in kind_old.keys() - kind_new.keys():
            yield Change("breaking", name, "removed", "imports of it fail")
        for name in kind_new.keys() - kind_old.keys():
            yield Change("additive", name, "new", "nothing that was there is touched")
    for name in old.models.keys() & new.models.keys():
        is_given, is_received = name in before.given | after.given, name in before.received | after.received
        fields = old.models[name], new.models[name]
        yield from slots.compared(*fields, f"{name}.{{}}".format, is_given=is_given, is_received=is_received)
    for name in old.known.keys() & new.known.keys():
        yield from values.changed(name, old.known[name], new.known[name], before, after)


def _shared(old: Package, new: Package) -> Iterator[Change]:
    yield from slots.names(old.names, new.names)
    for name in old.functions.keys() & new.functions.keys():
        yield from calls.function(name, old.functions[name], new.functions[name])
