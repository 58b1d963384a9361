"""What a success is: a read-only value that keeps all that it does not know, and survives copies and pickles."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hostile import MODEL, answer

STRANGE: dict[str, Any] = {
    "of_2030": {"batch": {"supported": True, "new": [1, 2.5, None, {"deep": ["x"]}]}},
    "beta_of_2030": "a-beta",
    "number_of_2030": 10**30,
    "class": "a keyword",
    "": "an empty name",
    "to_dict": "a name of ours",
    "_request_id": "theirs",
    "additional_properties": {"a": 1},
    "__class__": "x",
    "__dict__": [],
    "ключ": "🦊",
    "nothing": None,
}


@pytest.fixture
def info(api: Any, serve: Any) -> Any:
    """A model with fields that the fragment does not know."""
    return api.retrieve(api.client(serve(answer({**MODEL, **STRANGE}, headers=[("request-id", "req_7")])).url))


def test_unknown_fields_are_kept_through_a_round_trip(info: Any) -> None:
    """Whatever they are called, and whatever they hold."""
    assert info.to_dict(mode="json") == {**MODEL, **STRANGE}
    assert json.loads(info.to_json()) == {**MODEL, **STRANGE}
    assert type(info).from_dict({**MODEL, **STRANGE}) == info


def test_unknown_fields_reach_the_caller(info: Any) -> None:
    """As attributes where their name is free, and by their name always."""
    assert info.beta_of_2030 == "a-beta"
    assert info.of_2030["batch"]["new"][3] == {"deep": ["x"]}
    assert info["to_dict"] == "a name of ours"
    assert info["__class__"] == "x"
    assert type(info).__name__ == "ModelInfo"
    assert info._request_id == "req_7"


def pickled(version: int) -> Callable[[Any], Any]:
    """There and back by this protocol."""
    return lambda value: pickle.loads(pickle.dumps(value, version))


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, *map(pickled, range(6))])
def test_a_copy_is_equal_and_hashes_the_same(info: Any, duplicate: Any) -> None:
    """By copy, by deepcopy, and by every pickle protocol; the request id comes along."""
    twin = duplicate(info)

    assert (twin, hash(twin), repr(twin)) == (info, hash(info), repr(info))
    assert twin._request_id == "req_7"
    assert len({twin, info}) == 1


def test_a_model_cannot_be_changed(info: Any) -> None:
    """Neither its fields nor new ones."""
    for name in ("id", "created_at", "display_name", "type", "fresh"):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(info, name, "x")
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            delattr(info, name)


def test_an_optional_or_nullable_field_is_held_to_its_type() -> None:
    """Whatever the fragment has: absent and null pass where they may, another type does not; and it pickles."""
    from anthropic_models._generated import models

    from anthropic_models.checks import MismatchError, check

    body = {"type": "error", "error": {"type": "x", "message": "y"}}
    for good in (body, {**body, "request_id": None}, {**body, "request_id": "r"}):
        check(good, models.ErrorResponse)
        value = models.ErrorResponse.from_dict(good)
        twin = pickle.loads(pickle.dumps(copy.deepcopy(value)))

        assert (twin, hash(twin), twin.to_dict(mode="json")) == (value, hash(value), good)
    for bad in (5, [], {}, True):
        with pytest.raises(MismatchError, match=r"request_id: expected a string|request_id: expected null"):
            check({**body, "request_id": bad}, models.ErrorResponse)
