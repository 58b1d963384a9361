"""Generated models are complete and copyable, if something is missing too. The rest: tests/client and tests/hazards."""

import copy
import datetime
import inspect
import pickle
from pathlib import Path
from typing import get_args

import attrs
import yaml
from anthropic_models_api.models import AnthropicBeta, ErrorResponse, ModelInfo
from anthropic_models_api.types import UNSET, Unset, format_datetime
from cases import each

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


@each("body", [ERROR, {**ERROR, "request_id": None}, {**ERROR, "request_id": "r", "more": [1]}])
@each("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_are_equal(again, body):
    """Copies and pickles are equal, hash alike, and what is missing stays so: `UNSET`, which no repr has."""
    error = ErrorResponse.from_dict(body)
    twin = again(error)

    assert (twin, hash(twin), twin.to_dict()) == (error, hash(error), body)
    assert (twin.request_id, "UNSET" in repr(twin)) == (body.get("request_id"), False)
    assert (again(UNSET) is UNSET, bool(UNSET), repr(UNSET), isinstance(UNSET, Unset)) == (True, False, "UNSET", True)


def test_times_are_written_as_rfc_3339():
    """UTC is `Z`, other zones keep their offset."""
    zone = datetime.timezone(datetime.timedelta(hours=-3, minutes=-30))

    assert format_datetime(datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC)) == "2025-01-02T00:00:00Z"
    assert format_datetime(datetime.datetime(2025, 1, 2, 3, 4, 5, 6, zone)) == "2025-01-02T03:04:05.000006-03:30"
