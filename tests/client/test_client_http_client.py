"""A custom `http_client`: its transport, proxies, hooks and settings are used and not changed."""

import http
import importlib
import json
import socket
import sys
import threading
import traceback

import httpx
import pytest
from cases import each
from recording import MODEL, Answer, Drop

from anthropic_models import (
    DEFAULT_TIMEOUT,
    APIConnectionError,
    APITimeoutError,
    DefaultAioHttpClient,
    DefaultAsyncHttpxClient,
    DefaultHttpxClient,
    Omit,
    types,
)


def test_its_transport_carries_the_request(api, server):
    """The request goes through the transport of the given client only, in the caller's thread."""
    threads = []

    def handle(request):
        threads.append(threading.current_thread())
        return httpx.Response(200, json={**MODEL, "id": request.url.path})

    for kind in (api.http_class, api.default_class):
        client = api.client(http_client=kind(transport=httpx.MockTransport(handle)))
        assert api.retrieve(client, "x").id == "/v1/models/x"

    assert (threads, server.requests) == ([threading.current_thread()] * 2, [])


@pytest.mark.breaks_contract("a proxy gets the absolute URL")
def test_its_mounts_and_proxies_are_used(api, server):
    """The request goes to the proxy of the given client instead of the API's address."""
    api.retrieve(api.client(base_url="http://api.invalid", http_client=api.http_class(proxy=server.url)))

    assert server.last.target == "http://api.invalid/v1/models/m"


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in these pieces; its asynchronous iterator is a minimal one."""

    def __init__(self, *pieces):
        self._pieces = pieces

    def __iter__(self):
        return iter(self._pieces)

    def __aiter__(self):
        return PlainIterator(self._pieces)


class PlainIterator:
    """An asynchronous iterator with `__anext__` alone."""

    def __init__(self, pieces):
        self._pieces = iter(pieces)

    async def __anext__(self):
        for piece in self._pieces:
            return piece
        raise StopAsyncIteration


def test_its_transport_or_a_hook_may_replace_the_body(api):
    """A replaced body is used as it is, even if a header names a compression."""
    text = json.dumps(MODEL).encode()
    other = {"stream": Pieces(b"another"), "headers": {"content-encoding": "gzip"}}
    hooks = {"response": [api.hook(lambda response: setattr(response, "stream", Pieces(text[:9], text[9:])))]}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, **other))
    client = api.client(http_client=api.http_class(transport=transport, event_hooks=hooks))

    assert api.retrieve(client).id == MODEL["id"]
    with api.streamed(client) as response:
        assert api.run(response.parse()).id == MODEL["id"]


def test_its_hooks_are_called(api, server):
    """Its event hooks get every request and response; no repr of a request shows the credential."""
    seen = []
    hooks = {"request": [api.hook(seen.append)], "response": [api.hook(seen.append)]}
    server.plan(Answer(308, "", {"location": "/v1/models/elsewhere"}))
    api.retrieve(api.client(http_client=api.http_class(event_hooks=hooks, follow_redirects=True)))

    assert [type(each).__name__ for each in seen] == ["Request", "Response", "Request", "Response"]
    assert "sk-test-key" not in repr([each.headers for each in seen])


class Twice(httpx.Auth):
    """Sends every request twice."""

    def auth_flow(self, request):
        yield request
        yield request


def test_history_has_the_redirects_and_the_steps_of_auth(api, server):
    """`history` lists all responses before the last one in order, as in httpx."""
    server.plan(Answer(), Answer(307, "", {"location": "b"}), Answer(), Answer(307, "", {"location": "c"}))
    client = api.client(http_client=api.http_class(auth=Twice(), follow_redirects=True))
    raw = api.run(client.models.with_raw_response.retrieve("a"))
    history = [(response.url.path[-1], response.status_code) for response in raw.http_response.history]

    assert history == [("a", 200), ("a", 307), ("b", 200), ("b", 307), ("c", 200)]


class Gateway(httpx.Auth):
    """Adds a header."""

    def auth_flow(self, request):
        request.headers["x-gateway-token"] = "token"
        yield request


def test_its_headers_parameters_and_auth_are_used_and_not_changed(api, server):
    """Its headers and parameters are sent unless the client or the call sets them; its `auth` adds a header."""
    own = {"X-Theirs": "yes", "Host": "vhost.example", "Accept-Encoding": "identity", "Connection": "close"}
    theirs = api.http_class(
        headers={**own, "User-Agent": "theirs"},
        params={"theirs": "1"},
        auth=Gateway(),
        base_url="http://theirs.invalid",
        timeout=7,
    )
    before = (dict(theirs.headers), theirs.timeout, theirs.base_url, theirs.params)
    api.retrieve(api.client(http_client=theirs), extra_query={"ours": 2})

    assert ({name: server.last.header(name) for name in own}, server.last.query) == (own, "theirs=1&ours=2")
    assert server.last.header("user-agent").startswith("anthropic-models/")
    assert (server.last.header("x-gateway-token"), server.last.header("x-api-key")) == ("token", "sk-test-key")
    assert (dict(theirs.headers), theirs.timeout, theirs.base_url, theirs.params) == before


def test_omit_removes_a_header_of_the_http_client_too(api, server):
    """As it does one of the package's own."""
    client = api.client(http_client=api.http_class(headers={"X-Theirs": "yes", "X-Api-Key": "theirs"}))
    api.retrieve(client, extra_headers={"X-Theirs": Omit(), "X-Api-Key": Omit(), "Authorization": "Bearer ours"})

    assert server.last.values("x-theirs") == server.last.values("x-api-key") == []


def test_only_codings_that_can_be_decoded_are_accepted(api, server):
    """The given HTTP client's `Accept-Encoding` is replaced if it lists a coding that cannot be decoded."""
    for theirs, sent in (("gzip, br", "gzip, deflate"), ("gzip, Deflate", "gzip, Deflate")):
        api.retrieve(api.client(http_client=api.http_class(headers={"Accept-Encoding": theirs})))
        assert server.last.header("accept-encoding") == sent


class FrozenError(Exception):
    """An exception that can be neither changed nor printed."""

    exceptions = 3

    def __setattr__(self, name, value):
        assert name.startswith("__")
        super().__setattr__(name, value)

    def __str__(self):
        raise ValueError


def test_an_exception_of_its_transport_becomes_the_cause_unchanged(api):
    """The cause keeps its arguments and its traceback."""
    value = http.HTTPMethod.GET  # an instance of a subclass of str
    for cause in (RuntimeError(value), FrozenError(value)):

        def handle(_, cause=cause):
            try:
                raise KeyError
            except KeyError as first:
                raise cause from first

        client = api.client(http_client=api.http_class(transport=httpx.MockTransport(handle)))
        with pytest.raises(APIConnectionError) as caught:
            api.retrieve(client)

        assert caught.value.__cause__ is cause
        assert cause.args[0] is value
        for error in (cause, cause.__cause__):
            assert [frame.name for frame in traceback.extract_tb(error.__traceback__)] == ["handle"]


@each("kind", [DefaultHttpxClient, DefaultAsyncHttpxClient, DefaultAioHttpClient])
def test_default_clients_have_the_defaults(kind):
    """The `Default…` clients are httpx clients with a timeout of 60 s that follow redirects; arguments change both."""
    default, given = kind(), kind(timeout=3, follow_redirects=False)

    assert issubclass(kind, httpx.Client if kind is DefaultHttpxClient else httpx.AsyncClient)
    assert (default.timeout, default.follow_redirects) == (DEFAULT_TIMEOUT, True)
    assert (given.timeout, given.follow_redirects) == (httpx.Timeout(3), False)


@pytest.mark.parametrize("api", ["async"], indirect=True)
def test_calls_work_through_aiohttp(api, server, naps):
    """Retries, raw and streaming responses work; errors show no key, and a refused connection is not a timeout."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        refusing = f"http://127.0.0.1:{closed.getsockname()[1]}"
    server.plan(Answer(500, "{}"))
    client = api.client(http_client=DefaultAioHttpClient())
    model = api.retrieve(client, betas=["a"])
    raw = api.run(client.models.with_raw_response.retrieve("m")).parse()
    with api.streamed(client) as response:
        streamed = api.run(response.parse())
    for url, response in ((server.url, Drop), (server.url, b"nonsense"), (refusing, None)):
        server.fallback = response
        with pytest.raises(APIConnectionError) as caught:
            api.retrieve(client.copy(base_url=url))
        causes = [caught.value.__cause__, caught.value.__cause__.__cause__]
        assert not isinstance(caught.value, APITimeoutError)
        assert client.api_key not in repr([*causes, *map(vars, causes)])

    assert isinstance(model, types.ModelInfo)
    assert model == raw == streamed
    assert naps == [0.5, *[0.5, 1] * 3]


def test_the_aiohttp_client_reports_a_missing_extra(monkeypatch):
    """Without the extra, the class can be imported, and making an instance raises an error with the pip command."""
    monkeypatch.setitem(sys.modules, "httpx_aiohttp", None)
    monkeypatch.delitem(sys.modules, "anthropic_models.aiohttp_client")
    without = importlib.import_module("anthropic_models.aiohttp_client")

    with pytest.raises(RuntimeError, match=r"`aiohttp` extra: pip install 'anthropic-models\[aiohttp\]'"):
        without.DefaultAioHttpClient()
    assert issubclass(without.DefaultAioHttpClient, httpx.AsyncClient)
