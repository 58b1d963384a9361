"""A JSON value is held to what is declared, whatever types a fragment may come to use."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any, Literal

import attrs
import pytest

from anthropic_models._generated import Model, Unset
from anthropic_models.checks import MismatchError, check


@attrs.define(frozen=True, slots=False, repr=False)
class Leaf(Model):
    """Has a field, and further ones that are whole numbers."""

    size: float
    additional_properties: Mapping[str, int] = attrs.field(factory=dict, kw_only=True)


@attrs.define(frozen=True, slots=False, repr=False)
class Tree(Model):
    """Has a field of each kind."""

    text: str
    kind: Literal["a", 1]
    day: datetime.date
    when: datetime.datetime
    key: uuid.UUID
    leaves: list[Leaf]
    either: int | Leaf | None
    flag: bool | Unset
    words: list[str] | Unset
    free: Any
    renamed: int | Unset = attrs.field(metadata={"wire_name": "re-named"})
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict, kw_only=True)


GOOD: dict[str, Any] = {
    "text": "",
    "kind": "a",
    "day": "2024-02-29",
    "when": "2024-02-29T00:00:00Z",
    "key": "12345678-1234-5678-1234-567812345678",
    "leaves": [{"size": 1}, {"size": 1.5, "more": 2}],
    "either": None,
    "free": object,
}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"text": 1}, "text: expected a string, got 1"),
    ({"text": ["x"]}, "text: expected a string, got list"),
    ({"text": {}}, "text: expected a string, got dict"),
    ({"kind": "b"}, "kind: expected 'a' or 1, got 'b'"),
    ({"kind": True}, "kind: expected 'a' or 1, got True"),
    ({"kind": ["a"]}, "kind: expected 'a' or 1, got list"),
    ({"day": "2024-02-30"}, "day: expected an RFC 3339 date, got '2024-02-30'"),
    ({"day": "20240229"}, "day: expected an RFC 3339 date, got '20240229'"),
    ({"day": 20240229}, "day: expected an RFC 3339 date, got 20240229"),
    ({"when": "yesterday"}, "when: expected an RFC 3339 date-time, got 'yesterday'"),
    ({"key": "x"}, "key: expected a UUID, got 'x'"),
    ({"leaves": {}}, "leaves: expected an array, got dict"),
    ({"leaves": [{"size": 1}, {}]}, "leaves[1].size: missing"),
    ({"leaves": [{"size": True}]}, "leaves[0].size: expected a number, got True"),
    ({"leaves": [{"size": 1, "more": "2"}]}, "leaves[0].more: expected an integer, got '2'"),
    ({"leaves": [3]}, "leaves[0]: expected an object, got 3"),
    ({"either": "x"}, "either: expected an integer, got 'x'"),
    ({"either": {"size": "x"}}, "either.size: expected a number, got 'x'"),
    ({"flag": None}, "flag: expected true or false, got None"),
    ({"flag": 0}, "flag: expected true or false, got 0"),
    ({"words": ["a", 2]}, "words[1]: expected a string, got 2"),
    ({"re-named": "x"}, "re-named: expected an integer, got 'x'"),
]


def told(value: object) -> str | None:
    """What is wrong with a value; None where nothing is."""
    try:
        check(value, Tree)
    except MismatchError as error:
        return str(error)
    return None


def test_what_is_declared_passes() -> None:
    """Every kind of type, optional fields there or not, further fields of any kind, and whatever is declared free."""
    more: list[dict[str, Any]] = [
        {},
        {"kind": 1, "either": 3, "flag": False, "words": [], "re-named": 1, "further": [object]},
        {"either": {"size": 2}, "leaves": [], "words": ["x"], "renamed": "not this name"},
    ]

    assert {str(each): told({**GOOD, **each}) for each in more} == {str(each): None for each in more}


def test_what_is_not_declared_is_told_by_its_path() -> None:
    """Each wrong value is named: where it stands, what was expected, and what came."""
    assert [told({**GOOD, **change}) for change, _ in WRONG] == [expected for _, expected in WRONG]


def test_a_field_that_must_be_there_is_missed() -> None:
    """Every required field, and no other."""
    missed = {name: told({key: value for key, value in GOOD.items() if key != name}) for name in GOOD}

    assert missed == {name: f"{name}: missing" for name in GOOD}


@pytest.mark.parametrize("body", [None, [], "text", 1.5])
def test_a_body_that_is_no_object_is_told(body: object) -> None:
    """As the body as a whole."""
    assert str(told(body)).startswith("the body: expected an object, got ")


def test_a_long_value_is_shown_in_part() -> None:
    """A hundred characters of it at most."""
    assert told({**GOOD, "key": "x" * 1000}) == "key: expected a UUID, got '" + "x" * 99


def test_a_type_of_its_own_kind_is_held_to_itself() -> None:
    """What is declared with one type only, beside being optional, is told as that type and not as a choice."""
    assert told({**GOOD, "flag": "yes"}) == "flag: expected true or false, got 'yes'"
