"""Generated models are values: complete, read-only, hashable, copyable. How dates are read: tests/hazards."""

import copy
import datetime
import inspect
import json
import pickle
from pathlib import Path
from typing import get_args

import attrs
import pytest
import yaml
from anthropic_models_api.models import AnthropicBeta, ErrorResponse, ModelInfo
from anthropic_models_api.types import UNSET, Unset, format_datetime
from cases import each
from recording import MODEL

ERROR = {"type": "error", "error": {"type": "new_kind", "message": "No."}}
FRAGMENT = yaml.safe_load((Path(__file__).resolve().parents[2] / "openapi" / "models.yaml").read_text(encoding="utf-8"))
SCHEMAS = FRAGMENT["components"]["schemas"]


def test_a_field_has_its_name_on_the_wire():
    """`type` is `type`: every property of the fragment is an attribute of the same name; so is each known beta."""
    for model in (ModelInfo, ErrorResponse):
        named = set(SCHEMAS[model.__name__]["properties"])

        assert "type" in named
        assert {field.name for field in attrs.fields(model)} - {"additional_properties"} == named
        assert inspect.getdoc(model)
    assert sorted(get_args(AnthropicBeta)) == sorted(SCHEMAS["AnthropicBeta"]["enum"])


def test_unknown_fields_are_kept():
    """Fields that the fragment does not know can be read, and survive the round trip; others are no attributes."""
    body = {**MODEL, "later": {"deep": [1, None]}, "class": "x"}
    info = ModelInfo.from_dict(body)

    assert json.loads(info.to_json()) == info.to_dict(mode="json") == body
    assert (info.additional_properties["later"], "later" in info, info["class"]) == ({"deep": [1, None]}, True, "x")
    assert getattr(info, "later") == {"deep": [1, None]}  # noqa: B009  # no type checker knows it
    with pytest.raises(AttributeError, match="'ModelInfo' object has no attribute 'other'"):
        getattr(info, "other")  # noqa: B009


def test_what_is_required_is_needed_and_constant():
    """Each required field; an object of another type is no model."""
    for name in MODEL:
        with pytest.raises(KeyError, match=name):
            ModelInfo.from_dict({key: value for key, value in MODEL.items() if key != name})
    with pytest.raises(ValueError, match="type"):
        ModelInfo.from_dict({**MODEL, "type": "message"})


@each("body", [ERROR, {**ERROR, "request_id": None}, {**ERROR, "request_id": "r", "more": [1]}])
@each("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_are_equal(again, body):
    """Copies and pickles are equal, hash alike, and keep what is missing as it is."""
    error = ErrorResponse.from_dict(body)
    twin = again(error)

    assert (twin, hash(twin), twin.to_dict()) == (error, hash(error), error.to_dict())
    assert twin.request_id == body.get("request_id")
    assert twin.to_dict() == body


def test_a_model_is_a_value_that_can_be_read():
    """Assignment is refused; the repr names the class and its fields, unknown ones too, and not what is unset."""
    error = ErrorResponse.from_dict({**ERROR, "more": 1})
    for name in ("type", "error", "more"):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(error, name, "other")

    assert repr(error) == "ErrorResponse(type='error', error=ErrorDetail(type='new_kind', message='No.'), more=1)"


def test_unset_is_false_and_alone():
    """There is one `UNSET`; it is false, and says its name."""
    assert (bool(UNSET), repr(UNSET), isinstance(UNSET, Unset)) == (False, "UNSET", True)
    assert copy.deepcopy(UNSET) is pickle.loads(pickle.dumps(UNSET)) is UNSET


def test_times_are_written_as_rfc_3339():
    """UTC is `Z`, other zones keep their offset."""
    zone = datetime.timezone(datetime.timedelta(hours=-3, minutes=-30))

    assert format_datetime(datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC)) == "2025-01-02T00:00:00Z"
    assert format_datetime(datetime.datetime(2025, 1, 2, 3, 4, 5, 6, zone)) == "2025-01-02T03:04:05.000006-03:30"
