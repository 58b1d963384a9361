"""What stands in the headers of a request: one credential, each header once, and nothing of the caller's is changed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from outcomes import outcome, types

from anthropic_models import Anthropic, AsyncAnthropic, Omit

if TYPE_CHECKING:
    from pathlib import Path

CREDENTIALS = ("x-api-key", "authorization")


def sent(server: Any) -> list[str]:
    """The names of the credential headers of the last request."""
    return [name.lower() for name, _ in server.requests[-1].headers if name.lower() in CREDENTIALS]


def test_the_callers_objects_never_change(any_api: Any, serve: Any) -> None:
    """Headers, query, betas, timeout and http_client are after a call what they were before it."""
    server = serve()
    given = {
        "default_headers": {"X-Mine": "1", "anthropic-version": "2023-06-01"},
        "default_query": {"a": ["b"], "c": {"d": None}},
    }
    call = {"extra_headers": {"x-mine": "2", "Drop": Omit()}, "extra_query": {"a": [1, None]}, "betas": ["one", "two"]}
    before = copy.deepcopy([{**given}, call["extra_query"], call["betas"], list(call["extra_headers"])])
    http = any_api.http_kind(headers={"x-http": "3"}, params={"p": "q"}, cookies={"biscuit": "1"})
    settings = {**given, "http_client": http} if any_api.is_given else given
    state = repr([http.headers.raw, http.params, http.cookies, http.timeout, http.event_hooks, http.base_url])
    any_api.retrieve(any_api.client(server.url, **settings), **call)

    after = [{**given}, call["extra_query"], call["betas"], list(call["extra_headers"])]
    assert after == before
    assert state == repr([http.headers.raw, http.params, http.cookies, http.timeout, http.event_hooks, http.base_url])
    any_api.run(http.aclose() if any_api.is_async else http.close())


def test_the_http_clients_own_credential_does_not_join_the_key(any_api: Any, serve: Any, key: str) -> None:
    """One credential is sent, ours, though the http_client has another among its headers."""
    server = serve()
    any_api.retrieve(any_api.client(server.url, http={"headers": {"authorization": "Bearer other"}}))

    assert sent(server) == ["x-api-key"]
    assert server.requests[0].values("x-api-key") == [key]


def test_a_netrc_neither_replaces_nor_joins_the_key(
    any_api: Any, serve: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A .netrc with an entry for the server's host changes nothing."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1\nlogin user\npassword secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    server = serve()
    any_api.retrieve(any_api.client(server.url))

    assert sent(server) == ["x-api-key"]


@pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])
def test_user_information_in_the_base_url_is_refused(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would replace or join the key; the message names where it was given and does not show it."""
    for nothing in ("https://@host", httpx.URL("https://@host")):
        assert str(kind(api_key="k", base_url=nothing).base_url) in ("https://host/", "https://@host/")
    errors = {}
    for url in ("http://user:pw@host", "https://user@host/", "http://:pw@host"):
        for given in (url, httpx.URL(url)):
            errors[f"{given!r} as `base_url`"] = outcome(kind, api_key="k", base_url=given)
        monkeypatch.setenv("ANTHROPIC_BASE_URL", url)
        errors[f"{url} as ANTHROPIC_BASE_URL"] = outcome(kind, api_key="k")
        monkeypatch.delenv("ANTHROPIC_BASE_URL")
    told = {name: str(error).replace("user name or password", "") for name, error in errors.items()}

    assert types(errors) == dict.fromkeys(errors, ValueError)
    assert [name for name, text in told.items() if "pw" in text or name.split(" as ")[1] not in text] == []
    assert [
        name for name, error in errors.items() if "must not contain a user name or password" not in str(error)
    ] == []
