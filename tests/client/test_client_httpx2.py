"""httpx2, the maintained fork of httpx, is accepted wherever httpx is; and which timeout applies."""

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
def test_requests_and_responses_belong_to_the_library_of_the_http_client(api, server, library):
    """Raw responses and errors have its requests and responses; the cause of a connection error is its exception."""
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
def test_its_timeout_and_url_are_accepted(api, server, library):
    """A client, a copy, a call and an attribute accept them, and the `http_client`'s timeout applies."""
    timeout = library.Timeout(9, connect=1)
    given = api.client(http_client=_http_client(api, library, timeout=9))
    client = api.client(base_url=library.URL(server.url), timeout=timeout)
    client.base_url = library.URL(f"{server.url}/v1")
    api.retrieve(client, timeout=library.Timeout(9))

    assert [each.timeout.read for each in (client, api.client().with_options(timeout=timeout), given)] == [9, 9, 9]
    assert [request.target for request in server.requests] == ["/v1/models/m"]
    assert client.base_url == httpx.URL(f"{server.url}/")


@each(
    ("http_settings", "settings", "arguments", "expected"),
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
def test_the_most_specific_timeout_wins(api, http_settings, settings, arguments, expected):
    """The call's wins, then the client's, then the `http_client`'s unless it is httpx's default, then our default."""
    seen = {}

    def handle(request):
        seen.update(request.extensions["timeout"])
        return httpx.Response(200, json=Answer().body)

    http_client = api.http_class(transport=httpx.MockTransport(handle), **http_settings)
    api.retrieve(api.client(http_client=http_client, **settings), **arguments)
    # Each step gets the rest of the attempt's timeout, so a fraction of a second is missing.
    used = {step: value if value is None else math.ceil(value) for step, value in seen.items()}

    assert used == httpx.Timeout(expected).as_dict()
