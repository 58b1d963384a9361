"""How sets of known values change, and who meets which class or set."""

from typing import Any

from codegen.report import values
from codegen.report.annotations import Atom, Type
from codegen.report.model import Function, Operation, Package, Slot

ON, OFF, AJAR, ODD = (Atom(f"'{name}'", base="str") for name in ("on", "off", "ajar", "odd"))


def one(name: str, *args: str, known: tuple[Atom, ...] = ()) -> Type:
    """A type of one name, with arguments that are names too."""
    return frozenset({Atom(name, tuple(one(arg) for arg in args), values=known)})


def package(given: Type, returned: Type, models: dict[str, Type], known: Any = None, answers: Any = None) -> Package:
    """One operation, which takes the one type and gives the other; each model has one field."""
    function = Function({"x": Slot(given, None)}, (), returned)
    operation = Operation("do", "api.do", function, frozenset(), "GET", "/", answers or {})
    fields = {name: {"f": Slot(kind, None)} for name, kind in models.items()}
    return Package("p", {"do": operation}, fields, known or {}, {}, frozenset())


def test_every_type_is_followed_from_the_operations_on() -> None:
    """Through fields, arguments of types, and circles; errors are received too, and what nobody uses."""
    models = {
        "In": one("list", "Inner"),
        "Inner": one("In"),
        "Out": one("Both"),
        "Both": one("int"),
        "Fault": one("Detail"),
        "Detail": one("str"),
        "Spare": one("str"),
    }
    used = values.uses(
        package(
            one("dict", "In") | one("Both"),
            one("list", "Out"),
            models,
            {"Set": (ON,)},
            {"404": {"Fault"}},
        )
    )

    assert used.given == {"In", "Inner", "Both"}
    assert used.received == {"Out", "Both", "Fault", "Detail", "Spare", "Set"}


def test_a_set_is_closed_where_nothing_stands_beside_it() -> None:
    """In what is given, in what is read, or in a field of either; a place where it is open does not open another."""
    level, state, kind = (one(name, known=(ON,)) for name in ("Level", "State", "Kind"))
    models = {"In": level | one("str"), "Out": state, "Spare": kind}
    known = dict.fromkeys(("Level", "State", "Kind"), (ON,))
    used = values.uses(package(one("In"), one("Out") | level, models, known))
    turned = values.uses(package(one("Out") | kind, one("In") | one("str") | kind, models, known))

    assert (used.closed_in_answers, used.closed_in_requests) == ({"State", "Level", "Kind"}, set())
    assert (turned.closed_in_answers, turned.closed_in_requests) == ({"Kind"}, {"State", "Kind"})


def test_known_values_come_and_go() -> None:
    """One more breaks where answers take no others; one less breaks those who give it, or else those who name it."""
    open_everywhere, in_answers, in_requests = (
        values.Uses(frozenset(), frozenset(), frozenset(answers), frozenset(requests))
        for answers, requests in (("", ""), ({"State"}, ""), ("", {"State"}))
    )
    places = {"open": open_everywhere, "answers": in_answers, "requests": in_requests}
    found = {
        (name, side): [
            str(change)
            for change in values.changed(
                "State", (ON, OFF, ODD), (AJAR, ON, Atom("'up'", base="str")), *(uses if side else reversed(uses))
            )
        ]
        for name, place in places.items()
        for side, uses in enumerate([(place, open_everywhere)] * 2)
    }
    additive = "additive  State: gains 'ajar', 'up'; code that knows the others is still right"
    named = "breaking  State: loses 'off', 'odd'; code that names it as one of these no longer type-checks"

    assert found == {
        (name, side): told
        for name, told in {
            "open": [additive, f"{named}, though any string is still taken"],
            "answers": [
                "breaking  State: gains 'ajar', 'up'; code that deals with every value does not expect it",
                named,
            ],
            "requests": [additive, "breaking  State: loses 'off', 'odd'; calls that give it are refused"],
        }.items()
        for side in (0, 1)
    }
    assert list(values.changed("State", (ON, OFF), (OFF, ON), in_answers, in_requests)) == []
