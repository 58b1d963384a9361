"""Clients of both kinds: what they refuse by its name, and what their copies keep."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import httpx
import pytest
from telling import told
from trust import TLS

from anthropic_models import Anthropic, AsyncAnthropic, Timeout
from anthropic_models._generated import RETRIEVE
from anthropic_models.models import AsyncModels, Models

KINDS = (Anthropic, AsyncAnthropic)


def ended(result: Any) -> Any:
    """What a call gives, which the asynchronous client's callers await."""
    return asyncio.run(result) if inspect.isawaitable(result) else result


@pytest.mark.parametrize("kind", KINDS)
def test_an_argument_is_refused_by_its_own_name(kind: Any):
    """Of the constructor, of a copy, and of a call; before anything is sent."""
    client = kind(api_key="k", base_url="http://127.0.0.1:9")
    calls: list[dict[str, Any]] = [
        {"extra_headers": []},
        {"extra_query": []},
        {"timeout": 0},
        {"betas": "x"},
        {"betas": ["x"], "anthropic_beta": "x"},
        {"typo": 1},
    ]
    said = [told(kind, **{name: []}) for name in ("default_headers", "default_query", "timeout", "max_retries")]
    said += [told(client.copy, **{name: {}, f"set_{name}": {}}) for name in ("default_headers", "default_query")]
    said += [told(lambda call=call: ended(client.models.retrieve("m", **call))) for call in calls]
    said.append(told(lambda: ended(client.models.retrieve(""))))

    assert said == [
        "TypeError: `default_headers` must be a mapping, not list",
        "TypeError: `default_query` must be a mapping with strings for names",
        "TypeError: `timeout` must be seconds, an httpx.Timeout or None, not list",
        "TypeError: `max_retries` must be a whole number, not list",
        "ValueError: The `default_headers` and `set_default_headers` arguments are mutually exclusive",
        "ValueError: The `default_query` and `set_default_query` arguments are mutually exclusive",
        "TypeError: `extra_headers` must be a mapping, not list",
        "TypeError: `extra_query` must be a mapping with strings for names",
        "ValueError: `timeout` must be more than 0 and finite seconds, or None to wait for ever: 0",
        "TypeError: `betas` must be a list of strings, not str",
        "TypeError: `anthropic_beta` and `betas` are the same header; give one of them",
        "TypeError: retrieve() got an unexpected keyword argument 'typo'",
        "ValueError: Expected a non-empty value for `model_id` but received ''",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_certificates_are_looked_at_where_they_are_needed(kind: Any, monkeypatch: pytest.MonkeyPatch):
    """A variable that names no file is refused with an https address, and is nobody's business with another."""
    monkeypatch.setenv("SSL_CERT_FILE", "no-such-file")
    plain = kind(api_key="k", base_url="http://h")
    words = "ValueError: SSL_CERT_FILE names no file: 'no-such-file'"

    assert [told(kind, base_url="https://h"), told(setattr, plain, "base_url", "https://h")] == [words, words]
    assert str(plain.base_url) == "http://h/"


@pytest.mark.parametrize("kind", KINDS)
def test_the_timeout_of_a_given_client_is_read(kind: Any):
    """Unless it is httpx's own default, or the client has one of its own."""
    http_class = httpx.Client if kind is Anthropic else httpx.AsyncClient
    given = {seconds: http_class(timeout=seconds, verify=TLS) for seconds in (7, 5)}

    assert [kind(api_key="k", http_client=each).timeout for each in given.values()] == [
        Timeout(7),
        Timeout(60, connect=5),
    ]
    assert kind(api_key="k", http_client=given[7], timeout=3).timeout == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_copy_is_closed_and_its_parent_is_not(kind: Any):
    """It shares the connections of its parent, and says of itself that it is closed."""
    parent = kind(api_key="k", base_url="http://h")
    copy, other = parent.copy(), parent.copy()
    ended(copy.close())

    assert [each.is_closed() for each in (parent, copy, other)] == [False, True, False]
    ended(parent.close())
    assert [each.is_closed() for each in (parent, copy, other)] == [True, True, True]


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_keeps_what_it_is_not_told(kind: Any):
    """Each setting by itself, either credential, and the way out."""
    parent = kind(
        api_key="k",
        auth_token="t",
        base_url="http://h",
        timeout=3,
        max_retries=7,
        default_headers={"a": "1"},
        default_query={"q": 1},
    )
    names = ("api_key", "auth_token", "base_url", "timeout", "max_retries", "default_query")
    kept = [getattr(parent, name) for name in names]

    assert [getattr(parent.copy(), name) for name in names] == kept
    assert [getattr(parent.copy(api_key="x"), name) for name in names] == ["x", None, *kept[2:]]
    assert [getattr(parent.copy(auth_token="x"), name) for name in names] == [None, "x", *kept[2:]]
    assert parent.copy().default_headers == parent.default_headers
    assert parent.copy(timeout=None).timeout is None
    assert parent.copy()._transport is parent._transport


def test_what_a_call_is_made_of_reaches_it():
    """Headers, query, timeout: the call's own over the client's; betas as one header."""
    client = Anthropic(
        api_key="k", base_url="http://h/x", timeout=3, default_headers={"a": "1"}, default_query={"q": 1, "r": 2}
    )
    seen: list[Any] = []
    extra = {"extra_headers": {"b": "2"}, "extra_query": {"r": 3}, "timeout": 4}
    Models(client, seen.append).retrieve("m", betas=["one", "two"], **extra)  # type: ignore[arg-type]
    Models(client, seen.append).retrieve("n")

    async def awaited() -> None:
        async def keep(call: Any) -> None:
            seen.append(call)

        async_client = AsyncAnthropic(api_key="k", base_url="http://h/x", timeout=3, default_headers={"a": "1"})
        await AsyncModels(async_client, keep).retrieve("m", betas=["one"], **extra)  # type: ignore[arg-type]

    asyncio.run(awaited())
    sent = [call.request(call.target, 0).headers for call in seen]

    assert [(call.target, call.timeout) for call in seen] == [
        ("/x/v1/models/m?q=1&r=3", Timeout(4)),
        ("/x/v1/models/n?q=1&r=2", Timeout(3)),
        ("/x/v1/models/m?r=3", Timeout(4)),
    ]
    assert [(each.get("a"), each.get("b"), each.get("anthropic-beta")) for each in sent] == [
        ("1", "2", "one,two"),
        ("1", None, None),
        ("1", "2", "one"),
    ]
    assert client._call(RETRIEVE, ("m",), {}, timeout=None).timeout == Timeout(None)
