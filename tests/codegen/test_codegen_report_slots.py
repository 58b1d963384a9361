"""How a parameter or a field changes: every line in full."""

import ast
from typing import Any

from codegen.report import slots
from codegen.report.annotations import Reader
from codegen.report.model import Slot

READER = Reader({}, {})


def slot(text: str, default: str | None = None, location: str = "") -> Slot:
    """A parameter or field of this type."""
    node = ast.parse(text, mode="eval").body
    return Slot(READER.read(node), default, location)


def lines(changes: Any) -> list[str]:
    """The changes as they are printed."""
    return [str(change) for change in changes]


def test_what_is_read_may_surprise() -> None:
    """None, a missing value, and another type each have words of their own; less than before surprises nobody."""
    found = {
        pair: lines(slots.received("T.f", slot(pair[0]), slot(pair[1])))
        for pair in [
            ("int", "int | None"),
            ("int", "int | Unset"),
            ("int", "int | None | Unset"),
            ("int | str", "int | float"),
            ("int | None", "int"),
            ("int", "int"),
        ]
    }
    breaking = "breaking  T.f: `{}` is now `{}`; {}".format

    assert found == {
        (old, new): [breaking(old, new, why)]
        for old, new, why in [
            ("int", "int | None", "code that reads it does not expect None"),
            ("int", "int | Unset", "code that reads it does not expect that it is missing"),
            ("int", "int | None | Unset", "code written for `int` does not expect `None | Unset`"),
        ]
    } | {
        ("int | str", "int | float"): [
            "breaking  T.f: `int | str` is now `float | int`; code written for `int | str` does not expect `float`"
        ],
        ("int | None", "int"): [
            "additive  T.f: `int | None` is now `int`; code that expects more than comes now still works"
        ],
        ("int", "int"): [],
    }


def test_what_is_given_may_be_refused() -> None:
    """Less than before breaks, more does not; that it may be left out is no type of it."""
    found = {
        pair: lines(slots.given("f(x)", slot(pair[0]), slot(pair[1])))
        for pair in [
            ("int | str | Unset", "int | Unset"),
            ("int", "int | None"),
            ("int", "str"),
            ("int | Unset", "int"),
        ]
    }

    assert found == {
        ("int | str | Unset", "int | Unset"): [
            "breaking  f(x): `int | str` is now `int`; calls that give it `str` are refused"
        ],
        ("int", "int | None"): ["additive  f(x): `int` is now `int | None`; what calls give it now is still right"],
        ("int", "str"): ["breaking  f(x): `int` is now `str`; calls that give it `int` are refused"],
        ("int | Unset", "int"): [],
    }


def test_a_default_changes_what_leaving_out_means() -> None:
    """Of what is given in every case but a new one; of what is read only where there was one and is one."""
    defaults = [(None, "1"), ("1", None), ("UNSET", "1"), ("1", "UNSET"), ("1", "2"), ("1", "1"), (None, None)]
    pairs = {pair: (slot("int", pair[0]), slot("int", pair[1])) for pair in defaults}
    given = {pair: lines(slots.given("f(x)", *both)) for pair, both in pairs.items()}
    received = {pair: lines(slots.received("T.f", *both)) for pair, both in pairs.items()}

    assert {pair: found for pair, found in given.items() if found} == {
        (None, "1"): ["additive  f(x): optional now; calls that give it are still right"],
        ("1", None): ["breaking  f(x): required now; calls that leave it out fail"],
        ("UNSET", "1"): ["additive  f(x): default `1`; what the API takes for a missing one is sent now"],
        ("1", "UNSET"): ["breaking  f(x): no default, was `1`; calls that leave it out mean something else"],
        ("1", "2"): ["breaking  f(x): default `2`, was `1`; calls that leave it out mean something else"],
    }
    assert {pair: found for pair, found in received.items() if found} == {
        ("1", "2"): ["breaking  T.f: default `2`, was `1`; answers without it read differently"]
    }


def test_a_place_in_the_request_counts_where_both_are_known() -> None:
    """A package without its document says nothing of places."""
    places = [("header a", "query a"), ("header a", "header a"), ("", "query a"), ("header a", "")]
    found = {
        pair: lines(slots.given("f(a)", slot("int", None, pair[0]), slot("int", None, pair[1]))) for pair in places
    }
    why = "the same call is sent differently, which mocks and proxies notice"

    assert {pair: told for pair, told in found.items() if told} == {
        ("header a", "query a"): [f"breaking  f(a): header a is now query a; {why}"]
    }


def test_all_parameters_are_compared_in_their_order() -> None:
    """What went and what changed as they were, then what came as it is; each by the name that callers use."""
    old = {"b": slot("int"), "gone": slot("int"), "a": slot("int")}
    new = {"z": slot("str | Unset", "UNSET"), "y": slot("str | Unset"), "a": slot("str"), "b": slot("int | None")}
    given = slots.compared(old, new, "f({}=)".format, is_given=True, is_received=False)
    received = slots.compared(old, new, "T.{}".format, is_given=False, is_received=True)

    assert lines(given) == [
        "additive  f(b=): `int` is now `int | None`; what calls give it now is still right",
        "breaking  f(gone=): removed; calls that give it fail",
        "breaking  f(a=): `int` is now `str`; calls that give it `int` are refused",
        "additive  f(z=): new and optional, `str`; calls without it are still right",
        "breaking  f(y=): new and required, `str`; calls without it fail",
    ]
    assert lines(received) == [
        "breaking  T.b: `int` is now `int | None`; code that reads it does not expect None",
        "breaking  T.gone: removed; code that reads it fails",
        "breaking  T.a: `int` is now `str`; code written for `int` does not expect `str`",
        "additive  T.z: new, `str | Unset`; code that does not know it reads answers as before",
        "breaking  T.y: new and required, `str | Unset`; answers without it are refused",
    ]


def test_what_breaks_one_side_is_not_told_of_the_other() -> None:
    """A field that is given and read: of two lines about the same, the one that breaks stays."""
    both = {"f": slot("int", "1")}, {"f": slot("int | None", None)}

    assert lines(slots.compared(*both, "T.{}".format, is_given=True, is_received=True)) == [
        "breaking  T.f: required now; calls that leave it out fail",
        "breaking  T.f: `int` is now `int | None`; code that reads it does not expect None",
    ]
    assert lines(slots.compared(*both, "T.{}".format, is_given=False, is_received=False)) == []


def test_names_come_and_go_in_order() -> None:
    """First what is missing, then what is new."""
    assert lines(slots.names({"b", "a", "kept"}, {"d", "kept", "c"})) == [
        "breaking  a: removed; code that names it fails",
        "breaking  b: removed; code that names it fails",
        "additive  c: new; nothing that was there is touched",
        "additive  d: new; nothing that was there is touched",
    ]
