"""The constructor: what it takes, reads from the environment, gives back and refuses."""

import httpx
import pytest
from cases import each
from facts import API_VERSION

from anthropic_models import DEFAULT_TIMEOUT, Anthropic, AsyncAnthropic, Timeout

BOTH = each("kind", [Anthropic, AsyncAnthropic])
ELSEWHERE = pytest.mark.breaks_contract("the API is behind a path of its own")


@BOTH
def test_arguments_are_keyword_only(kind):
    """The constructor takes no positional arguments: a key given that way is a TypeError."""
    with pytest.raises(TypeError, match="positional"):
        kind("sk-test")


@BOTH
def test_the_environment_is_read_where_nothing_is_given(kind, monkeypatch):
    """ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN and ANTHROPIC_BASE_URL stand in for arguments that are left out."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "from-env")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "token-from-env")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://localhost:5000/from/env")
    client = kind()

    assert (client.api_key, client.auth_token) == ("from-env", "token-from-env")
    assert client.base_url == httpx.URL("http://localhost:5000/from/env/")


@BOTH
def test_settings_have_defaults(kind):
    """Without arguments: the public URL, two retries, 60 seconds, no credential; construction alone is no error."""
    client = kind()

    assert str(client.base_url) == "https://api.anthropic.com/"
    assert client.max_retries == 2
    assert client.timeout == DEFAULT_TIMEOUT
    assert (client.api_key, client.auth_token) == (None, None)


@BOTH
@each("timeout", [5, 2.5, Timeout(7, connect=1), None])
def test_timeout_reads_back_as_it_was_given(kind, timeout):
    """`client.timeout` is the very value that was given: a number stays a number, None stays None."""
    client = kind(timeout=timeout)

    assert client.timeout == timeout
    assert type(client.timeout) is type(timeout)


@BOTH
def test_max_retries_none_is_refused_by_name(kind):
    """`max_retries=None` is a TypeError that says so."""
    with pytest.raises(TypeError, match="max_retries cannot be None"):
        kind(max_retries=None)


@each(("kind", "wrong"), [(Anthropic, httpx.AsyncClient), (AsyncAnthropic, httpx.Client)])
def test_the_wrong_kind_of_http_client_is_refused(kind, wrong):
    """A blocking client refuses an asynchronous `http_client` and the other way round, with the official words."""
    with pytest.raises(TypeError, match=r"^Invalid `http_client` argument"):
        kind(http_client=wrong())


@ELSEWHERE
def test_the_base_url_can_be_set(api, server):
    """After `client.base_url = …` requests go to the new address."""
    client = api.client(base_url="http://localhost:1/")
    client.base_url = f"{server.url}/later"
    api.retrieve(client, "x")

    assert server.last.path == "/later/v1/models/x"


@BOTH
def test_settings_can_be_read(kind):
    """`api_key`, `auth_token`, `timeout`, `max_retries`, `base_url`, `default_headers` give what was set."""
    client = kind(api_key=" key ", max_retries=7, default_headers={"X-Foo": "bar"}, default_query={"a": 1})

    assert client.api_key == "key"
    assert client.max_retries == 7
    assert client.default_headers["X-Foo"] == "bar"
    assert client.default_headers["anthropic-version"] == API_VERSION
    assert client.default_query == {"a": 1}


@each(
    ("settings", "named"),
    [
        ({"timeout": Timeout(-1)}, r"timeout\.connect"),
        *[({"auth_token": value}, "auth_token") for value in ("", "two\nlines", 5)],
        ({"default_headers": {"a b": "c"}}, "default_headers"),
        ({"default_headers": {"a": 5}}, "default_headers"),
        ({"default_headers": [("a", "b")]}, "default_headers"),
        ({"default_query": "a=b"}, "default_query"),
    ],
)
@BOTH
def test_a_bad_setting_is_refused_by_name(kind, settings, named):
    """A setting that cannot work is refused when it is given; the message names the argument."""
    with pytest.raises((TypeError, ValueError), match=f"`{named}"):
        kind(**settings)
