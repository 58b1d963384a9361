"""Every body that the schema allows becomes an equal value; every other becomes an error. Schemathesis makes them."""

import datetime
import json
import pickle
from functools import cache

import pydantic
import pytest
from cases import each
from facts import ERROR_OF, FRAGMENT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judge import load

import anthropic_models
from anthropic_models.types import BaseModel

# A reader of date-times that is neither ours nor the standard library's.
DATE_TIME = pydantic.TypeAdapter(datetime.datetime | None)


# The same bodies on every run and for everybody: a red run can be repeated, and a green one means the same.
bounded = settings(
    max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


@cache
def _operation():
    """Schemathesis makes the bodies of requests, so it gets a document in which a model is what a request sends."""
    import schemathesis  # only where a body is made: it takes seconds

    content = {"application/json": {"schema": {"$ref": "#/components/schemas/ModelInfo"}}}
    responses = {"204": {"description": "Never asked."}}
    path = {"post": {"requestBody": {"required": True, "content": content}, "responses": responses}}
    return schemathesis.openapi.from_dict({**FRAGMENT, "paths": {"/model": path}})["/model"]["POST"]


def _bodies(mode):
    """JSON values that obey the schema of a model (`POSITIVE`), or do not, and bytes that are no JSON."""

    def made():
        from schemathesis import GenerationMode

        return _operation().as_strategy(generation_mode=GenerationMode[mode]).map(lambda case: case.body)

    return st.deferred(made)


def _encoded(body):
    return body if isinstance(body, bytes) else json.dumps(body).encode()


@pytest.fixture
def server(anthropic_server):
    """What `api` talks to here: a real socket, whose requests are held to the fragment."""
    anthropic_server.add_model(id="m")  # what `api` asks for by itself
    return anthropic_server


@pytest.fixture
def client(api):
    """One client of each kind, which does not try again."""
    return api.client(max_retries=0)


def _plain(value):
    """A field as the dictionary of its model has it."""
    return value.to_dict() if isinstance(value, BaseModel) else value


@bounded
@given(body=_bodies("POSITIVE"))
def test_a_body_that_obeys_the_schema_becomes_its_values(api, client, server, body):
    """Each field is its value, and undeclared ones are kept; a round trip by dict, JSON and pickle is equal."""
    server.answer_next(body=_encoded(body))
    info = api.retrieve(client)
    declared = FRAGMENT["components"]["schemas"]["ModelInfo"]["properties"]
    dates = {name for name in body if declared.get(name, {}).get("format") == "date-time"}
    expected = {name: DATE_TIME.validate_python(body[name]) if name in dates else body[name] for name in body}

    assert info.to_dict() == expected
    assert {name: _plain(getattr(info, name)) for name in declared} == {name: expected.get(name) for name in declared}
    assert info.additional_properties == {name: body[name] for name in body if name not in declared}

    wire = info.to_dict(mode="json")
    again = [type(info).from_dict(each) for each in (wire, info.to_dict(), json.loads(info.to_json()))]
    again.append(pickle.loads(pickle.dumps(info)))
    server.answer_next(body=wire)
    again.append(api.retrieve(client))
    assert again == [info] * 5
    assert {hash(each) for each in again} == {hash(info)}


@pytest.mark.breaks_contract("that is what the bodies are made for")
@bounded
@given(body=_bodies("NEGATIVE"))
def test_a_body_that_breaks_the_schema_is_an_error(api, client, server, body):
    """`APIResponseValidationError`, with the status and what came; openapi-core finds a fault in each body too."""
    server.answer_next(body=_encoded(body))
    with pytest.raises(anthropic_models.APIResponseValidationError) as caught:
        api.retrieve(client)

    request = server.requests[-1]
    assert load().check_answer(request, request.answer)
    assert (caught.value.status_code, [caught.value.request_id]) == (200, request.answer.header("request-id"))


@each("status", [400, 401, 403, 404, 413, 429, 500, 504, 529])
def test_the_example_of_a_declared_error_becomes_that_error(api, client, server, status):
    """Class, status, body, request id, message and the wait are the answer's; no other status is declared."""
    kind = getattr(anthropic_models, ERROR_OF.get(status, "InternalServerError"))
    server.answer_next(status)
    with pytest.raises(kind) as caught:
        api.retrieve(client)

    error, answer = caught.value, server.requests[-1].answer
    body = json.loads(answer.body)
    assert (type(error), error.status_code, error.body) == (kind, status, body)
    assert [error.request_id] == answer.header("request-id")
    assert body["error"]["message"] in str(error)
    assert [error.retry_after] == ([float(seconds) for seconds in answer.header("retry-after")] or [None])
    assert len(FRAGMENT["paths"]["/v1/models/{model_id}"]["get"]["responses"]) == 1 + 9
