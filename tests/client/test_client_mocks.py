"""Tools that stand in for httpx in a user's tests see the calls of a client that has no `http_client`."""

import httpx
import pytest
import respx
from pytest_httpx import HTTPXMock
from recording import MODEL

from anthropic_models import APITimeoutError, NotFoundError

URL = "https://api.anthropic.com/v1/models/m"


def test_respx_answers_a_default_client(api):
    """Under respx a default client reaches no network: it gets the mocked answer, and respx the request."""
    client = api.client(base_url="https://api.anthropic.com")
    with respx.mock() as router:
        route = router.get(URL).mock(return_value=httpx.Response(200, json=MODEL))
        model = api.retrieve(client, betas=["a"])

    assert model.id == MODEL["id"]
    assert route.calls.last.request.headers["anthropic-beta"] == "a"


def test_respx_errors_are_those_of_the_network(api, naps):
    """Statuses and exceptions that respx makes are retried and raised like real ones."""
    client = api.client(base_url="https://api.anthropic.com")
    with respx.mock() as router:
        route = router.get(URL)
        route.side_effect = [httpx.ConnectTimeout, httpx.Response(500), httpx.Response(404, json={})]
        with pytest.raises(NotFoundError):
            api.retrieve(client)
        route.side_effect = httpx.ReadTimeout
        with pytest.raises(APITimeoutError):
            api.retrieve(client)

    assert naps == [0.5, 1, 0.5, 1]


def test_a_client_is_itself_again_after_respx(api, server):
    """A client that was used under respx reaches the real server afterwards, and before."""
    client = api.client()
    api.retrieve(client)
    with respx.mock() as router:
        router.get(url__startswith=server.url).mock(return_value=httpx.Response(200, json={**MODEL, "id": "mocked"}))
        mocked = api.retrieve(client)
    real = api.retrieve(client)

    assert (mocked.id, real.id, len(server.requests)) == ("mocked", MODEL["id"], 2)


def test_pytest_httpx_answers_a_default_client(api, httpx_mock: HTTPXMock):
    """With pytest-httpx a default client reaches no network either."""
    httpx_mock.add_response(url=URL, json=MODEL)
    model = api.retrieve(api.client(base_url="https://api.anthropic.com"))

    assert model.id == MODEL["id"]
    assert httpx_mock.get_request().headers["x-api-key"] == "sk-test-key"


def test_pytest_httpx_serves_streaming_responses(api, httpx_mock: HTTPXMock):
    """A streaming response can be mocked too."""
    httpx_mock.add_response(url=URL, json=MODEL)
    client = api.client(base_url="https://api.anthropic.com")
    model = api.inside(client.models.with_streaming_response.retrieve("m"), lambda response: response.parse())

    assert model.id == MODEL["id"]
