"""`ModelInfo`: a read-only value that keeps unknown fields; `tests/differential` tests how it is serialized."""

import copy
import datetime
import json
import pickle

import attrs
import pytest
from recording import MODEL, Answer

from anthropic_models.types import ModelInfo

STRANGE = {
    "of_2030": {"batch": {"supported": True, "new": [1, 2.5, None, {"deep": ["x"]}]}}, "beta_of_2030": "a-beta",
    "number_of_2030": 10**30, "class": "a keyword", "": "an empty name", "to_dict": "a name of ours",
    "self": "a common one", "_request_id": "theirs", "additional_properties": {"a": 1}, "__class__": "x",
    "__dict__": [], "ключ": "🦊", "nothing": None,
}  # fmt: skip


@pytest.fixture
def model():
    """The example of the reference page, made by a caller."""
    released = datetime.datetime(2025, 2, 19, tzinfo=datetime.UTC)
    return ModelInfo(id=MODEL["id"], created_at=released, display_name="Claude Sonnet 4", type="model")


@pytest.fixture
def extra(api, server):
    """A response with fields that the fragment does not declare."""
    server.plan(Answer(body={**MODEL, **STRANGE}, headers={"request-id": "req_7"}))
    return api.retrieve()


def test_models_are_compared_by_value(api, server, extra, model):
    """Unknown fields are compared too; `_request_id`, a header of the response or None, is not."""
    server.plan(Answer(headers={"request-id": "req_7"}), b"HTTP/1.1 200 OK\r\n\r\n" + json.dumps(MODEL).encode())
    known, unknown = api.retrieve(), api.retrieve()

    assert [each._request_id for each in (known, unknown, model)] == ["req_7", None, None]
    assert known == unknown == model
    assert hash(known) == hash(unknown) == hash(model)
    assert all(model != other for other in (attrs.evolve(model, id="other"), extra, MODEL))


def test_unknown_fields_are_kept(extra):
    """Any name and value works: each is an item, and an attribute if the name is free; copies and pickles keep it."""
    for twin in (copy.copy(extra), copy.deepcopy(extra), *(pickle.loads(pickle.dumps(extra, n)) for n in range(6))):
        assert (twin, hash(twin), repr(twin), twin._request_id) == (extra, hash(extra), repr(extra), "req_7")
    assert extra.to_dict(mode="json") == json.loads(extra.to_json()) == {**MODEL, **STRANGE}
    assert type(extra).from_dict({**MODEL, **STRANGE}) == extra
    assert (extra.beta_of_2030, extra.of_2030["batch"]["new"][3], extra.nothing) == ("a-beta", {"deep": ["x"]}, None)
    assert (extra["to_dict"], extra["__class__"]) == ("a name of ours", "x")
    with pytest.raises(AttributeError, match="'ModelInfo' object has no attribute 'missing'"):
        extra.missing  # noqa: B018  # reading it is the test


def test_a_model_is_read_only(extra):
    """No attribute can be set, added or deleted."""
    for name in ("id", "created_at", "display_name", "type", "fresh"):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(extra, name, "x")
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            delattr(extra, name)


def test_its_repr_shows_every_field(model, extra):
    """The repr has the class and every field, unknown ones too, and no request id."""
    assert repr(model) == (
        "ModelInfo(id='claude-sonnet-4-20250514', created_at=datetime.datetime(2025, 2, 19, 0, 0, "
        "tzinfo=datetime.timezone.utc), display_name='Claude Sonnet 4', type='model')"
    )
    assert ("beta_of_2030='a-beta'" in repr(extra), "req_7" in repr(extra)) == (True, False)
