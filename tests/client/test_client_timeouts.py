"""Which timeout holds, and what happens when it has passed."""

import math

import httpx
import pytest
from cases import each
from recording import Answer, Hold

from anthropic_models import DEFAULT_TIMEOUT, APITimeoutError, Timeout

OF_HTTPX = httpx.Timeout(5.0)


def _steps(timeout) -> dict[str, float | None]:
    return httpx.Timeout(timeout).as_dict()


def _asked(api, *, of_http_client="none", of_client="none", of_call="none") -> dict[str, float | None]:
    """The whole seconds for each step that reach the transport of an `http_client`."""
    seen = {}

    def handle(request: httpx.Request) -> httpx.Response:
        seen.update(request.extensions["timeout"])
        return httpx.Response(200, json=Answer().body)

    settings = {} if of_http_client == "none" else {"timeout": of_http_client}
    http_client = api.http_class(transport=httpx.MockTransport(handle), **settings)
    client = api.client(http_client=http_client, **({} if of_client == "none" else {"timeout": of_client}))
    api.retrieve(client, **({} if of_call == "none" else {"timeout": of_call}))
    # What is left of the whole attempt bounds each step, so a part of a second is gone by now.
    return {step: value if value is None else math.ceil(value) for step, value in seen.items()}


@each(
    ("settings", "expected"),
    [
        ({}, DEFAULT_TIMEOUT),
        ({"of_http_client": OF_HTTPX}, DEFAULT_TIMEOUT),
        ({"of_http_client": None}, None),
        ({"of_http_client": 9}, 9),
        ({"of_http_client": 9, "of_client": 7}, 7),
        ({"of_http_client": 9, "of_client": None}, None),
        ({"of_http_client": 9, "of_client": 7, "of_call": 3}, 3),
        ({"of_client": 7, "of_call": None}, None),
        ({"of_client": None, "of_call": 3}, 3),
        ({"of_client": 7, "of_call": Timeout(3, connect=1)}, Timeout(3, connect=1)),
    ],
)
def test_the_nearest_timeout_wins(api, settings, expected):
    """The call's timeout, else the client's, else that of the `http_client` unless httpx chose it, else the default."""
    assert _asked(api, **settings) == _steps(expected)


def test_a_copy_heeds_timeout_none(api):
    """`with_options(timeout=None)` waits for ever, though the parent does not."""
    assert api.client(timeout=1).with_options(timeout=None).timeout is None


@pytest.mark.parametrize(
    ("of_client", "of_call", "seconds"), [(0.01, None, "0.01"), (0.01, 0.02, "0.02"), (60, 0.02, "0.02")]
)
def test_no_answer_in_time_is_a_timeout_error(api, server, of_client, of_call, seconds):
    """A server that does not answer costs one timeout: `APITimeoutError`, whose message says after how many seconds."""
    server.fallback = Hold
    call = {} if of_call is None else {"timeout": of_call}
    with pytest.raises(APITimeoutError, match=f"timed out.* {seconds} seconds") as caught:
        api.retrieve(api.client(timeout=of_client, max_retries=0), **call)

    assert isinstance(caught.value.__cause__, httpx.TimeoutException)
