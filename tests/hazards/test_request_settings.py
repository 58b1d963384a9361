"""Settings are checked when they are given, by name, from arguments and from the environment."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from outcomes import not_refused, outcome, types

from anthropic_models import DEFAULT_TIMEOUT, Anthropic, AsyncAnthropic

if TYPE_CHECKING:
    from collections.abc import Iterable

BAD_URLS = [
    "", " ", "host", "/v1", "ftp://host", "file:///etc", "http://", "https://", "http:host", "https://h?x=1",
    "https://h#f", "https://h?", "https://h#", " https://h", "https://h\n", "https://h/a b", "https://h:99999",
    "https://h:0", "https://h:x", "https://[::1", "https://\ud800", "https://h/\x00", "https://h\t", "javascript:x",
    "https://h\u200b.com\ud83d", "https://[v1.x]", "https://" + "a" * 300_000, "https://[bad", "https://a,b",
    "https://a%b", "https://[::g]",
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


def everywhere(kind: Any, name: str, values: Iterable[Any]) -> dict[str, Any]:
    """What comes of giving each value at construction, to an attribute, and to a copy; and what stayed of it."""
    usual = getattr(kind(api_key="k"), name)
    outcomes = {}
    for value in values:
        client, shown = kind(api_key="k"), ascii(value)[:40]
        outcomes[f"{shown} at construction"] = outcome(kind, **{"api_key": "k", name: value})
        outcomes[f"{shown} as attribute"] = outcome(setattr, client, name, value)
        outcomes[f"{shown} in a copy"] = outcome(client.copy, **{name: value})
        if getattr(client, name) != usual:
            outcomes[f"{shown} has changed the client"] = client
    return outcomes


@KINDS
def test_a_bad_base_url_is_refused_by_name(kind: Any) -> None:
    """At construction, when it is set, and in a copy."""
    errors = everywhere(kind, "base_url", BAD_URLS)

    assert types(errors) == dict.fromkeys(errors, ValueError)
    assert not_refused(errors, "`base_url`") == {}


@KINDS
def test_a_base_url_of_another_type_is_a_type_error(kind: Any) -> None:
    """Only strings and httpx.URL will do."""
    errors = everywhere(kind, "base_url", [5, b"https://h", ["https://h"], True])

    assert types(errors) == dict.fromkeys(errors, TypeError)
    assert not_refused(errors, "`base_url` must be a string or an httpx.URL") == {}


@KINDS
def test_one_trailing_version_is_understood(kind: Any) -> None:
    """`/v1` at the end, with or without slash, is not doubled; a longer path stays."""
    for form in (str, httpx.URL):
        assert {url: str(kind(api_key="k", base_url=form(url)).base_url) for url in GOOD_URLS} == GOOD_URLS


@pytest.mark.breaks_contract("the base URL has a path of its own")
def test_the_path_is_appended_once(any_api: Any, serve: Any) -> None:
    """What is asked for has one /v1, wherever the base URL ends."""
    server = serve()
    paths = {"": "/v1", "/": "/v1", "/v1": "/v1", "/v1/": "/v1", "/a/v1/": "/a/v1"}
    for path in paths:
        any_api.retrieve(any_api.client(server.url + path))

    assert [each.target for each in server.requests] == [f"{start}/models/m" for start in paths.values()]


@KINDS
@pytest.mark.parametrize("variable", ["ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"])
def test_an_empty_variable_counts_as_unset(kind: Any, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It neither fails nor is sent."""
    for empty in ("", " ", "\t\n"):
        monkeypatch.setenv(variable, empty)
        client = kind()

        assert str(client.base_url) == "https://api.anthropic.com/"
        assert (empty, client.api_key, client.auth_token) == (empty, None, None)


@KINDS
def test_a_bad_base_url_in_the_environment_is_refused_by_the_variables_name(
    kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At construction, not at the first call."""
    errors = {}
    for url in ("host", "https://h?x=1", "ftp://h", "https://h /", "https://\udc80"):
        monkeypatch.setenv("ANTHROPIC_BASE_URL", url)
        errors[url] = outcome(kind, api_key="k")

    assert types(errors) == dict.fromkeys(errors, ValueError)
    assert not_refused(errors, "ANTHROPIC_BASE_URL") == {}


BAD_TIMEOUTS = [
    -1, 0, -0.0, float("nan"), float("inf"), float("-inf"), 10**400, "5", b"5", True, False, (1, 2), [1], Decimal(5),
    1j, httpx.Timeout(5, connect=-1), httpx.Timeout(5, read=0),
]  # fmt: skip


@KINDS
def test_a_bad_timeout_is_refused_by_name(kind: Any) -> None:
    """At construction, when it is set, in a copy, and for one call."""
    client = kind(api_key="k", base_url="http://127.0.0.1:1")
    calls = {
        ascii(timeout): outcome(lambda timeout: drive(client.models.retrieve("m", timeout=timeout)), timeout)
        for timeout in BAD_TIMEOUTS
    }

    assert not_refused(everywhere(kind, "timeout", BAD_TIMEOUTS), "`timeout") == {}
    assert not_refused(calls, "`timeout") == {}
    assert client.timeout == DEFAULT_TIMEOUT


@KINDS
def test_a_bad_number_of_retries_is_refused_by_name(kind: Any) -> None:
    """At construction, when it is set, and in a copy."""
    errors = everywhere(kind, "max_retries", [-1, 1.5, True, False, "2", float("nan"), float("inf"), [], None])

    assert not_refused(errors, "max_retries") == {}


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
