"""What errors say, word for word: people search for these sentences."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx
import pytest

from anthropic_models import (
    Anthropic,
    AnthropicError,
    APIConnectionError,
    APIResponseValidationError,
    APITimeoutError,
    AsyncAnthropic,
)

REQUEST = httpx.Request("GET", "http://models.test/v1/models/m")


def test_an_error_made_by_hand_says_what_it_is():
    """Each kind has words of its own where none are given."""
    response = httpx.Response(200, request=REQUEST)

    assert str(APIConnectionError(request=REQUEST)) == "Connection error."
    assert str(APITimeoutError(REQUEST)) == "Request timed out."
    assert str(APIResponseValidationError(response, None)) == "The response does not match the API's description."


def test_a_cause_without_words_is_told_by_its_kind(api: Any):
    """A hook, or httpx, may raise an error that says nothing."""
    told = {}
    for cause in (ValueError(), httpx.ReadTimeout("")):

        def fail(_: httpx.Request, cause: Exception = cause) -> httpx.Response:
            raise cause

        http = api.http_class(transport=httpx.MockTransport(fail))
        with pytest.raises(AnthropicError) as caught:
            api.retrieve(api.client(http_client=http, max_retries=0))
        told[type(caught.value)] = str(caught.value)

    assert told == {
        APIConnectionError: "Connection error: ValueError",
        APITimeoutError: "Request timed out: no response within 60 seconds (read)",
    }


def test_a_closed_client_says_what_to_do(api: Any):
    """And shows the request that was not sent."""
    client = api.client()
    api.run(client.close())
    with pytest.raises(APIConnectionError) as caught:
        api.retrieve(client)

    assert str(caught.value) == "The client is closed; create a new one."
    assert caught.value.request.url.path == "/v1/models/m"
    assert caught.value.request.headers["x-stainless-retry-count"] == "0"


@pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])
def test_a_client_says_how_to_be_copied(kind: Any):
    """Copying and pickling it are refused: a copy of it would show the credential to whoever reads it."""
    client = kind(api_key="k", base_url="http://models.test/path")

    for duplicate in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError) as caught:
            duplicate(client)
        assert str(caught.value) == (
            f"{kind.__name__} cannot be pickled or copied this way: it holds a credential; use .copy()"
        )


@pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])
def test_a_client_is_shown_by_its_address(kind: Any):
    """Half-made too, as a traceback of a refused argument may show it."""
    assert repr(kind(api_key="k", base_url="http://models.test/path")) == (
        f"{kind.__name__}(base_url='http://models.test/path/')"
    )
    assert repr(kind.__new__(kind)) == f"{kind.__name__}(base_url='')"
