"""Which timeout holds, and what happens when it has passed."""

import math

import httpx
import pytest
from cases import each
from recording import Answer, Hold

from anthropic_models import DEFAULT_TIMEOUT, APITimeoutError, Timeout

OF_HTTPX = httpx.Timeout(5.0)


@each(
    ("of_http_client", "of_client", "of_call", "expected"),
    [
        ({}, {}, {}, DEFAULT_TIMEOUT),
        ({"timeout": OF_HTTPX}, {}, {}, DEFAULT_TIMEOUT),
        ({"timeout": None}, {}, {}, None),
        ({"timeout": 9}, {}, {}, 9),
        ({"timeout": 9}, {"timeout": 7}, {}, 7),
        ({"timeout": 9}, {"timeout": None}, {}, None),
        ({"timeout": 9}, {"timeout": 7}, {"timeout": 3}, 3),
        ({}, {"timeout": 7}, {"timeout": None}, None),
        ({}, {"timeout": None}, {"timeout": 3}, 3),
        ({}, {"timeout": 7}, {"timeout": Timeout(3, connect=1)}, Timeout(3, connect=1)),
    ],
)
def test_the_nearest_timeout_wins(api, of_http_client, of_client, of_call, expected):
    """The call's timeout, else the client's, else that of the `http_client` unless httpx chose it, else the default."""
    seen = {}

    def handle(request: httpx.Request) -> httpx.Response:
        seen.update(request.extensions["timeout"])
        return httpx.Response(200, json=Answer().body)

    http_client = api.http_class(transport=httpx.MockTransport(handle), **of_http_client)
    api.retrieve(api.client(http_client=http_client, **of_client), **of_call)
    # What is left of the whole attempt bounds each step, so a part of a second is gone by now.
    asked = {step: value if value is None else math.ceil(value) for step, value in seen.items()}

    assert asked == httpx.Timeout(expected).as_dict()


@each(("of_client", "of_call", "seconds"), [(0.01, {}, "0.01"), (60, {"timeout": 0.02}, "0.02")])
def test_no_answer_in_time_is_a_timeout_error(api, server, of_client, of_call, seconds):
    """A server that does not answer costs one timeout: `APITimeoutError`, whose message says after how many seconds."""
    server.fallback = Hold
    with pytest.raises(APITimeoutError, match=f"timed out.* {seconds} seconds") as caught:
        api.retrieve(api.client(timeout=of_client, max_retries=0), **of_call)

    assert isinstance(caught.value.__cause__, httpx.TimeoutException)
