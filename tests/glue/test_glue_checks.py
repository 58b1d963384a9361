"""Checks of JSON against declared types: what test_wire_types leaves open."""

from __future__ import annotations

import datetime
import sys
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs
import pytest
from telling import told

from anthropic_models import checks, types
from anthropic_models._generated import Model, Unset
from anthropic_models.checks import check

if TYPE_CHECKING:
    from anthropic_models._generated import ModelInfo  # which the generated package names, and not this module


@attrs.define(frozen=True, slots=False, repr=False)
class Inner(Model):
    """Has one number, and any further fields."""

    number: int
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict, kw_only=True)


@attrs.define(frozen=True, slots=False, repr=False)
class Outer(Model):
    """Has further fields that are models, each of one of several types."""

    first: Inner
    other: Inner | list[Inner] | Unset | None
    either: list[Inner] | Inner | Unset
    found: ModelInfo | Unset
    kind: Literal["a", "b", 3] | Unset
    day: datetime.date | Unset
    key: uuid.UUID | Unset
    renamed: int = attrs.field(metadata={"wire_name": "re-named"})
    additional_properties: Mapping[str, Inner | None] = attrs.field(factory=dict, kw_only=True)


@pytest.fixture(autouse=True)
def _made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks are made in each test, and not kept from one to the next."""
    monkeypatch.setattr(checks, "_CHECKS", {})


GOOD: dict[str, Any] = {"first": {"number": 1}, "re-named": 2}


def said(**change: Any) -> object:
    """What is said of the good value with this change."""
    value = {name.replace("__", "-"): each for name, each in {"first": GOOD["first"], "re__named": 2, **change}.items()}
    return told(check, {name: each for name, each in value.items() if each is not KeyError}, Outer)


def test_a_wrong_value_is_told_by_its_path():
    """Within objects, arrays, further fields, and under the name that it has on the wire."""
    cases: list[tuple[dict[str, Any], object]] = [
        ({}, None),
        ({"first": {"number": 1, "more": object}}, None),
        ({"first": {}}, "MismatchError: first.number: missing"),
        ({"first": {"number": None}}, "MismatchError: first.number: expected an integer, got None"),
        ({"first": []}, "MismatchError: first: expected an object, got list"),
        ({"re__named": KeyError}, "MismatchError: re-named: missing"),
        ({"other": None}, None),
        ({"other": [{"number": 1}, {"number": 1.5}]}, "MismatchError: other[1].number: expected an integer, got 1.5"),
        ({"other": {"number": "x"}}, "MismatchError: other.number: expected an integer, got 'x'"),
        ({"further": None, "more": {"number": 2}}, None),
        ({"further": {"number": False}}, "MismatchError: further.number: expected an integer, got False"),
        ({"either": 7}, "MismatchError: either: expected an array, got 7"),
        ({"either": {}}, "MismatchError: either.number: missing"),
        ({"found": {"id": 7}}, "MismatchError: found.id: expected a string, got 7"),
        ({"kind": 3}, None),
        ({"kind": 3.0}, "MismatchError: kind: expected 'a' or 'b' or 3, got 3.0"),
        ({"kind": ["a"]}, "MismatchError: kind: expected 'a' or 'b' or 3, got list"),
        ({"key": "12345678-1234-5678-1234-567812345678"}, None),
        ({"key": "x"}, "MismatchError: key: expected a UUID, got 'x'"),
        ({"day": "2024-02-29"}, None),
        ({"day": "2024-2-29"}, "MismatchError: day: expected an RFC 3339 date, got '2024-2-29'"),
        ({"day": None}, "MismatchError: day: expected an RFC 3339 date, got None"),
    ]

    assert [said(**change) for change, _ in cases] == [expected for _, expected in cases]


def test_a_whole_value_that_is_none_is_told():
    """As the body; of long values a hundred characters."""
    assert told(check, [], types.ModelInfo) == "MismatchError: the body: expected an object, got list"
    assert told(check, "x" * 200, types.ModelInfo) == f"MismatchError: the body: expected an object, got '{'x' * 99}"


def test_of_several_types_the_nearest_is_told():
    """The first of them where none came further than another; a colon in the value changes nothing."""
    assert said(other=": : : x") == "MismatchError: other: expected an object, got ': : : x'"
    assert said(either=": : : x") == "MismatchError: either: expected an array, got ': : : x'"
    assert said(other=[{"number": ": "}]) == "MismatchError: other[0].number: expected an integer, got ': '"


def test_where_nobody_has_loaded_uuids_no_model_has_one(monkeypatch: pytest.MonkeyPatch):
    """What is declared free is free then too."""
    monkeypatch.delitem(sys.modules, "uuid")

    assert told(check, {"number": 1, "more": object}, Inner) is None
