"""Tools that mock httpx in a user's tests also mock the calls of a client without an `http_client`."""

import contextlib
import json

import httpx
import pook
import pytest
import respx
import vcr
from recording import MODEL

from anthropic_models import APITimeoutError, NotFoundError

URL = "https://api.anthropic.com/v1/models/m"
MOCKED = {**MODEL, "id": "mocked"}


def test_errors_of_respx_are_handled_like_real_ones(api, naps):
    """Statuses and exceptions of respx are retried and raised like real ones; respx records the requests."""
    client = api.client(base_url="https://api.anthropic.com")
    with respx.mock() as router:
        route = router.get(URL)
        route.side_effect = [httpx.ConnectTimeout, httpx.Response(500), httpx.Response(404, json={})]
        with pytest.raises(NotFoundError):
            api.retrieve(client, betas=["a"])
        assert route.calls.last.request.headers["anthropic-beta"] == "a"
        route.side_effect = httpx.ReadTimeout
        with pytest.raises(APITimeoutError):
            api.retrieve(client)

    assert naps == [0.5, 1, 0.5, 1]


@contextlib.contextmanager
def _respx(url, _folder):
    with respx.mock() as router:
        router.get(url).mock(return_value=httpx.Response(200, json=MOCKED))
        yield


@contextlib.contextmanager
def _pook(url, _folder):
    with pook.use():
        pook.get(url, reply=200, response_json=MOCKED, times=9)
        yield


@contextlib.contextmanager
def _vcrpy(url, folder):
    status, body = {"code": 200, "message": "OK"}, {"string": json.dumps(MOCKED)}
    request = {"method": "GET", "uri": url, "body": None, "headers": {}}
    exchange = {"request": request, "response": {"status": status, "headers": {}, "body": body}}
    cassette = folder / "cassette.yaml"
    cassette.write_text(json.dumps({"version": 1, "interactions": [exchange] * 9}), encoding="utf-8")
    with vcr.use_cassette(str(cassette), record_mode="none"):
        yield


@contextlib.contextmanager
def _replaced_transport(_url, _folder):
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=MOCKED))
    with pytest.MonkeyPatch.context() as patch:
        for kind in (httpx.Client, httpx.AsyncClient):
            patch.setattr(kind, "_transport_for_url", lambda self, url: transport)
        yield


@contextlib.contextmanager
def _replaced_send(_url, _folder):
    async def send(*_, **__):
        return httpx.Response(200, json=MOCKED)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx.Client, "send", lambda *_, **__: httpx.Response(200, json=MOCKED))
        patch.setattr(httpx.AsyncClient, "send", send)
        yield


@pytest.mark.parametrize("tool", [_respx, _pook, _vcrpy, _replaced_transport, _replaced_send])
def test_a_client_works_again_after_a_mock(api, server, tmp_path, tool):
    """A client that was made before or during the mock is mocked, and reaches the real server afterwards."""
    before = api.client()
    real = [api.retrieve(before).id]
    with tool(f"{server.url}/v1/models/m", tmp_path):
        meanwhile = api.client()
        mocked = [api.retrieve(client).id for client in (before, meanwhile)]
        with api.streamed(meanwhile) as response:
            mocked.append(api.run(response.parse()).id)
    real += [api.retrieve(client).id for client in (before, meanwhile)]

    assert (mocked, real) == (["mocked"] * 3, [MODEL["id"]] * 3)
    assert len(server.requests) == 3


def test_pytest_httpx_mocks_a_default_client(api, httpx_mock):
    """With pytest-httpx a default client sends nothing to the network; a streaming response can be mocked too."""
    httpx_mock.add_response(url=URL, json=MODEL, is_reusable=True)
    client = api.client(base_url="https://api.anthropic.com")
    with api.streamed(client) as response:
        assert api.retrieve(client) == api.run(response.parse())
    assert [request.headers["x-api-key"] for request in httpx_mock.get_requests()] == ["sk-test-key"] * 2


def test_a_replaced_httpx_class_is_used(api, server, monkeypatch):
    """If a tool replaces `httpx.Client`, as OpenTelemetry 0.48 does, new clients use it; older ones still work."""
    name, made = api.http_class.func.__name__, []
    older = api.http_class()

    class Watched(getattr(httpx, name)):
        def __init__(self, **settings):
            super().__init__(**settings)
            made.append(self)

    monkeypatch.setattr(httpx, name, Watched)
    clients = [api.client(), api.client(http_client=api.default_class()), api.client(http_client=older)]

    assert [api.retrieve(client).id for client in clients] == [MODEL["id"]] * 3
    assert [isinstance(each, api.default_class) for each in made] == [True, True]
