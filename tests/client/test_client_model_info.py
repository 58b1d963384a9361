"""`ModelInfo` as a value. What it holds and how it is written, `tests/differential` compares."""

import datetime
import json

import attrs
import pytest
from recording import MODEL, Answer

from anthropic_models.types import ModelInfo

RELEASED = datetime.datetime(2025, 2, 19, tzinfo=datetime.UTC)
MORE = {**MODEL, "family": "sonnet", "limits": {"input": [1, 2]}, "gone": None}


@pytest.fixture
def model() -> ModelInfo:
    """The page's example, as a caller may make it for a test of their own."""
    return ModelInfo(id=MODEL["id"], created_at=RELEASED, display_name="Claude Sonnet 4", type="model")


@pytest.fixture
def richer(api, server) -> ModelInfo:
    """An answer with fields that the description does not know."""
    server.plan(Answer(body=MORE))
    return api.retrieve()


def test_it_knows_its_request_id(api, server, model):
    """`_request_id` is the `request-id` header of the answer; None without one, and on a model made by hand."""
    server.plan(Answer(headers={"request-id": "req_7"}), b"HTTP/1.1 200 OK\r\n\r\n" + json.dumps(MODEL).encode())

    assert [api.retrieve()._request_id, api.retrieve()._request_id, model._request_id] == ["req_7", None, None]


def test_it_equals_by_value(api, richer, model):
    """Models with the same fields are equal, whatever their request id; one unknown field more, and they are not."""
    assert api.retrieve() == model
    assert hash(api.retrieve()) == hash(model)
    assert all(model != other for other in (attrs.evolve(model, id="other"), richer, MODEL))


def test_unknown_fields_are_kept(richer):
    """Fields that the API added later are attributes, untouched; a missing one is no attribute."""
    assert (richer.family, richer.limits, richer.gone) == ("sonnet", {"input": [1, 2]}, None)
    with pytest.raises(AttributeError, match="'ModelInfo' object has no attribute 'nothing'"):
        richer.nothing  # noqa: B018  # reading it is the test


def test_its_repr_can_be_read(model, richer):
    """The repr names the class and every field, unknown ones too, and no request id."""
    assert repr(model) == (
        "ModelInfo(id='claude-sonnet-4-20250514', created_at=datetime.datetime(2025, 2, 19, 0, 0, "
        "tzinfo=datetime.timezone.utc), display_name='Claude Sonnet 4', type='model')"
    )
    assert ("family='sonnet'" in repr(richer), "req_test" in repr(richer)) == (True, False)
