"""Errors: where their classes begin and end, and what their messages quote."""

from __future__ import annotations

import httpx

from anthropic_models import (
    APIResponseValidationError,
    APIStatusError,
    BadRequestError,
    InternalServerError,
    NotFoundError,
    OverloadedError,
    RateLimitError,
)
from anthropic_models.errors import capped

REQUEST = httpx.Request("GET", "http://models.test/")


def test_every_status_from_500_to_599_is_the_servers():
    """But 529, which has a class of its own; what is below and above is a status and no more."""
    statuses = (400, 404, 418, 429, 499, 500, 501, 529, 598, 599, 600)

    assert {status: APIStatusError.of_status(status) for status in statuses} == {
        400: BadRequestError,
        404: NotFoundError,
        418: APIStatusError,
        429: RateLimitError,
        499: APIStatusError,
        500: InternalServerError,
        501: InternalServerError,
        529: OverloadedError,
        598: InternalServerError,
        599: InternalServerError,
        600: APIStatusError,
    }


def test_a_message_quotes_two_thousand_and_forty_eight_characters():
    """As many are quoted whole; of more, these, and how many there were."""
    assert [capped(""), capped("x" * 2048)] == ["", "x" * 2048]
    assert capped("x" * 2048 + "y") == "x" * 2048 + "… (2049 characters)"


def test_an_error_made_by_hand_has_what_it_was_given():
    """Message, body, request, and of the response its status and its `request-id`."""
    response = httpx.Response(404, headers={"request-id": "req_1"}, request=REQUEST)
    refused = NotFoundError("gone", response=response, body={"a": 1})
    strange = APIResponseValidationError(response, [1], message="odd")

    for error, message, body in ((refused, "gone", {"a": 1}), (strange, "odd", [1])):
        assert (str(error), error.message, error.body) == (message, message, body)
        assert (error.request, error.response, error.status_code, error.request_id) == (REQUEST, response, 404, "req_1")
    assert (refused.retry_after, refused.is_retryable, strange.is_retryable) == (None, False, False)
