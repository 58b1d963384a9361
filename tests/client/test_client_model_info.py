"""`ModelInfo`: a read-only value that keeps what it does not know. How it is written, `tests/differential` compares."""

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
    """The page's example, as a caller may make it for a test of their own."""
    released = datetime.datetime(2025, 2, 19, tzinfo=datetime.UTC)
    return ModelInfo(id=MODEL["id"], created_at=released, display_name="Claude Sonnet 4", type="model")


@pytest.fixture
def richer(api, server):
    """An answer with fields that the description does not know."""
    server.plan(Answer(body={**MODEL, **STRANGE}, headers={"request-id": "req_7"}))
    return api.retrieve()


def test_it_equals_by_value(api, server, richer, model):
    """Not by `_request_id`, a header of the answer, None without one; one unknown field more makes it another."""
    server.plan(Answer(headers={"request-id": "req_7"}), b"HTTP/1.1 200 OK\r\n\r\n" + json.dumps(MODEL).encode())
    known, unknown = api.retrieve(), api.retrieve()

    assert [each._request_id for each in (known, unknown, model)] == ["req_7", None, None]
    assert known == unknown == model
    assert hash(known) == hash(unknown) == hash(model)
    assert all(model != other for other in (attrs.evolve(model, id="other"), richer, MODEL))


def test_unknown_fields_are_kept(richer):
    """Whatever they are called and hold: as attributes if their name is free, by name, through copies and pickles."""
    for twin in (copy.copy(richer), copy.deepcopy(richer), *(pickle.loads(pickle.dumps(richer, n)) for n in range(6))):
        assert (twin, hash(twin), repr(twin), twin._request_id) == (richer, hash(richer), repr(richer), "req_7")
    assert richer.to_dict(mode="json") == json.loads(richer.to_json()) == {**MODEL, **STRANGE}
    assert type(richer).from_dict({**MODEL, **STRANGE}) == richer
    assert (richer.beta_of_2030, richer.of_2030["batch"]["new"][3], richer.nothing) == ("a-beta", {"deep": ["x"]}, None)
    assert (richer["to_dict"], richer["__class__"]) == ("a name of ours", "x")
    with pytest.raises(AttributeError, match="'ModelInfo' object has no attribute 'missing'"):
        richer.missing  # noqa: B018  # reading it is the test


def test_a_model_cannot_be_changed(richer):
    """Neither its fields nor new ones."""
    for name in ("id", "created_at", "display_name", "type", "fresh"):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(richer, name, "x")
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            delattr(richer, name)


def test_its_repr_can_be_read(model, richer):
    """The repr names the class and every field, unknown ones too, and no request id."""
    assert repr(model) == (
        "ModelInfo(id='claude-sonnet-4-20250514', created_at=datetime.datetime(2025, 2, 19, 0, 0, "
        "tzinfo=datetime.timezone.utc), display_name='Claude Sonnet 4', type='model')"
    )
    assert ("beta_of_2030='a-beta'" in repr(richer), "req_7" in repr(richer)) == (True, False)
