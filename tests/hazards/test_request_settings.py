"""Settings are checked when they are given, by name, from arguments and from the environment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import httpx
import pytest

from anthropic_models import DEFAULT_TIMEOUT, Anthropic, AsyncAnthropic

BAD_URLS = [
    "", " ", "host", "/v1", "ftp://host", "file:///etc", "http://", "https://", "http:host", "https://h?x=1",
    "https://h#f",
    "https://h?", "https://h#", " https://h", "https://h\n", "https://h/a b", "https://h:99999", "https://h:0",
    "https://h:x",
    "https://[::1", "https://\ud800", "https://h/\x00", "https://h\t", "javascript:x", "https://h\u200b.com\ud83d",
    "https://[v1.x]",
    "https://" + "a" * 300_000, "https://[bad", "https://a,b", "https://a%b", "https://[::g]",
]  # fmt: skip
GOOD_URLS = {
    "https://h": "https://h/",
    "https://h/": "https://h/",
    "https://h/v1": "https://h/",
    "https://h/v1/": "https://h/",
    "https://h/proxy/v1": "https://h/proxy/",
    "http://127.0.0.1:8080/a//": "http://127.0.0.1:8080/a/",
    "HTTPS://HOST:443": "https://host/",
    "http://[::1]:80": "http://[::1]/",
    "https://h/v10": "https://h/v10/",
}
KINDS = pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])


@KINDS
@pytest.mark.parametrize("url", BAD_URLS, ids=lambda url: ascii(url)[:24])
def test_a_bad_base_url_is_refused_by_name(kind: Any, url: str) -> None:
    """At construction, when it is set, and in a copy."""
    client = kind(api_key="k")
    with pytest.raises(ValueError, match="`base_url`"):
        kind(api_key="k", base_url=url)
    with pytest.raises(ValueError, match="`base_url`"):
        client.base_url = url
    with pytest.raises(ValueError, match="`base_url`"):
        client.copy(base_url=url)

    assert client.base_url == "https://api.anthropic.com/"


@KINDS
@pytest.mark.parametrize("url", [5, b"https://h", ["https://h"], True])
def test_a_base_url_of_another_type_is_a_type_error(kind: Any, url: Any) -> None:
    """Only strings and httpx.URL will do."""
    with pytest.raises(TypeError, match=r"`base_url` must be a string or an httpx\.URL"):
        kind(api_key="k", base_url=url)


@KINDS
@pytest.mark.parametrize("url", GOOD_URLS)
def test_one_trailing_version_is_understood(kind: Any, url: str) -> None:
    """`/v1` at the end, with or without slash, is not doubled; a longer path stays."""
    for given in (url, httpx.URL(url)):
        assert str(kind(api_key="k", base_url=given).base_url) == GOOD_URLS[url]


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/a/v1/"])
def test_the_path_is_appended_once(any_api: Any, serve: Any, path: str) -> None:
    """What is asked for has one /v1, wherever the base URL ends."""
    server = serve()
    any_api.retrieve(any_api.client(server.url + path))

    assert server.requests[0].target in ("/v1/models/m", "/a/v1/models/m")


@KINDS
@pytest.mark.parametrize("variable", ["ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"])
@pytest.mark.parametrize("empty", ["", " ", "\t\n"])
def test_an_empty_variable_counts_as_unset(
    kind: Any, variable: str, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It neither fails nor is sent."""
    monkeypatch.setenv(variable, empty)
    client = kind()

    assert str(client.base_url) == "https://api.anthropic.com/"
    assert (client.api_key, client.auth_token) == (None, None)


@KINDS
@pytest.mark.parametrize("url", ["host", "https://h?x=1", "ftp://h", "https://h /", "https://\udc80"])
def test_a_bad_base_url_in_the_environment_is_refused_by_the_variables_name(
    kind: Any, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At construction, not at the first call."""
    monkeypatch.setenv("ANTHROPIC_BASE_URL", url)
    with pytest.raises(ValueError, match="ANTHROPIC_BASE_URL"):
        kind(api_key="k")


BAD_TIMEOUTS = [
    -1,
    0,
    -0.0,
    float("nan"),
    float("inf"),
    float("-inf"),
    10**400,
    "5",
    b"5",
    True,
    False,
    (1, 2),
    [1],
    Decimal(5),
    1j,
]


@KINDS
@pytest.mark.parametrize("timeout", [*BAD_TIMEOUTS, httpx.Timeout(5, connect=-1), httpx.Timeout(5, read=0)], ids=repr)
def test_a_bad_timeout_is_refused_by_name(kind: Any, timeout: Any) -> None:
    """At construction, when it is set, in a copy, and for one call."""
    client = kind(api_key="k", base_url="http://127.0.0.1:1")
    for give in (
        lambda: kind(api_key="k", timeout=timeout),
        lambda: setattr(client, "timeout", timeout),
        lambda: client.with_options(timeout=timeout),
        lambda: drive(client.models.retrieve("m", timeout=timeout)),
    ):
        with pytest.raises((TypeError, ValueError), match="`timeout"):
            give()

    assert client.timeout == DEFAULT_TIMEOUT


@KINDS
@pytest.mark.parametrize("number", [-1, 1.5, True, False, "2", float("nan"), float("inf"), [], None])
def test_a_bad_number_of_retries_is_refused_by_name(kind: Any, number: Any) -> None:
    """At construction, when it is set, and in a copy."""
    client = kind(api_key="k")
    for give in (
        lambda: kind(api_key="k", max_retries=number),
        lambda: setattr(client, "max_retries", number),
        lambda: client.copy(max_retries=number),
    ):
        with pytest.raises((TypeError, ValueError), match="max_retries"):
            give()

    assert client.max_retries == 2


@KINDS
def test_a_key_that_is_no_string_is_refused(kind: Any) -> None:
    """Bytes and numbers are a TypeError that names the setting; an empty string is a ValueError."""
    for value in (b"key", 5, ["key"]):
        with pytest.raises(TypeError, match="`api_key` must be a string"):
            kind(api_key=value)
    for value in ("", "  "):
        with pytest.raises(ValueError, match="`api_key` is empty"):
            kind(api_key=value)


def drive(result: Any) -> Any:
    """Runs a coroutine that fails before it waits for anything."""
    if hasattr(result, "send"):
        try:
            result.send(None)
        finally:
            result.close()
