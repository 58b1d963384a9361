"""httpx2, the maintained fork of httpx: its clients and values are taken where httpx's are, and are what comes back."""

import subprocess
import sys

import httpx
import httpx2
import pytest
from cases import each
from recording import Answer, Drop

from anthropic_models import Anthropic, APIConnectionError, AsyncAnthropic, NotFoundError

BOTH = each("library", [httpx, httpx2])


def _client(api, library, **settings):
    http_client = (library.AsyncClient if api.is_async else library.Client)(verify=False)
    return api.client(http_client=http_client, **settings)


@BOTH
def test_what_comes_back_is_of_the_library_of_the_http_client(api, server, library):
    """The request and response of an answer and of an error, and the cause of an error without one."""
    server.plan(Answer(), Answer(404, {}), Drop)
    client = _client(api, library, max_retries=0)
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
def test_its_timeout_is_taken(api, server, library):
    """For the client, for one call, and from an `http_client`."""
    for client in (
        api.client(timeout=library.Timeout(9, connect=1)),
        api.client().with_options(timeout=library.Timeout(9, connect=1)),
        api.client(http_client=(library.AsyncClient if api.is_async else library.Client)(verify=False, timeout=9)),
    ):
        assert client.timeout.read == 9
    api.retrieve(timeout=library.Timeout(9))

    assert len(server.requests) == 1


@BOTH
def test_its_url_is_taken(api, server, library):
    """As a base URL, when the client is made and later."""
    client = api.client(base_url=library.URL(server.url))
    client.base_url = library.URL(f"{server.url}/v1")
    api.retrieve(client)

    assert server.last.target == "/v1/models/m"
    assert client.base_url == httpx.URL(f"{server.url}/")


@each(
    ("settings", "named"),
    [
        ({"timeout": httpx2.URL("x")}, "not httpx2.URL"),
        ({"base_url": httpx2.Timeout(5)}, "not httpx2.Timeout"),
        ({"max_retries": httpx2.Timeout(5)}, "not httpx2.Timeout"),
        ({"http_client": httpx2.Timeout(5)}, "got httpx2.Timeout"),
        ({"timeout": "5"}, "not str"),
    ],
)
def test_a_refusal_names_the_type_with_its_module(api, settings, named):
    """So that nobody reads that a Timeout is no Timeout."""
    with pytest.raises(TypeError, match=named):
        api.client(**settings)


def test_the_other_kind_of_client_is_refused():
    """An asynchronous one for blocking calls, and the reverse, by the name of its library."""
    with pytest.raises(TypeError, match=r"^Invalid `http_client` argument; .* got httpx2\.AsyncClient$"):
        Anthropic(api_key="k", http_client=httpx2.AsyncClient())
    with pytest.raises(TypeError, match=r"^Invalid `http_client` argument; .* got httpx2\.Client$"):
        AsyncAnthropic(api_key="k", http_client=httpx2.Client())


def test_it_is_not_imported_unless_the_caller_does(server):
    """A program that does not import it runs without it."""
    program = f"""if True:
        import sys, asyncio, anthropic_models
        settings = dict(api_key="k", base_url={server.url!r})
        anthropic_models.Anthropic(**settings).models.retrieve("m")
        asyncio.run(anthropic_models.AsyncAnthropic(**settings).models.retrieve("m"))
        print([name for name in sys.modules if name.startswith(("httpx2", "httpcore2"))])
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("[]\n", "")
