"""A custom `http_client` is honoured: its transport, proxies, hooks, limits; and left as it was."""

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
    types,
)


def test_its_transport_carries_the_request(api, server):
    """Through the transport of the given client and nowhere else, in the caller's own thread."""
    threads = []

    def handle(request):
        threads.append(threading.current_thread())
        return httpx.Response(200, json={**MODEL, "id": request.url.path})

    for kind in (api.http_class, api.default_class):
        client = api.client(http_client=kind(transport=httpx.MockTransport(handle)))
        assert api.retrieve(client, "x").id == "/v1/models/x"

    assert (threads, server.requests) == ([threading.current_thread()] * 2, [])


@pytest.mark.breaks_contract("a proxy is asked by the whole URL")
def test_its_mounts_and_proxies_are_used(api, server):
    """A proxy of the given client is asked instead of the API's own address."""
    api.retrieve(api.client(base_url="http://api.invalid", http_client=api.http_class(proxy=server.url)))

    assert server.last.target == "http://api.invalid/v1/models/m"


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in these pieces; asynchronously by an iterator of the plainest kind."""

    def __init__(self, *pieces):
        self._pieces = pieces

    def __iter__(self):
        return iter(self._pieces)

    def __aiter__(self):
        return Turns(self._pieces)


class Turns:
    """Has nothing but `__anext__`."""

    def __init__(self, pieces):
        self._pieces = iter(pieces)

    async def __anext__(self):
        for piece in self._pieces:
            return piece
        raise StopAsyncIteration


def test_its_transport_or_a_hook_may_replace_the_body(api):
    """One that is decoded already is taken as it is, though a header names a compression; so is a plain iterable."""
    text = json.dumps(MODEL).encode()
    other = {"stream": Pieces(b"another"), "headers": {"content-encoding": "gzip"}}
    hooks = {"response": [api.hook(lambda response: setattr(response, "stream", Pieces(text[:9], text[9:])))]}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, **other))
    client = api.client(http_client=api.http_class(transport=transport, event_hooks=hooks))

    assert api.retrieve(client).id == MODEL["id"]
    with api.streamed(client) as response:
        assert api.run(response.parse()).id == MODEL["id"]


def test_its_hooks_are_called(api, server):
    """Its event hooks see every request, with the credential still unshown, and every response."""
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
    """All responses before the last one, in their order, as with httpx."""
    server.plan(Answer(), Answer(307, "", {"location": "b"}), Answer(), Answer(307, "", {"location": "c"}))
    client = api.client(http_client=api.http_class(auth=Twice(), follow_redirects=True))
    raw = api.run(client.models.with_raw_response.retrieve("a"))
    history = [(response.url.path[-1], response.status_code) for response in raw.http_response.history]

    assert history == [("a", 200), ("a", 307), ("b", 200), ("b", 307), ("c", 200)]


class Gateway(httpx.Auth):
    """Adds a header of the caller's own."""

    def auth_flow(self, request):
        request.headers["x-gateway-token"] = "token"
        yield request


def test_its_headers_parameters_and_auth_are_used_and_left_as_they_were(api, server):
    """Its headers and parameters are sent where neither the client nor the call has them; its `auth` adds its own."""
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


def test_no_coding_is_accepted_that_cannot_be_decoded(api, server):
    """Whatever the given HTTP client would decode."""
    for theirs, sent in (("gzip, br", "gzip, deflate"), ("gzip, Deflate", "gzip, Deflate")):
        api.retrieve(api.client(http_client=api.http_class(headers={"Accept-Encoding": theirs})))
        assert server.last.header("accept-encoding") == sent


class FrozenError(Exception):
    """Cannot be changed or printed."""

    exceptions = 3

    def __setattr__(self, name, value):
        assert name.startswith("__")
        super().__setattr__(name, value)

    def __str__(self):
        raise ValueError


def test_an_exception_of_its_transport_or_hook_is_the_cause_as_it_is(api):
    """With its own values, and the place where it was raised."""
    value = http.HTTPMethod.GET  # a str, but not only that
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
    """The `Default…` clients are httpx clients with 60 s, redirects followed; what the caller gives wins."""
    default, given = kind(), kind(timeout=3, follow_redirects=False)

    assert issubclass(kind, httpx.Client if kind is DefaultHttpxClient else httpx.AsyncClient)
    assert (default.timeout, default.follow_redirects) == (DEFAULT_TIMEOUT, True)
    assert (given.timeout, given.follow_redirects) == (httpx.Timeout(3), False)


@pytest.mark.parametrize("api", ["async"], indirect=True)
def test_a_client_on_aiohttp_carries_calls(api, server, naps):
    """With retries, raw and streaming responses, and errors, which show no key; a refused connection is no timeout."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        refusing = f"http://127.0.0.1:{closed.getsockname()[1]}"
    server.plan(Answer(500, "{}"))
    client = api.client(http_client=DefaultAioHttpClient())
    model = api.retrieve(client, betas=["a"])
    raw = api.run(client.models.with_raw_response.retrieve("m")).parse()
    with api.streamed(client) as response:
        streamed = api.run(response.parse())
    for url, answer in ((server.url, Drop), (server.url, b"nonsense"), (refusing, None)):
        server.fallback = answer
        with pytest.raises(APIConnectionError) as caught:
            api.retrieve(client.copy(base_url=url))
        causes = [caught.value.__cause__, caught.value.__cause__.__cause__]
        assert not isinstance(caught.value, APITimeoutError)
        assert client.api_key not in repr([*causes, *map(vars, causes)])

    assert isinstance(model, types.ModelInfo)
    assert model == raw == streamed
    assert naps == [0.5, *[0.5, 1] * 3]


def test_the_aiohttp_client_says_what_to_install(monkeypatch):
    """Without the extra its name is there, so that an import does not fail, and making one says what is missing."""
    monkeypatch.setitem(sys.modules, "httpx_aiohttp", None)
    monkeypatch.delitem(sys.modules, "anthropic_models.aiohttp_client")
    without = importlib.import_module("anthropic_models.aiohttp_client")

    with pytest.raises(RuntimeError, match=r"`aiohttp` extra: pip install 'anthropic-models\[aiohttp\]'"):
        without.DefaultAioHttpClient()
    assert issubclass(without.DefaultAioHttpClient, httpx.AsyncClient)
