"""Every body that the schema allows becomes an equal value; every other becomes an error. Schemathesis makes them."""

import datetime
import json
import pickle
from functools import cache

import pydantic
import pytest
from facts import FRAGMENT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judge import load

from anthropic_models import Anthropic, APIResponseValidationError
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


@pytest.fixture
def retrieve(anthropic_server):
    """One call of one client; both kinds read a body by the same code."""
    with Anthropic(api_key="made-up", base_url=anthropic_server.url, max_retries=0) as client:
        yield lambda: client.models.retrieve("claude-example-1")


@bounded
@given(body=_bodies("POSITIVE"))
def test_a_body_that_obeys_the_schema_becomes_its_values(retrieve, anthropic_server, body):
    """Each field is its value, and undeclared ones are kept; a round trip by dict, JSON and pickle is equal."""
    anthropic_server.answer_next(body=body)
    info = retrieve()
    declared = FRAGMENT["components"]["schemas"]["ModelInfo"]["properties"]
    dates = {name for name in body if declared.get(name, {}).get("format") == "date-time"}
    expected = {name: DATE_TIME.validate_python(body[name]) if name in dates else body[name] for name in body}
    fields = {name: getattr(info, name) for name in declared}
    plain = {name: value.to_dict() if isinstance(value, BaseModel) else value for name, value in fields.items()}

    assert info.to_dict() == expected
    assert plain == {name: expected.get(name) for name in declared}
    assert info.additional_properties == {name: body[name] for name in body if name not in declared}
    wire = info.to_dict(mode="json")
    anthropic_server.answer_next(body=wire)
    again = [type(info).from_dict(each) for each in (wire, info.to_dict(), json.loads(info.to_json()))]
    again += [pickle.loads(pickle.dumps(info)), retrieve()]
    assert again == [info] * 5
    assert {hash(each) for each in again} == {hash(info)}


@pytest.mark.breaks_contract("that is what the bodies are made for")
@bounded
@given(body=_bodies("NEGATIVE"))
def test_a_body_that_breaks_the_schema_is_an_error(retrieve, anthropic_server, body):
    """`APIResponseValidationError`, with the status and what came; openapi-core finds a fault in each body too."""
    anthropic_server.answer_next(body=body if isinstance(body, bytes) else json.dumps(body).encode())
    with pytest.raises(APIResponseValidationError) as caught:
        retrieve()

    request = anthropic_server.requests[-1]
    assert load().check_answer(request, request.answer)
    assert (caught.value.status_code, [caught.value.request_id]) == (200, request.answer.header("request-id"))
