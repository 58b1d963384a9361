"""Generated models are values: complete, read-only, comparable, hashable, copyable, and honest about dates."""

import copy
import datetime
import inspect
import json
import pickle
from typing import Any, get_args

import attrs
import pytest
from anthropic_models_api.models import AnthropicBeta, ErrorResponse, ModelInfo
from anthropic_models_api.types import UNSET, Unset, format_datetime, parse_datetime
from cases import each

ERROR = {"type": "error", "error": {"type": "new_kind", "message": "No."}}
UTC = datetime.UTC


def test_a_field_has_its_name_on_the_wire(fragment: Any) -> None:
    """`type` is `type`: every property of the fragment is an attribute of the same name."""
    for model in (ModelInfo, ErrorResponse):
        named = set(fragment["components"]["schemas"][model.__name__]["properties"])

        assert "type" in named
        assert {field.name for field in attrs.fields(model)} - {"additional_properties"} == named


def test_every_example_makes_the_round_trip(fragment: Any, model_body: Any) -> None:
    """What was read is written again, in the order of the fragment."""
    info = ModelInfo.from_dict(model_body)

    assert json.loads(info.to_json()) == info.to_dict(mode="json") == model_body


def test_unknown_fields_are_kept(model_body: Any) -> None:
    """Fields that the fragment does not know can be read, and survive the round trip."""
    body = {**model_body, "later": {"deep": [1, None]}, "class": "x"}
    info = ModelInfo.from_dict(body)

    assert info.to_dict(mode="json") == body
    assert (info.additional_properties["later"], "later" in info, info["class"]) == ({"deep": [1, None]}, True, "x")
    assert getattr(info, "later") == {"deep": [1, None]}  # noqa: B009  # no type checker knows it


def test_an_unknown_field_never_hides_that_one_is_absent(model_body: Any) -> None:
    """Attributes that neither the fragment nor the answer has are errors."""
    with pytest.raises(AttributeError, match="'ModelInfo' object has no attribute 'later'"):
        getattr(ModelInfo.from_dict(model_body), "later")  # noqa: B009  # no type checker knows it


def test_missing_fields_are_errors(model_body: Any) -> None:
    """Each required field is needed."""
    for name in model_body:
        with pytest.raises(KeyError, match=name):
            ModelInfo.from_dict({key: value for key, value in model_body.items() if key != name})


def test_a_constant_is_checked(model_body: Any) -> None:
    """An object of another type is no model."""
    with pytest.raises(ValueError, match="type"):
        ModelInfo.from_dict({**model_body, "type": "message"})


@each("body", [ERROR, {**ERROR, "request_id": None}, {**ERROR, "request_id": "r", "more": [1]}])
@each("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_are_equal(again: Any, body: Any) -> None:
    """Copies and pickles are equal, hash alike, and keep what is missing as it is."""
    error = ErrorResponse.from_dict(body)
    twin = again(error)

    assert (twin, hash(twin), twin.to_dict()) == (error, hash(error), error.to_dict())
    assert twin.request_id == body.get("request_id")
    assert twin.to_dict() == body


def test_models_are_equal_by_value(model_body: Any) -> None:
    """Equal fields make equal models; one more field makes another; other classes are never equal."""
    one, other = ModelInfo.from_dict(model_body), ModelInfo.from_dict(dict(model_body))

    assert (one == other, len({one, other})) == (True, 1)
    assert one != ModelInfo.from_dict({**model_body, "more": 1})
    assert one != model_body


def test_models_cannot_be_changed(model_body: Any) -> None:
    """A model is a value: assignment is refused."""
    info = ModelInfo.from_dict(model_body)
    for name in model_body:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(info, name, "other")


def test_a_model_can_be_read_in_a_repr(model_body: Any) -> None:
    """The repr names the class and its fields, unknown ones too, and not what is unset."""
    shown = repr(ErrorResponse.from_dict({**ERROR, "more": 1}))

    assert shown.startswith("ErrorResponse(type='error', error=ErrorDetail(type='new_kind', message='No.')")
    assert shown.endswith(", more=1)")
    assert "request_id" not in shown


def test_unset_is_false_and_alone() -> None:
    """There is one `UNSET`; it is false, and says its name."""
    assert (bool(UNSET), repr(UNSET), isinstance(UNSET, Unset)) == (False, "UNSET", True)
    assert copy.deepcopy(UNSET) is pickle.loads(pickle.dumps(UNSET)) is UNSET


def test_known_betas_are_those_of_the_fragment(fragment: Any) -> None:
    """The type of known betas lists exactly the fragment's values."""
    assert sorted(get_args(AnthropicBeta)) == sorted(fragment["components"]["schemas"]["AnthropicBeta"]["enum"])


@each(
    ("text", "value"),
    [
        ("2025-02-19T00:00:00Z", datetime.datetime(2025, 2, 19, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", datetime.datetime(1970, 1, 1, tzinfo=UTC)),
        ("2025-02-19t01:02:03z", datetime.datetime(2025, 2, 19, 1, 2, 3, tzinfo=UTC)),
        ("2025-02-19T01:02:03.123456789Z", datetime.datetime(2025, 2, 19, 1, 2, 3, 123456, tzinfo=UTC)),
        ("2025-02-19T01:02:03.5-00:00", datetime.datetime(2025, 2, 19, 1, 2, 3, 500000, tzinfo=UTC)),
        ("2025-02-19T01:02:03+05:30", datetime.datetime(2025, 2, 18, 19, 32, 3, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime.datetime(2017, 1, 1, tzinfo=UTC)),
        ("2016-12-31T15:59:60.25-08:00", datetime.datetime(2017, 1, 1, tzinfo=UTC)),
    ],
)
def test_rfc_3339_is_read(text: str, value: datetime.datetime) -> None:
    """Every form that RFC 3339 allows becomes an aware time; digits beyond microseconds are cut."""
    parsed = parse_datetime(text)

    assert parsed == value
    assert parsed.tzinfo is not None


@each(
    "text",
    [
        "2025-02-19",
        "2025-02-19T00:00:00",
        "2025-W08-3",
        "20250219T000000Z",
        "2025-02-19T00:00Z",
        "2025-02-19T24:00:00Z",
        "2025-02-30T00:00:00Z",
        "2025-13-01T00:00:00Z",
        "2025-02-19T00:00:00+24:00",
        "2025-02-19T00:00:00+0100",
        "2025-02-19T00:00:00.Z",
        "2025-02-19T00:00:00,5Z",
        "2025-02-19T12:00:60Z",
        "2025-02-19T00:00:61Z",
        "9999-12-31T23:59:60Z",
        "٢٠٢٥-02-19T00:00:00Z",
        "1740000000",
        "2025-02-19T00:00:00ZZ",
    ],
)
def test_nothing_else_is_a_date_time(text: str) -> None:
    """What is not RFC 3339 is refused, whatever Python would make of it."""
    for wrong in (text, f" {text}", f"{text}\n"):
        with pytest.raises(ValueError, match=r"date-time|month|day|leap second|calendar"):
            parse_datetime(wrong)


def test_times_are_written_as_rfc_3339() -> None:
    """UTC is `Z`, other zones keep their offset."""
    zone = datetime.timezone(datetime.timedelta(hours=-3, minutes=-30))

    assert format_datetime(datetime.datetime(2025, 1, 2, tzinfo=UTC)) == "2025-01-02T00:00:00Z"
    assert format_datetime(datetime.datetime(2025, 1, 2, 3, 4, 5, 6, zone)) == "2025-01-02T03:04:05.000006-03:30"


def test_public_names_are_documented() -> None:
    """Models carry the fragment's descriptions."""
    assert all(inspect.getdoc(model) for model in (ModelInfo, ErrorResponse))
