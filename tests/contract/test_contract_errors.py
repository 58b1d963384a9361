"""Every error that the fragment declares becomes the error of its status, whatever its body is."""

import json

import pytest
from cases import each
from hypothesis import given
from hypothesis import strategies as st
from schema_bodies import bounded, breaking, encoded, obeying

import anthropic_models

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

statuses = st.sampled_from(sorted(ERRORS))


def test_every_declared_error_has_its_class(fragment):
    """A status that is added to the fragment needs a line in the table above."""
    assert {"200", *map(str, ERRORS)} == set(fragment["paths"]["/v1/models/{model_id}"]["get"]["responses"])


@each("status", ERRORS)
def test_the_example_of_a_declared_error_becomes_that_error(api, client, server, status):
    """Class, status, body, request id, message and the wait that was asked for are those of the answer."""
    server.answer_next(status)

    with pytest.raises(anthropic_models.APIStatusError) as caught:
        api.retrieve(client)

    answer, error = server.requests[-1].answer, caught.value
    body = json.loads(answer.body)
    assert type(error) is ERRORS[status]
    assert (error.status_code, error.body, error.request_id) == (status, body, answer.header("request-id")[0])
    assert body["error"]["message"] in str(error)
    assert [error.retry_after] == ([float(seconds) for seconds in answer.header("retry-after")] or [None])


@bounded
@given(status=statuses, body=obeying("ErrorResponse"))
def test_a_generated_error_becomes_the_error_of_its_status(api, client, server, status, body):
    """Any message, any kind of error, with a request id in the body, without, or null."""
    server.answer_next(status, body=encoded(body))

    with pytest.raises(ERRORS[status]) as caught:
        api.retrieve(client)

    assert (type(caught.value), caught.value.status_code, caught.value.body) == (ERRORS[status], status, body)


@pytest.mark.breaks_contract("that is what the bodies are made for")
@bounded
@given(status=statuses, body=breaking("ErrorResponse"))
def test_a_broken_error_body_does_not_change_the_error(api, client, server, status, body):
    """The status alone tells the class; the body is what came: its JSON, or its text where it is none."""
    server.answer_next(status, body=encoded(body))

    with pytest.raises(ERRORS[status]) as caught:
        api.retrieve(client)

    assert type(caught.value) is ERRORS[status]
    if isinstance(body, bytes):
        assert isinstance(caught.value.body, str)
    else:
        assert caught.value.body == body
