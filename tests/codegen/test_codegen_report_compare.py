"""What differs between two packages: renames, servers, operations and models, in a fixed order."""

from typing import Any

from codegen.report import compare
from codegen.report.annotations import Atom, Type
from codegen.report.model import Function, Operation, Package, Slot

ON, OFF = (Atom(f"'{name}'", base="str") for name in ("on", "off"))


def kind(*names: str) -> Type:
    """A type of these names."""
    return frozenset(map(Atom, names))


def function(**slots: str) -> Function:
    """A function that takes these types by name, and gives None."""
    return Function({name: Slot(kind(text), None) for name, text in slots.items()}, (), kind("None"))


def operation(name: str, path: str = "/", **slots: str) -> Operation:
    """An operation at this path."""
    return Operation(name, f"api.{name}", function(**slots), frozenset({"sync"}), "GET", path, {})


def package(*operations: Operation, name: str = "p", **parts: Any) -> Package:
    """A package; each model is given as its fields with their types."""
    models = {
        model: {field: Slot(kind(text), None) for field, text in fields.items()}
        for model, fields in parts.get("models", {}).items()
    }
    return Package(
        name,
        {each.name: each for each in operations},
        models,
        parts.get("known", {}),
        parts.get("functions", {}),
        frozenset(parts.get("names", ())),
        parts.get("servers", ()),
    )


def lines(old: Package, new: Package, **renames: str) -> list[str]:
    """The changes as they are printed."""
    return [str(change) for change in compare.compare(old, new, renames)]


def test_what_is_there_under_another_name_is_renamed() -> None:
    """Where just one that went and just one that came say the same; classes and known values apart."""
    one, two = {"a": "int"}, {"a": "str"}
    old = package(models={"A": one, "Kept": two, "Twin": two, "Twin2": two, "Lost": {"z": "int"}}, known={"S": (ON,)})
    new = package(models={"B": one, "Kept": two, "New": two, "Odd": {"y": "int"}}, known={"T": (ON,), "U": (OFF,)})
    doubled = package(models={"B": one, "C": one, "Kept": two})

    assert compare.renamed(old, new) == {"A": "B", "S": "T"}
    assert compare.renamed(old, doubled) == {}
    assert compare.renamed(old, old) == {}


def test_a_package_and_its_classes_are_renamed() -> None:
    """Each in one line."""
    assert lines(package(name="old", models={"B": {}}), package(name="new", models={"B": {}}), A="B") == [
        "breaking  B: renamed from `A`; imports of the old name fail",
        "breaking  new: renamed from `old`; imports of the old name fail",
    ]


def test_servers_come_and_go() -> None:
    """What was one of the API and is none breaks; those that stay are not told."""
    old, new = package(servers=("https://a", "https://b")), package(servers=("https://b", "https://c"))

    assert lines(old, new) == [
        "breaking  base URL: `https://a` is no longer one of the API; "
        "requests and credentials have to go to another host",
        "additive  base URL: `https://c` is one of the API now; clients go where they are told to",
    ]


def test_operations_come_and_go() -> None:
    """One with the same request is the same under a new name, and is compared as that."""
    old = package(operation("gone", "/gone"), operation("before", "/b", x="int"), operation("kept", "/k", x="int"))
    new = package(operation("after", "/b", x="str"), operation("kept", "/k", x="str"), operation("come", "/c"))

    assert lines(old, new) == [
        "breaking  after(): renamed from `before`; imports of the old name fail",
        "breaking  after(x=): `int` is now `str`; calls that give it `int` are refused",
        "breaking  gone(): removed; calls to it fail",
        "breaking  kept(x=): `int` is now `str`; calls that give it `int` are refused",
        "additive  come(): new; nothing that was there is touched",
    ]


def test_models_and_known_values_come_and_go() -> None:
    """And what they have in them changes, by who meets it."""
    uses = operation("do", x="In")
    old = package(uses, models={"Gone": {}, "In": {"a": "int"}, "Out": {"a": "int"}}, known={"S": (ON,), "Lost": (ON,)})
    new = package(uses, models={"Come": {}, "In": {}, "Out": {}}, known={"S": (OFF,), "Found": (ON,)})

    assert lines(old, new) == [
        "breaking  Gone: removed; imports of it fail",
        "breaking  In.a: removed; calls that give it fail",
        "breaking  Lost: removed; imports of it fail",
        "breaking  Out.a: removed; code that reads it fails",
        "breaking  S: loses 'on'; code that names it as one of these no longer type-checks, "
        "though any string is still taken",
        "additive  Come: new; nothing that was there is touched",
        "additive  Found: new; nothing that was there is touched",
        "additive  S: gains 'off'; code that knows the others is still right",
    ]


def test_what_is_given_now_counts_as_well_as_what_was() -> None:
    """A model that becomes a part of requests is compared as one, and so is one that was; with answers likewise."""
    with_it, without = operation("do", x="In"), operation("do", x="int")
    wide, narrow = {"In": {"a": "object"}}, {"In": {"a": "int"}}
    changes = [
        lines(package(with_it, models=wide), package(without, models=narrow)),
        lines(package(without, models=wide), package(with_it, models=narrow)),
    ]

    assert [[line for line in told if "In.a" in line] for told in changes] == [
        ["breaking  In.a: `object` is now `int`; calls that give it `object` are refused"]
    ] * 2
    wider = "breaking  In.a: `int` is now `object`; code written for `int` does not expect `object`"

    assert wider in lines(package(with_it, models=narrow), package(without, models=wide))
    assert wider in lines(package(without, models=narrow), package(with_it, models=wide))
    assert wider in lines(package(models=narrow), package(models=wide))


def test_what_serves_all_operations_is_compared_too() -> None:
    """Names, and the functions that are on both sides."""
    old = package(functions={"f": function(x="int"), "gone": function()}, names=["a", "f"])
    new = package(functions={"f": function(x="str"), "come": function(y="int")}, names=["b", "f"])

    assert lines(old, new) == [
        "breaking  a: removed; code that names it fails",
        "breaking  f(x=): `int` is now `str`; calls that give it `int` are refused",
        "additive  b: new; nothing that was there is touched",
    ]


def test_changes_of_the_same_name_are_in_the_order_of_their_words() -> None:
    """The report is the same in every run."""
    old = package(servers=("https://c", "https://a", "https://b"))

    assert [line.split("`")[1] for line in lines(old, package())] == ["https://a", "https://b", "https://c"]
