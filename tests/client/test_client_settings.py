"""The settings of a client: what the constructor accepts, reads from the environment and refuses."""

import copy
import pickle
from decimal import Decimal

import httpx
import httpx2
import pytest
from cases import each, not_refused, outcome, types
from facts import API_VERSION
from trust import TLS

from anthropic_models import NOT_GIVEN, Anthropic, AsyncAnthropic, NotGiven, Omit, Timeout, not_given, omit

BOTH = each("kind", [Anthropic, AsyncAnthropic])
BAD_TIMEOUTS = [
    -1, 0, -0.0, float("nan"), float("inf"), float("-inf"), 10**400, "5", b"5", True, False, (1, 2), [1], Decimal(5),
    1j, Timeout(5, connect=-1), Timeout(5, read=0),
]  # fmt: skip
WITH_USER = ["http://user:pw@host", "https://user@host/", "http://:pw@host"]
BAD = {
    "base_url": [
        "", " ", "host", "/v1", "ftp://host", "file:///etc", "http://", "https://", "http:host", "https://h?x=1",
        "https://h#f", "https://h?", "https://h#", " https://h", "https://h\n", "https://h/a b", "https://h:99999",
        "https://h:0", "https://h:x", "https://[::1", "https://\ud800", "https://h/\x00", "https://h\t", "javascript:x",
        "https://h\u200b.com\ud83d", "https://[v1.x]", "https://" + "a" * 300_000, "https://[bad", "https://a,b",
        "https://a%b", "https://[::g]", *WITH_USER, *map(httpx.URL, WITH_USER), 5, b"https://h", ["https://h"], True,
    ],
    "timeout": BAD_TIMEOUTS,
    "max_retries": [-1, 1.5, True, False, "2", float("nan"), float("inf"), [], None],
    "api_key": [b"key", 5, ["key"], "", "  "],
    "auth_token": ["", "two\nlines", 5],
}  # fmt: skip


@BOTH
def test_the_environment_is_read_if_nothing_is_given(kind, monkeypatch):
    """An empty or blank variable counts as unset; the defaults are the public URL, no credential, 60 s, two retries."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "from-env")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "token-from-env")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://localhost:5000/from/env")
    client = kind()
    assert (client.api_key, client.auth_token) == ("from-env", "token-from-env")
    assert client.base_url == httpx.URL("http://localhost:5000/from/env/")

    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.setenv(variable, "")
    for empty in ("", " ", "\t\n"):
        for variable in ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
            monkeypatch.setenv(variable, empty)
        client = kind()
        assert (str(client.base_url), client.api_key, client.auth_token) == ("https://api.anthropic.com/", None, None)
    assert (client.timeout, client.max_retries) == (Timeout(60.0, connect=5.0), 2)


@BOTH
def test_settings_can_be_read(kind):
    """They are as given, a timeout has the same type, and the headers include the client's own."""
    client = kind(api_key=" key ", max_retries=7, default_headers={"X-Foo": "bar"}, default_query={"a": 1})

    assert (client.api_key, client.max_retries, client.default_query) == ("key", 7, {"a": 1})
    assert (client.default_headers["X-Foo"], client.default_headers["anthropic-version"]) == ("bar", API_VERSION)
    for timeout in (5, 2.5, Timeout(7, connect=1), None):
        client.timeout = timeout
        assert [type(found) for found in (client.timeout, kind(timeout=timeout).timeout)] == [type(timeout)] * 2
        assert client.timeout == kind(timeout=timeout).timeout == timeout


@pytest.mark.breaks_contract("the base URL has a path")
def test_the_base_url_can_be_set(api, server):
    """After `client.base_url = …` requests go to the new URL."""
    client = api.client(base_url="http://localhost:1/")
    client.base_url = f"{server.url}/later"
    api.retrieve(client, "x")

    assert server.last.path == "/later/v1/models/x"


@BOTH
def test_a_trailing_version_in_the_base_url_is_removed(kind):
    """`/v1` at the end, with or without a slash, is removed; the rest of a path is kept."""
    urls = {
        "https://h": "https://h/",
        "https://h/v1": "https://h/",
        "https://h/v1/": "https://h/",
        "https://h/proxy/v1": "https://h/proxy/",
        "http://127.0.0.1:8080/a//": "http://127.0.0.1:8080/a/",
        "HTTPS://HOST:443": "https://host/",
        "http://[::1]:80": "http://[::1]/",
        "https://h/v10": "https://h/v10/",
    }
    for form in (str, httpx.URL):
        assert {url: str(kind(api_key="k", base_url=form(url)).base_url) for url in urls} == urls


@BOTH
@each("name", BAD)
def test_a_bad_setting_is_refused_by_name(kind, name):
    """The constructor, the attribute and a copy refuse it, and the setting keeps its value."""
    client, errors = kind(api_key="k"), {}
    usual = getattr(client, name)
    for value in BAD[name]:
        shown = ascii(value)[:40]
        errors[f"{shown} at construction"] = outcome(kind, **{"api_key": "k", name: value})
        errors[f"{shown} as attribute"] = outcome(setattr, client, name, value)
        if value is not None:
            errors[f"{shown} in a copy"] = outcome(client.copy, **{name: value})
        assert getattr(client, name) == usual

    assert not_refused(errors, name) == {}
    assert [shown for shown, error in errors.items() if "pw" in str(error)] == []


@BOTH
@each(
    ("settings", "message"),
    [
        ({"timeout": Timeout(-1)}, r"`timeout\.connect"),
        ({"base_url": "http://user:pw@host"}, "`base_url` must not contain a user name or password"),
        # A type is shown with its module, because httpx has classes of the same name.
        ({"timeout": httpx2.URL("x")}, "`timeout.* not httpx2.URL"),
        ({"base_url": httpx2.Timeout(5)}, "`base_url.* not httpx2.Timeout"),
        ({"max_retries": httpx2.Timeout(5)}, "`max_retries.* not httpx2.Timeout"),
        ({"http_client": httpx2.Timeout(5)}, "^Invalid `http_client` argument; .* got httpx2.Timeout"),
        ({"timeout": "5"}, "`timeout.* not str"),
    ],
)
def test_the_error_describes_the_bad_setting(kind, settings, message):
    """The message has the argument and the type that was given."""
    with pytest.raises((TypeError, ValueError), match=message):
        kind(**settings)


def test_a_bad_timeout_of_one_call_is_refused_by_name(api, server):
    """The error names the argument, and nothing is sent."""
    client = api.client()
    errors = {repr(timeout): outcome(api.retrieve, client, timeout=timeout) for timeout in BAD_TIMEOUTS}

    assert not_refused(errors, "`timeout") == {}
    assert server.connections == 0


@BOTH
def test_a_bad_base_url_in_the_environment_is_refused_by_the_variables_name(kind, monkeypatch):
    """The constructor raises the error, which does not show a password."""
    errors = {}
    for url in ("host", "https://h?x=1", "ftp://h", "https://h /", "https://\udc80", *WITH_USER):
        monkeypatch.setenv("ANTHROPIC_BASE_URL", url)
        errors[url] = outcome(kind, api_key="k")

    assert types(errors) == dict.fromkeys(errors, ValueError)
    assert not_refused(errors, "ANTHROPIC_BASE_URL") == {}
    assert [url for url, error in errors.items() if "pw" in str(error)] == []


@each("library", [httpx, httpx2])
@each(("kind", "wrong"), [(Anthropic, "AsyncClient"), (AsyncAnthropic, "Client")])
def test_the_wrong_kind_of_http_client_is_refused(kind, library, wrong):
    """A blocking client refuses an asynchronous `http_client` and vice versa, with the official client's message."""
    with pytest.raises(TypeError, match=rf"^Invalid `http_client` argument; .* got {library.__name__}\.{wrong}$"):
        kind(http_client=getattr(library, wrong)(verify=TLS))


def test_sentinels_are_false_and_have_a_repr():
    """`not_given` and `omit` are falsy, their repr is their name, and a copy of `not_given` is the same object."""
    assert [bool(not_given), bool(omit), repr(not_given), repr(omit)] == [False, False, "NOT_GIVEN", "OMIT"]
    assert (type(not_given), type(pickle.loads(pickle.dumps(omit)))) == (NotGiven, Omit)
    for twin in (NOT_GIVEN, copy.copy(not_given), copy.deepcopy([not_given])[0], pickle.loads(pickle.dumps(not_given))):
        assert twin is not_given


@BOTH
def test_the_repr_of_a_client_has_its_url_and_pickle_is_refused(kind):
    """A half-made client has a repr too; `copy` and `pickle`, which would expose the credential, are refused."""
    client = kind(api_key="k", base_url="http://models.test/path")

    assert repr(client) == f"{kind.__name__}(base_url='http://models.test/path/')"
    assert repr(kind.__new__(kind)) == f"{kind.__name__}(base_url='')"
    for duplicate in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match=f"^{kind.__name__} cannot be pickled.* a credential; use .copy()"):
            duplicate(client)
