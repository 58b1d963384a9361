"""Every body that the schema allows becomes an equal value; every other becomes an error. Schemathesis makes them."""

import datetime
import json
import pickle
from typing import Any

import pydantic
import pytest
from cases import each
from hypothesis import given
from hypothesis import strategies as st
from judge import load
from schema_bodies import bodies, bounded, encoded

import anthropic_models
from anthropic_models.types import BaseModel

# A reader of date-times that is neither ours nor the standard library's.
DATE_TIME = pydantic.TypeAdapter(datetime.datetime | None)
ERRORS = {
    400: anthropic_models.BadRequestError,
    401: anthropic_models.AuthenticationError,
    403: anthropic_models.PermissionDeniedError,
    404: anthropic_models.NotFoundError,
    413: anthropic_models.RequestTooLargeError,
    429: anthropic_models.RateLimitError,
    500: anthropic_models.InternalServerError,
    504: anthropic_models.InternalServerError,
    529: anthropic_models.OverloadedError,
}
ON_PURPOSE = pytest.mark.breaks_contract("that is what the bodies are made for")


def _plain(value: Any) -> Any:
    """A field as the dictionary of its model has it."""
    return value.to_dict() if isinstance(value, BaseModel) else value


@bounded
@given(body=bodies("ModelInfo", "POSITIVE"))
def test_a_body_that_obeys_the_schema_becomes_its_values(api, client, server, fragment, body):
    """Each field is its value, and undeclared ones are kept; a round trip by dict, JSON and pickle is equal."""
    server.answer_next(body=encoded(body))
    info = api.retrieve(client)
    declared = fragment["components"]["schemas"]["ModelInfo"]["properties"]
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


@ON_PURPOSE
@bounded
@given(body=bodies("ModelInfo", "NEGATIVE"))
def test_a_body_that_breaks_the_schema_is_an_error(api, client, server, body):
    """`APIResponseValidationError`, with the status and what came; openapi-core finds a fault in each body too."""
    server.answer_next(body=encoded(body))
    with pytest.raises(anthropic_models.APIResponseValidationError) as caught:
        api.retrieve(client)

    request = server.requests[-1]
    assert load().check_answer(request, request.answer)
    assert (caught.value.status_code, [caught.value.request_id]) == (200, request.answer.header("request-id"))


def _error(api, client, server, status, body=None) -> anthropic_models.APIStatusError:
    server.answer_next(status, body=body)
    with pytest.raises(ERRORS[status]) as caught:
        api.retrieve(client)
    assert (type(caught.value), caught.value.status_code) == (ERRORS[status], status)
    return caught.value


@each("status", ERRORS)
def test_the_example_of_a_declared_error_becomes_that_error(api, client, server, fragment, status):
    """Class, status, body, request id, message and the wait are the answer's; every declared status is in the table."""
    error = _error(api, client, server, status)

    answer = server.requests[-1].answer
    body = json.loads(answer.body)
    assert (error.body, [error.request_id]) == (body, answer.header("request-id"))
    assert body["error"]["message"] in str(error)
    assert [error.retry_after] == ([float(seconds) for seconds in answer.header("retry-after")] or [None])
    assert {"200", *map(str, ERRORS)} == set(fragment["paths"]["/v1/models/{model_id}"]["get"]["responses"])


@ON_PURPOSE
@each("mode", ["POSITIVE", "NEGATIVE"])
def test_the_body_of_an_error_does_not_change_its_class(api, client, server, mode):
    """The status alone decides; the body is what came: its JSON, or its text where it is none."""

    @bounded
    @given(status=st.sampled_from(sorted(ERRORS)), body=bodies("ErrorResponse", mode))
    def check(status, body) -> None:
        found = _error(api, client, server, status, encoded(body)).body
        assert isinstance(found, str) if isinstance(body, bytes) else found == body

    check()
