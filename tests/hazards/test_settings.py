"""Settings are checked when they are given, by name, from arguments and from the environment."""

from decimal import Decimal

import httpx
import pytest
from kinds import not_refused, outcome, types

from anthropic_models import Anthropic, AsyncAnthropic

KINDS = pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])
BAD = {
    "base_url": [
        "", " ", "host", "/v1", "ftp://host", "file:///etc", "http://", "https://", "http:host", "https://h?x=1",
        "https://h#f", "https://h?", "https://h#", " https://h", "https://h\n", "https://h/a b", "https://h:99999",
        "https://h:0", "https://h:x", "https://[::1", "https://\ud800", "https://h/\x00", "https://h\t", "javascript:x",
        "https://h\u200b.com\ud83d", "https://[v1.x]", "https://" + "a" * 300_000, "https://[bad", "https://a,b",
        "https://a%b", "https://[::g]", 5, b"https://h", ["https://h"], True,
    ],
    "timeout": [
        -1, 0, -0.0, float("nan"), float("inf"), float("-inf"), 10**400, "5", b"5", True, False, (1, 2), [1],
        Decimal(5), 1j, httpx.Timeout(5, connect=-1), httpx.Timeout(5, read=0),
    ],
    "max_retries": [-1, 1.5, True, False, "2", float("nan"), float("inf"), [], None],
    "api_key": [b"key", 5, ["key"], "", "  "],
}  # fmt: skip


@KINDS
@pytest.mark.parametrize("name", BAD)
def test_a_bad_setting_is_refused_by_name(kind, name):
    """At construction, when it is set, in a copy; nothing of it stays."""
    usual, errors = getattr(kind(api_key="k"), name), {}
    for value in BAD[name]:
        client, shown = kind(api_key="k"), ascii(value)[:40]
        errors[f"{shown} at construction"] = outcome(kind, **{"api_key": "k", name: value})
        errors[f"{shown} as attribute"] = outcome(setattr, client, name, value)
        if value is not None:
            errors[f"{shown} in a copy"] = outcome(client.copy, **{name: value})
        assert getattr(client, name) == usual

    assert not_refused(errors, name) == {}


def test_a_bad_timeout_of_one_call_is_refused_by_name(api, server):
    """Before anything is sent."""
    client = api.client()
    errors = {repr(timeout): outcome(api.retrieve, client, timeout=timeout) for timeout in BAD["timeout"]}

    assert not_refused(errors, "`timeout") == {}
    assert server.connections == 0


@KINDS
def test_one_trailing_version_is_understood(kind):
    """`/v1` at the end, with or without slash, is not doubled; a longer path stays."""
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


@KINDS
def test_an_empty_variable_counts_as_unset(kind, monkeypatch):
    """It neither fails nor is sent."""
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.setenv(variable, "")
    for empty in ("", " ", "\t\n"):
        for variable in ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
            monkeypatch.setenv(variable, empty)
        client = kind()

        assert str(client.base_url) == "https://api.anthropic.com/"
        assert (client.api_key, client.auth_token) == (None, None)


@KINDS
def test_a_bad_base_url_in_the_environment_is_refused_by_the_variables_name(kind, monkeypatch):
    """At construction, not at the first call."""
    errors = {}
    for url in ("host", "https://h?x=1", "ftp://h", "https://h /", "https://\udc80"):
        monkeypatch.setenv("ANTHROPIC_BASE_URL", url)
        errors[url] = outcome(kind, api_key="k")

    assert types(errors) == dict.fromkeys(errors, ValueError)
    assert not_refused(errors, "ANTHROPIC_BASE_URL") == {}
