"""What a success is: a read-only value that keeps all that it does not know, and survives copies and pickles."""

import copy
import json
import pickle

import attrs
import pytest
from recording import MODEL, Answer

STRANGE = {
    "of_2030": {"batch": {"supported": True, "new": [1, 2.5, None, {"deep": ["x"]}]}},
    "beta_of_2030": "a-beta",
    "number_of_2030": 10**30,
    "class": "a keyword",
    "": "an empty name",
    "to_dict": "a name of ours",
    "self": "a common one",
    "_request_id": "theirs",
    "additional_properties": {"a": 1},
    "__class__": "x",
    "__dict__": [],
    "ключ": "🦊",
    "nothing": None,
}


@pytest.fixture
def info(api, server):
    """A model with fields that the fragment does not know."""
    server.plan(Answer(200, {**MODEL, **STRANGE}, {"request-id": "req_7"}))
    return api.retrieve()


def test_unknown_fields_are_kept(info):
    """Whatever they are called and hold: as attributes if their name is free, by name, through copies and pickles."""
    for twin in (copy.copy(info), copy.deepcopy(info), *(pickle.loads(pickle.dumps(info, n)) for n in range(6))):
        assert (twin, hash(twin), repr(twin), twin._request_id) == (info, hash(info), repr(info), "req_7")
    assert info.to_dict(mode="json") == json.loads(info.to_json()) == {**MODEL, **STRANGE}
    assert type(info).from_dict({**MODEL, **STRANGE}) == info
    assert (info.beta_of_2030, info.of_2030["batch"]["new"][3]) == ("a-beta", {"deep": ["x"]})
    assert (info["to_dict"], info["__class__"]) == ("a name of ours", "x")
    assert (type(info).__name__, info._request_id) == ("ModelInfo", "req_7")


def test_a_model_cannot_be_changed(info):
    """Neither its fields nor new ones."""
    for name in ("id", "created_at", "display_name", "type", "fresh"):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(info, name, "x")
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            delattr(info, name)
