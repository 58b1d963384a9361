"""Which answers the local server gives next, as the official SDK sees them."""

import re

import anthropic
import pytest
from cases import each

EXAMPLE = "claude-sonnet-4-20250514"


@each(
    ("status", "kind"),
    [
        (400, "invalid_request_error"),
        (401, "authentication_error"),
        (403, "permission_error"),
        (404, "not_found_error"),
        (413, "request_too_large"),
        (429, "rate_limit_error"),
        (500, "api_error"),
        (504, "timeout_error"),
        (529, "overloaded_error"),
    ],
)
def test_every_status_of_the_vendor_comes_on_demand(official, anthropic_server, status, kind):
    """The answer is the fragment's example, with its headers (and the suite's arbiter finds no fault in it)."""
    anthropic_server.answer_next(status)

    with pytest.raises(anthropic.APIStatusError) as caught:
        official.models.retrieve(EXAMPLE)

    assert (status, kind) == (caught.value.status_code, caught.value.body["error"]["type"])


@each(
    ("status", "kind", "message"),
    [
        (302, "invalid_request_error", "Found"),
        (418, "invalid_request_error", "I'm a Teapot"),
        (501, "api_error", "Not Implemented"),
        (599, "api_error", "Status 599"),
        (999, "api_error", "Status 999"),
    ],
)
def test_an_undeclared_status_has_the_envelope_of_its_nearest_relative(
    official, anthropic_server, status, kind, message
):
    """Any status can be served; its message says no more than the status does."""
    anthropic_server.answer_next(status)

    with pytest.raises(anthropic.APIStatusError) as caught:
        official.models.retrieve(EXAMPLE)

    assert status == caught.value.status_code
    assert {"type": kind, "message": message} == caught.value.body["error"]


def test_an_answer_does_not_change_the_example_that_it_is_made_from(official, anthropic_server):
    """After a 404 that names a model, a planned 404 still has the fragment's own message."""
    with pytest.raises(anthropic.NotFoundError, match="model: claude-nobody"):
        official.models.retrieve("claude-nobody")
    anthropic_server.answer_next(404)

    with pytest.raises(anthropic.NotFoundError, match="model: claude-unknown"):
        official.models.retrieve("claude-nobody")


def test_planned_answers_come_in_order_and_then_the_usual_one(official, anthropic_server):
    """`times` repeats an answer; what follows the last planned one is the model again."""
    anthropic_server.answer_next(529, times=2)
    anthropic_server.answer_next(500)

    for _ in range(3):
        with pytest.raises(anthropic.APIStatusError):
            official.models.retrieve(EXAMPLE)
    official.models.retrieve(EXAMPLE)

    assert [request.answer.status for request in anthropic_server.requests] == [529, 529, 500, 200]


def test_a_planned_header_may_be_taken_away(official, anthropic_server):
    """None removes a header that the example has."""
    anthropic_server.answer_next(200, headers={"Request-Id": None})

    assert official.models.retrieve(EXAMPLE)._request_id is None


def test_a_good_status_brings_the_model_that_is_asked_for(official, anthropic_server):
    """An undeclared good status has the usual body."""
    anthropic_server.answer_next(206)

    assert official.models.retrieve("claude-example-1").id == "claude-example-1"
    assert anthropic_server.requests[0].answer.status == 206


def test_a_good_status_does_not_make_a_model_exist(official, anthropic_server):
    """An unknown model is not found, whatever good status was planned."""
    anthropic_server.answer_next(200)

    with pytest.raises(anthropic.NotFoundError):
        official.models.retrieve("claude-nobody")


@pytest.mark.breaks_contract("bodies that are no model")
@each(("body", "raw"), [(b"<html>", b"<html>"), (b"", b""), ([1], b"[1]"), ({}, b"{}")])
def test_a_planned_body_goes_out_as_it_is(official, anthropic_server, body, raw):
    """Bytes are sent as they are and anything else as JSON, whatever the contract says."""
    anthropic_server.answer_next(200, body=body)

    assert raw == official.models.with_raw_response.retrieve(EXAMPLE).http_response.content


@pytest.mark.breaks_contract("the version is empty once")
def test_a_planned_answer_waits_for_a_good_request(official, anthropic_server):
    """A request that breaks the contract is answered 400 and uses up no planned answer."""
    anthropic_server.answer_next(529)

    with pytest.raises(anthropic.BadRequestError):
        official.models.retrieve(EXAMPLE, extra_headers={"anthropic-version": ""})
    with pytest.raises(anthropic.APIStatusError) as caught:
        official.models.retrieve(EXAMPLE)

    assert caught.value.status_code == 529


def test_each_answer_has_a_request_id_of_its_own(official, anthropic_server):
    """No two answers share an id, and the body of an error repeats the header's."""
    anthropic_server.answer_next(529, times=2)
    seen = set()
    for _ in range(2):
        with pytest.raises(anthropic.APIStatusError) as caught:
            official.models.retrieve(EXAMPLE)
        assert caught.value.request_id == caught.value.body["request_id"]
        seen.add(caught.value.request_id)

    assert len(seen) == 2


@each(
    ("planned", "message"),
    [
        ({"status": 199}, "status to be from 200 to 999, not 199"),
        ({"status": 1000}, "status to be from 200 to 999, not 1000"),
        ({"status": "529"}, "status to be from 200 to 999, not '529'"),
        ({"status": 500, "times": 0}, "times to be 1 or more, not 0"),
        ({"delay": -1}, "delay to be 0 or more seconds, not -1"),
        ({"delay": float("inf")}, "delay to be 0 or more seconds, not inf"),
        ({"drop_after": "body"}, "drop_after to be one of ('request', 'headers', 'half_body'), not 'body'"),
        ({"stall_after": ""}, "stall_after to be one of ('request', 'headers', 'half_body'), not ''"),
        ({"drop_after": "request", "stall_after": "request"}, "stall_after to be None beside drop_after"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(anthropic_server, planned, message):
    """The error names the argument and what it may be, and nothing is planned."""
    with pytest.raises(ValueError, match=re.escape(message)):
        anthropic_server.answer_next(**planned)

    assert anthropic_server.planned == []


def test_a_body_that_json_cannot_say_is_refused_when_it_is_planned(anthropic_server):
    """The error is in the test that made it, and not in the server's thread."""
    with pytest.raises(TypeError, match="set is not JSON serializable"):
        anthropic_server.answer_next(body={1})


def test_what_is_planned_can_be_read_and_taken_back(anthropic_server):
    """`planned` shows each call that no request has come for, as it was written."""
    anthropic_server.answer_next(529, headers={"retry-after": "0"}, body=b"", delay=0.5)

    assert (
        repr(anthropic_server.planned) == "[answer_next(status=529, headers={'retry-after': '0'}, body=b'', delay=0.5)]"
    )
    anthropic_server.planned.clear()
