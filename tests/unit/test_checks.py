"""Values are checked against the annotations of generated code."""

import datetime
import math
import uuid
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import attrs
import pytest
from anthropic_models_api.errors import MismatchError, MissingError
from anthropic_models_api.types import UNSET, Bounds, Model, no_fields, read
from cases import each

from anthropic_models.checks import check

UTC = datetime.UTC
KEY = uuid.UUID("12345678-1234-5678-1234-567812345678")


@attrs.define(frozen=True, slots=False, repr=False)
class Inner(Model):
    """A model with one field, and any additional ones."""

    number: int
    additional_properties: Mapping[str, Any] = attrs.field(factory=no_fields, kw_only=True)
    __hash__ = Model.__hash__


@attrs.define(frozen=True, slots=False, repr=False)
class Wider(Model):
    """A model with more fields."""

    number: int
    name: str | None = UNSET
    nullable: int | None = attrs.field(default=UNSET, metadata={"is_nullable": True})
    size: int = attrs.field(default=5, metadata={"wire_name": "max-size"})
    additional_properties: Mapping[str, Inner] = attrs.field(factory=no_fields, kw_only=True)
    __hash__ = Model.__hash__


@attrs.define(frozen=True, slots=False, repr=False)
class Closed(Model):
    """A model without additional fields."""

    kind: Literal["closed"]
    __hash__ = Model.__hash__


@each(
    ("value", "annotation", "result"),
    [
        ("x", str, "x"),
        (3, int, 3),
        (3.0, int, 3),
        (-0.0, int, 0),
        (3, float, 3),
        (0.5, float, 0.5),
        (True, bool, True),
        (None, type(None), None),
        ({"a": [1]}, Any, {"a": [1]}),
        (3.0, Literal[3], 3),
        (True, Literal[True], True),
        (3.0, int | None, 3),
        ("2024-02-29", datetime.date, datetime.date(2024, 2, 29)),
        ("2024-02-29T00:00:00Z", datetime.datetime | None, datetime.datetime(2024, 2, 29, tzinfo=UTC)),
        ("2024-02-29", str | datetime.date, datetime.date(2024, 2, 29)),
        ("some day", str | datetime.date, "some day"),
        (str(KEY).upper(), uuid.UUID, KEY),
        (KEY, uuid.UUID, KEY),
        (datetime.date(2024, 2, 29), datetime.date, datetime.date(2024, 2, 29)),
        ([1.0, None], list[int | None], [1, None]),
        ("ab", Annotated[str, Bounds(minLength=2, maxLength=2, pattern="b$")], "ab"),
        (4, Annotated[int, Bounds(minimum=4, maximum=4, multipleOf=2)], 4),
        (0.3, Annotated[float, Bounds(exclusiveMinimum=0, exclusiveMaximum=1, multipleOf=0.1)], 0.3),
        ([1, 2], Annotated[list[int], Bounds(minItems=2, maxItems=2, uniqueItems=True)], [1, 2]),
    ],
)
def test_a_valid_value_is_read(value: object, annotation: Any, result: object) -> None:
    """A whole number becomes an int, and a string with a format its Python type; other values are unchanged."""
    check(value, annotation)
    made = read(value, annotation)

    assert (made, type(made)) == (result, type(result))


@each(
    ("value", "annotation", "message"),
    [
        (5, str, "the body: expected a string, got 5"),
        (3.5, int, "the body: expected an integer, got 3.5"),
        (True, int, "the body: expected an integer, got True"),
        (True, float, "the body: expected a number, got True"),
        (math.nan, float, "the body: expected a number, got nan"),
        ("", type(None), "the body: expected null, got ''"),
        (False, Literal[True], "the body: expected True, got False"),
        (1, Literal[True], "the body: expected True, got 1"),
        ("2024-2-29", datetime.date, "the body: expected an RFC 3339 date, got '2024-2-29'"),
        ("2023-02-29", datetime.date, "the body: expected an RFC 3339 date, got '2023-02-29'"),
        ("2024-02-29", datetime.datetime, "the body: expected an RFC 3339 date-time, got '2024-02-29'"),
        (KEY.hex, uuid.UUID, f"the body: expected a UUID, got '{KEY.hex}'"),
        ([1, [2, "x"]], list[int | list[int]], "[1][1]: expected an integer, got 'x'"),
        ("x" * 200, int, f"the body: expected an integer, got '{'x' * 99}"),
        ("a", Annotated[str, Bounds(minLength=2)], "the body: expected minLength 2, got 'a'"),
        ("abc", Annotated[str, Bounds(maxLength=0)], "the body: expected maxLength 0, got 'abc'"),
        ([1, 1], Annotated[list[int], Bounds(uniqueItems=True)], "the body: expected uniqueItems True, got list"),
        ([], Inner, "the body: expected an object, got list"),
        ({}, Inner, "number: missing"),
        ({"number": None}, list[Inner] | Inner, "number: expected an integer, got None"),
        ({"number": 1, "name": None}, Wider, "name: expected a string, got None"),
        ({"number": 1, "max-size": "x"}, Wider, "max-size: expected an integer, got 'x'"),
        ({"number": 1, "more": {"number": "x"}}, Wider, "more.number: expected an integer, got 'x'"),
        ({"kind": "closed", "more": 1}, Closed, "more: no such field"),
    ],
)
def test_an_invalid_value_is_reported_with_its_place(value: object, annotation: Any, message: str) -> None:
    """Of a union, the alternative that matches furthest is reported; a long value is truncated to 100 characters."""
    with pytest.raises(MismatchError) as caught:
        check(value, annotation)

    assert str(caught.value) == message


def test_of_several_models_the_one_with_most_known_fields_is_used() -> None:
    """The order of the union does not matter, and a model that does not match is not used."""
    for kinds in (Inner | Wider | Closed, Closed | Wider | Inner):
        assert type(read({"number": 1, "name": "x"}, kinds)) is Wider
        assert type(read({"number": 1, "name": 5}, kinds)) is Inner
        assert type(read({"kind": "closed"}, kinds)) is Closed


def test_a_missing_field_reads_as_its_default_and_stays_missing() -> None:
    """A missing field without a default reads as None; null is different, and valid only for nullable fields."""
    least, null = Wider.from_dict({"number": 1}), Wider.from_dict({"number": 1, "nullable": None})

    assert (least.name, least.nullable, least.size) == (None, None, 5)
    assert (least.to_dict(), null.to_dict()) == ({"number": 1}, {"number": 1, "nullable": None})
    assert (least == null, hash(least) == hash(null), repr(least)) == (True, True, "Wider(number=1)")
    with pytest.raises(MissingError) as caught:
        Inner.from_dict({})
    assert {KeyError, ValueError} <= {*type(caught.value).__mro__}  # plain generated code raises KeyError


def test_options_of_to_dict() -> None:
    """The options have the names and effects of the official client's; an unknown one is refused by name."""
    value = Wider.from_dict({"number": 1, "max-size": 5, "nullable": None, "more": {"number": 2}})

    assert value.to_dict(use_api_names=False) == {"number": 1, "nullable": None, "size": 5, "more": {"number": 2}}
    assert value.to_dict(exclude_none=True) == {"number": 1, "max-size": 5, "more": {"number": 2}}
    assert value.to_dict(exclude_defaults=True) == {"number": 1, "more": {"number": 2}}
    assert value.to_dict(exclude_unset=False)["name"] is None
    assert Inner(1).to_json(indent=None, use_api_names=True, exclude_none=True) == '{"number":1}'
    with pytest.raises(TypeError, match="warnings"):
        value.to_dict(warnings=False)  # type: ignore[call-arg]
