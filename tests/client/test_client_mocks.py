"""Tools that stand in for httpx in a user's tests see the calls of a client that has no `http_client`."""

import contextlib
import json
import pathlib
import tempfile

import httpx
import pook
import pytest
import respx
import vcr
from pytest_httpx import HTTPXMock
from recording import MODEL

from anthropic_models import APITimeoutError, DefaultAsyncHttpxClient, DefaultHttpxClient, NotFoundError

URL = "https://api.anthropic.com/v1/models/m"
MOCKED = {**MODEL, "id": "mocked"}


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


@contextlib.contextmanager
def _respx(server):
    with respx.mock() as router:
        router.get(url__startswith=server.url).mock(return_value=httpx.Response(200, json=MOCKED))
        yield


@contextlib.contextmanager
def _pook(server):
    with pook.use():
        pook.get(f"{server.url}/v1/models/m", reply=200, response_json=MOCKED, times=9)
        yield


@contextlib.contextmanager
def _vcrpy(server):
    with tempfile.TemporaryDirectory() as folder:
        cassette = pathlib.Path(folder) / "cassette.yaml"
        body = {"string": json.dumps(MOCKED)}
        response = {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": body}
        request = {"method": "GET", "uri": f"{server.url}/v1/models/m", "body": None, "headers": {}}
        exchange = {"request": request, "response": response}
        cassette.write_text(json.dumps({"version": 1, "interactions": [exchange] * 9}), encoding="utf-8")
        with vcr.use_cassette(str(cassette), record_mode="none"):
            yield


@contextlib.contextmanager
def _replaced_transport(server):
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=MOCKED))
    with pytest.MonkeyPatch.context() as patch:
        for kind in (httpx.Client, httpx.AsyncClient):
            patch.setattr(kind, "_transport_for_url", lambda self, url: transport)
        yield


@pytest.mark.parametrize("tool", [_respx, _pook, _vcrpy, _replaced_transport])
def test_a_client_is_itself_again_after_a_mock(api, server, tool):
    """One that was made before, and one that is made meanwhile, are mocked and reach the real server afterwards."""
    before = api.client()
    real = [api.retrieve(before).id]
    with tool(server):
        meanwhile = api.client()
        streamed = meanwhile.models.with_streaming_response.retrieve("m")
        mocked = [api.retrieve(client).id for client in (before, meanwhile)]
        mocked.append(api.inside(streamed, lambda response: response.parse()).id)
    real += [api.retrieve(client).id for client in (before, meanwhile)]

    assert (mocked, real) == (["mocked"] * 3, [MODEL["id"]] * 3)
    assert len(server.requests) == 3


def test_a_class_in_the_place_of_httpxs_is_heeded(api, server, monkeypatch):
    """What a tool puts there, as OpenTelemetry 0.48 does, is what clients are; older ones are still taken."""
    name, made = api.http_class.func.__name__, []
    older = api.http_class()

    class Watched(getattr(httpx, name)):
        def __init__(self, **settings) -> None:
            super().__init__(**settings)
            made.append(self)

    monkeypatch.setattr(httpx, name, Watched)
    default = DefaultAsyncHttpxClient if api.is_async else DefaultHttpxClient
    clients = [api.client(), api.client(http_client=default()), api.client(http_client=older)]

    assert [api.retrieve(client).id for client in clients] == [MODEL["id"]] * 3
    assert [isinstance(each, default) for each in made] == [True, True]


def test_a_mock_transport_answers(api, server):
    """`httpx.MockTransport` in a `Default…` client, as in one of httpx's own; nothing reaches the network."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=MOCKED))
    default = DefaultAsyncHttpxClient if api.is_async else DefaultHttpxClient
    clients = [api.client(http_client=kind(transport=transport)) for kind in (default, api.http_class)]

    assert [api.retrieve(client).id for client in clients] == ["mocked", "mocked"]
    assert server.requests == []


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
