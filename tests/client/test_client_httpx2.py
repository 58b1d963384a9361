"""httpx2, the maintained fork of httpx, is taken where httpx is, and is what comes back; which timeout holds."""

import math

import httpx
import httpx2
import pytest
from cases import each
from recording import Answer, Drop
from trust import TLS

from anthropic_models import DEFAULT_TIMEOUT, APIConnectionError, NotFoundError, Timeout

BOTH = each("library", [httpx, httpx2])


def _http_client(api, library, **settings):
    return (library.AsyncClient if api.is_async else library.Client)(verify=TLS, **settings)


@BOTH
def test_what_comes_back_is_of_the_library_of_the_http_client(api, server, library):
    """The request and response of an answer and of an error, and the cause of an error without one."""
    server.plan(Answer(), Answer(404, {}), Drop)
    client = api.client(http_client=_http_client(api, library), max_retries=0)
    raw = api.run(client.models.with_raw_response.retrieve("m"))
    with pytest.raises(NotFoundError) as missing:
        api.retrieve(client)
    with pytest.raises(APIConnectionError) as dropped:
        api.retrieve(client)

    found = [raw.http_request, raw.http_response, missing.value.request, missing.value.response, dropped.value.request]
    kinds = [library.Request, library.Response, library.Request, library.Response, library.Request]
    assert [type(value) for value in found] == kinds
    assert isinstance(dropped.value.__cause__, library.RemoteProtocolError)
    assert raw.parse() == api.retrieve(client)


@BOTH
def test_its_timeout_and_url_are_taken(api, server, library):
    """For the client, for a copy, from an `http_client`; for one call; when the client is made and later."""
    timeout = library.Timeout(9, connect=1)
    given = api.client(http_client=_http_client(api, library, timeout=9))
    client = api.client(base_url=library.URL(server.url), timeout=timeout)
    client.base_url = library.URL(f"{server.url}/v1")
    api.retrieve(client, timeout=library.Timeout(9))

    assert [each.timeout.read for each in (client, api.client().with_options(timeout=timeout), given)] == [9, 9, 9]
    assert [request.target for request in server.requests] == ["/v1/models/m"]
    assert client.base_url == httpx.URL(f"{server.url}/")


@each(
    ("of_http_client", "of_client", "of_call", "expected"),
    [
        ({}, {}, {}, DEFAULT_TIMEOUT),
        ({"timeout": httpx.Timeout(5)}, {}, {}, DEFAULT_TIMEOUT),
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

    def handle(request):
        seen.update(request.extensions["timeout"])
        return httpx.Response(200, json=Answer().body)

    http_client = api.http_class(transport=httpx.MockTransport(handle), **of_http_client)
    api.retrieve(api.client(http_client=http_client, **of_client), **of_call)
    # What is left of the whole attempt bounds each step, so a part of a second is gone by now.
    asked = {step: value if value is None else math.ceil(value) for step, value in seen.items()}

    assert asked == httpx.Timeout(expected).as_dict()
