"""The models and planned answers of the local server, as the official SDK sees them."""

import re
from datetime import datetime

import anthropic
import pytest
from cases import each
from recording import MODEL

EXAMPLE = MODEL["id"]


def _refused(official, model=EXAMPLE, **arguments):
    with pytest.raises(anthropic.APIStatusError) as caught:
        official.models.retrieve(model, **arguments)
    return caught.value


def test_known_models_are_served(official, anthropic_server):
    """The example and added models, which have its fields by default, are served, also by alias; others are a 404."""
    created = datetime.fromisoformat(MODEL["created_at"])
    anthropic_server.add_model(id="claude-test-1", display_name="Test", max_input_tokens=5, created_at=created)
    anthropic_server.add_alias("claude-test", "claude-test-1")
    names = (EXAMPLE, "claude-test-1", "claude-test")
    example, added, alias = (official.models.retrieve(name).to_dict(mode="json") for name in names)
    unknown = _refused(official, "claude-nobody")
    anthropic_server.models.clear()

    assert example == MODEL
    assert added == alias == MODEL | {"id": "claude-test-1", "display_name": "Test", "max_input_tokens": 5}
    assert (unknown.body["error"]["type"], "model: claude-nobody" in str(unknown)) == ("not_found_error", True)
    assert unknown.status_code == _refused(official).status_code == 404


@each(
    ("method", "arguments", "error", "message"),
    [
        ("add_alias", {"alias": "a", "model": "b"}, ValueError, "a model that exists: call add_model() first for 'b'"),
        ("add_model", {"display_name": "Test"}, TypeError, 'add_model() needs the field "id"'),
        ("add_model", {"id": "a", "created_at": "b"}, ValueError, 'created_at: "b" is not a "date-time"'),
        ("answer_next", {"status": 199}, ValueError, "status to be from 200 to 999, not 199"),
        ("answer_next", {"status": 1000}, ValueError, "status to be from 200 to 999, not 1000"),
        ("answer_next", {"status": "529"}, ValueError, "status to be from 200 to 999, not '529'"),
        ("answer_next", {"status": 500, "times": 0}, ValueError, "times to be 1 or more, not 0"),
        ("answer_next", {"delay": -1}, ValueError, "delay to be 0 or more seconds, not -1"),
        ("answer_next", {"delay": float("inf")}, ValueError, "delay to be 0 or more seconds, not inf"),
        ("answer_next", {"drop_after": "body"}, ValueError, "drop_after to be one of ('request', 'headers', 'half_"),
        ("answer_next", {"stall_after": ""}, ValueError, "stall_after to be one of ('request', 'headers', 'half_"),
        ("answer_next", {"drop_after": "request", "stall_after": "request"}, ValueError, "to be None beside drop"),
        ("answer_next", {"body": {1}}, TypeError, "set is not JSON serializable"),
    ],
)
def test_invalid_plans_and_models_are_refused(anthropic_server, method, arguments, error, message):
    """The error has the argument and its allowed values; nothing is added or planned."""
    with pytest.raises(error, match=re.escape(message)):
        getattr(anthropic_server, method)(**arguments)

    assert (anthropic_server.planned, anthropic_server.aliases, "a" in anthropic_server.models) == ([], {}, False)


@each(
    ("status", "kind", "message"),
    [
        *((400, "invalid_request_error", None), (401, "authentication_error", None), (403, "permission_error", None)),
        *((413, "request_too_large", None), (429, "rate_limit_error", None), (500, "api_error", None)),
        *((504, "timeout_error", None), (529, "overloaded_error", None)),
        (404, "not_found_error", "model: claude-unknown"),  # of the example, not of the request
        (302, "invalid_request_error", "Found"),
        (418, "invalid_request_error", "I'm a Teapot"),
        (501, "api_error", "Not Implemented"),
        (599, "api_error", "Status 599"),
        (999, "api_error", "Status 999"),
    ],
)
def test_every_status_can_be_planned(official, anthropic_server, status, kind, message):
    """The body is the declared example, or that of a similar status with the name of the status as its message."""
    _refused(official, "claude-nobody")
    anthropic_server.answer_next(status)
    error = _refused(official, "claude-nobody")

    assert (error.status_code, error.body["error"]["type"]) == (status, kind)
    assert message in (None, error.body["error"]["message"])


def test_planned_answers_are_sent_in_order(official, anthropic_server):
    """`times` repeats one, None removes a header, and each has a unique request id, also in the body of an error."""
    anthropic_server.answer_next(529, times=2)
    anthropic_server.answer_next(500)
    anthropic_server.answer_next(206, headers={"Request-Id": None, "x-note": ""})
    errors = [_refused(official) for _ in range(3)]
    models = [official.models.retrieve("claude-example-1") for _ in range(2)]

    assert [request.answer.status for request in anthropic_server.requests] == [529, 529, 500, 206, 200]
    assert anthropic_server.requests[3].answer.header("x-note") == [""]
    assert [error.request_id for error in errors] == [error.body["request_id"] for error in errors]
    ids = {error.request_id for error in errors} | {model._request_id for model in models}
    assert (len(ids), models[0]._request_id, models[0].id) == (5, None, "claude-example-1")
    anthropic_server.answer_next(200)  # an unknown model is still a 404
    assert _refused(official, "claude-nobody").status_code == 404


@pytest.mark.breaks_contract("the bodies are not models")
@each(("body", "raw"), [(b"<html>", b"<html>"), (b"", b""), ([1], b"[1]"), ({}, b"{}")])
def test_a_planned_body_is_sent_unchecked(official, anthropic_server, body, raw):
    """Bytes are sent unchanged and other values as JSON, even if the fragment does not allow them."""
    anthropic_server.answer_next(200, body=body)

    assert raw == official.models.with_raw_response.retrieve(EXAMPLE).http_response.content


@pytest.mark.breaks_contract("one version is empty")
def test_a_planned_answer_is_kept_for_a_valid_request(official, anthropic_server):
    """An invalid request uses no planned answer; `planned` shows the calls of `answer_next` and can be cleared."""
    anthropic_server.answer_next(529, headers={"retry-after": "0"}, body=b"", delay=0.5)
    refused = _refused(official, extra_headers={"anthropic-version": ""})
    planned = "[answer_next(status=529, headers={'retry-after': '0'}, body=b'', delay=0.5)]"

    assert (refused.status_code, repr(anthropic_server.planned)) == (400, planned)
    anthropic_server.planned.clear()
    assert official.models.retrieve(EXAMPLE).id == EXAMPLE
