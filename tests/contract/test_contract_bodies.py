"""Every body that the schema allows becomes an equal value; every other becomes an error. Schemathesis makes them."""

import datetime
import json
import pickle
from typing import Any

import pydantic
import pytest
from hypothesis import given
from judge import load
from schema_bodies import bounded, breaking, encoded, obeying

import anthropic_models
from anthropic_models.types import BaseModel

# A reader of date-times that is neither ours nor the standard library's.
DATE_TIME = pydantic.TypeAdapter(datetime.datetime | None)


@pytest.fixture
def properties(fragment: Any) -> Any:
    """The fields that the fragment declares."""
    return fragment["components"]["schemas"]["ModelInfo"]["properties"]


def values(properties: Any, body: dict[str, Any]) -> dict[str, Any]:
    """What the fields of a body should be in Python: a date-time where the fragment says so, else what JSON says."""
    dates = {name for name in body if properties.get(name, {}).get("format") == "date-time"}
    return {name: DATE_TIME.validate_python(body[name]) if name in dates else body[name] for name in body}


@bounded
@given(body=obeying("ModelInfo"))
def test_a_body_that_obeys_the_schema_becomes_its_values(api, client, server, properties, body):
    """Every field has its value, as an attribute where it is declared; those that are not declared are kept."""
    server.answer_next(body=encoded(body))
    info = api.retrieve(client)

    expected = values(properties, body)
    assert info.to_dict() == expected
    assert {name: plain(getattr(info, name)) for name in properties} == {
        name: expected.get(name) for name in properties
    }
    assert info.additional_properties == {name: body[name] for name in body if name not in properties}


def plain(value):
    """A field as the dictionary of its model has it."""
    return value.to_dict() if isinstance(value, BaseModel) else value


@bounded
@given(body=obeying("ModelInfo"))
def test_a_value_is_equal_again_after_a_round_trip(api, client, server, body):
    """By its dictionary, by its JSON and by pickle; the hash and the body on the wire come out the same as well."""
    server.answer_next(body=encoded(body))
    info = api.retrieve(client)
    wire = info.to_dict(mode="json")
    again = [type(info).from_dict(each) for each in (wire, info.to_dict(), json.loads(info.to_json()))]
    again.append(pickle.loads(pickle.dumps(info)))

    assert again == [info] * 4
    assert {hash(each) for each in again} == {hash(info)}
    server.answer_next(body=wire)
    assert api.retrieve(client) == info


@pytest.mark.breaks_contract("that is what the bodies are made for")
@bounded
@given(body=breaking("ModelInfo"))
def test_a_body_that_breaks_the_schema_is_an_error(api, client, server, body):
    """`APIResponseValidationError`, with the status and what came; openapi-core finds a fault in each body too."""
    server.answer_next(body=encoded(body))

    with pytest.raises(anthropic_models.APIResponseValidationError) as caught:
        api.retrieve(client)

    request = server.requests[-1]
    assert load().check_answer(request, request.answer)
    assert caught.value.status_code == 200
    assert caught.value.request_id == request.answer.header("request-id")[0]
