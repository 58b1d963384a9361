"""How an operation changes: its request, its credentials, its arguments and its answers, every line in full."""

import dataclasses
from typing import Any

from codegen.report import calls
from codegen.report.annotations import Atom
from codegen.report.model import Function, Operation, Slot

NAMES = {name: Slot(frozenset({Atom("int")}), None) for name in ("a", "b", "c")}
FUNCTION = Function(NAMES, ("a", "b"), frozenset({Atom("Thing")}))
OLD = Operation("do", "api.do", FUNCTION, frozenset({"sync"}), "GET", "/a", {}, frozenset({"a key"}))


def lines(**changed: Any) -> list[str]:
    """What is said where these attributes of the operation have changed."""
    return [str(change) for change in calls.operation(OLD, dataclasses.replace(OLD, **changed))]


def function(**changed: Any) -> list[str]:
    """What is said where these attributes of its function have changed."""
    return [str(change) for change in calls.function("do", FUNCTION, dataclasses.replace(FUNCTION, **changed))]


def test_an_operation_moves() -> None:
    """To another module, another method or another path; where a request is not known, nothing is said of it."""
    sent = "the same call is sent elsewhere, which mocks and proxies notice"

    assert lines(module="api.other.do") == [
        "breaking  do(): `api.do` is now `api.other.do`; imports of the old module fail"
    ]
    assert lines(method="PUT") == [f"breaking  do(): GET /a is now PUT /a; {sent}"]
    assert lines(path="/b") == [f"breaking  do(): GET /a is now GET /b; {sent}"]
    assert [lines(method="", path=""), lines(path=""), lines(method=""), lines()] == [[], [], [], []]


def test_an_operation_is_renamed() -> None:
    """Its module and its names go with it: told by the name that it has now."""
    assert lines(name="make", module="api.make", path="/b", names=frozenset({"sync", "more"})) == [
        "breaking  make(): GET /a is now GET /b; the same call is sent elsewhere, which mocks and proxies notice",
        "additive  make.more: new; nothing that was there is touched",
    ]


def test_credentials_come_and_go() -> None:
    """In order; nothing is said where a package does not tell them."""
    assert lines(security=frozenset({"z", "y"})) == [
        "breaking  do(): no longer takes a key; calls with that credential are refused",
        "additive  do(): takes y; credentials that were right still are",
        "additive  do(): takes z; credentials that were right still are",
    ]
    assert lines(security=frozenset()) == []


def test_answers_come_and_go() -> None:
    """Successes and errors differ; the form of a success is told as the type of the answer."""
    old = dataclasses.replace(
        OLD,
        answers={
            "200": frozenset("T"),
            "204": frozenset("T"),
            "404": frozenset("AB"),
            "500": frozenset(),
            "503": frozenset("A"),
        },
    )
    new = dataclasses.replace(
        OLD,
        answers={
            "200": frozenset("U"),
            "404": frozenset("C"),
            "500": frozenset("D"),
            "409": frozenset(),
            "201": frozenset(),
        },
    )

    assert [str(change) for change in calls.operation(old, new)] == [
        "additive  do(): status 201 is documented; it could come before, and is parsed now",
        "breaking  do(): status 204 is no longer documented; such an answer is no longer parsed",
        "breaking  do(): status 404 is parsed into C; code that reads it expects A or B",
        "additive  do(): status 409 is documented; it could come before, and is parsed now",
        "breaking  do(): status 500 is parsed into D; code that reads it expects nothing",
        "additive  do(): status 503 is no longer documented; "
        "the client still raises its error, the generated function gives None for it",
    ]


def test_arguments_by_position_keep_their_order() -> None:
    """Another order breaks, and one that is no longer taken by position; a new one behind them does not."""
    fail = "calls that give them by position fail or mean something else"

    assert function(positional=("b", "a")) == [f"breaking  do(): positional (b, a), was (a, b); {fail}"]
    assert function(positional=("a",)) == [f"breaking  do(): positional (a), was (a, b); {fail}"]
    assert function(positional=("a", "b", "c")) == []
    assert function(positional=("b",), slots={name: NAMES[name] for name in "bc"}) == [
        "breaking  do(a): removed; calls that give it fail"
    ]


def test_an_argument_goes_by_the_way_it_is_given() -> None:
    """By position if it was or is taken so, else by name."""
    wider = {name: Slot(frozenset({Atom("int"), Atom("str")}), None) for name in ("a", "b", "c")}
    why = "`int` is now `int | str`; what calls give it now is still right"

    assert function(slots=wider, positional=("a", "b", "c")) == [f"additive  do({name}): {why}" for name in "abc"]
    assert function(slots=wider) == [f"additive  do({name}): {why}" for name in ("a", "b", "c=")]


def test_a_result_gets_wider_or_narrower() -> None:
    """Wider breaks, with what is new in it."""
    wider = frozenset({Atom("Thing"), Atom("int")})
    old = dataclasses.replace(FUNCTION, returns=wider)

    assert function(returns=wider) == [
        "breaking  do(): `Thing` is now `Thing | int`; code written for the old one does not expect `int`"
    ]
    assert [str(change) for change in calls.function("do", old, FUNCTION)] == [
        "additive  do(): `Thing | int` is now `Thing`; the rest is as it was"
    ]
