"""The error tree: who is whose parent, which status is whose, and what the constructors take."""

import anthropic
import httpx
import pytest
from cases import each
from recording import Answer
from statuses import ERROR_OF

import anthropic_models
from anthropic_models import errors

PLAIN = [300, 304, 305, 399, 402, 405, 408, 418, 451, 499, 600, 999]


def test_the_tree_is_the_official_one():
    """Each error is in the docstring's drawing, has the official parents, knows its status; Python's are outside."""
    assert not issubclass(anthropic_models.AnthropicError, (ValueError, TypeError))
    assert {getattr(anthropic_models, name).status_code: name for name in ERROR_OF.values()} == ERROR_OF
    assert issubclass(anthropic_models.OverloadedError, anthropic_models.InternalServerError)
    for name in errors.__all__:
        assert name in errors.__doc__
        parents = [each.__name__ for each in getattr(anthropic_models, name).__mro__]
        if hasattr(anthropic, name):
            assert parents == [each.__name__ for each in getattr(anthropic, name).__mro__]
        assert "AnthropicError" in parents


@each(
    ("status", "name"),
    [
        *ERROR_OF.items(),
        *((status, "InternalServerError") for status in (500, 502, 503, 504, 520, 599)),
        *((status, "APIStatusError") for status in PLAIN),
    ],
)
def test_a_status_raises_exactly_this_error(api, server, status, name):
    """Each status that is not a success raises its own class; any that has none a plain one of its family."""
    server.fallback = Answer(status, "{}")
    with pytest.raises(anthropic_models.APIStatusError) as caught:
        api.retrieve(api.client(max_retries=0))

    assert (type(caught.value).__name__, caught.value.status_code) == (name, status)


def test_errors_can_be_made_by_hand():
    """A caller's test can make each error with the arguments of the official one, with words of its own or without."""
    request = httpx.Request("GET", "https://api.anthropic.com/")
    response = httpx.Response(429, request=request, headers={"request-id": "req_1"})
    made = [
        (anthropic_models.APIError("text", request, body=None), "text"),
        (anthropic_models.APIConnectionError(request=request), "Connection error."),
        (anthropic_models.APIConnectionError(message="text", request=request), "text"),
        (anthropic_models.APITimeoutError(request), "Request timed out."),
        (anthropic_models.APITimeoutError(request=request), "Request timed out."),
        (
            anthropic_models.APIResponseValidationError(response, body={"a": 1}),
            "The response does not match the API's description.",
        ),
        (anthropic_models.APIStatusError("text", response=response, body="body"), "text"),
        (anthropic_models.RateLimitError("text", response=response, body=None), "text"),
    ]

    assert [(each.request, str(each), each.message) for each, _ in made] == [(request, text, text) for _, text in made]
    assert [each.body for each, _ in made[-3:]] == [{"a": 1}, "body", None]
    assert [(each.response, each.request_id, each.status_code) for each, _ in made[-3:]] == [
        (response, "req_1", 429)
    ] * 3
