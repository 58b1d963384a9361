"""Proxies in the environment: used where they can be, else refused at construction by the variable's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from loopback_proxy import LoopbackProxy
from outcomes import not_refused, outcome, types

if TYPE_CHECKING:
    from collections.abc import Iterator

BAD = [
    "ftp://h", "http://[bad", "http://h:x", "socks9://h:1", "://", "http://", "h h:1", "http://user:pw@[::1",
    "socks5://h:1",
    "http://h:99999999", "socks5h://u:pw@h:1", "http://\udc80",
]  # fmt: skip


@pytest.fixture
def proxy() -> Iterator[LoopbackProxy]:
    """A proxy on the loopback address."""
    with LoopbackProxy() as proxy:
        yield proxy


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"])
def test_a_proxy_that_cannot_be_used_is_refused_by_name(
    api: Any, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One ValueError when the client is made, without the password that may stand in the address."""
    errors = {}
    for address in BAD:
        monkeypatch.setenv(variable, address)
        errors[address] = outcome(api.kind, api_key="k")

    assert types(errors) == dict.fromkeys(BAD, ValueError)
    assert not_refused(errors, variable) == {}
    assert [name for name, error in errors.items() if "pw" in f"{error} {error.__context__}"] == []


def test_no_proxy_for_an_address_of_version_six_is_heeded(
    any_api: Any, serve: Any, monkeypatch: pytest.MonkeyPatch, proxy: LoopbackProxy
) -> None:
    """NO_PROXY=[::1] neither breaks construction nor is forgotten."""
    server = serve(host="::1")
    monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.address}")
    got = {}
    for no_proxy in ("[::1]", "::1", "localhost,[::1]", "*", f"[::1]:{server.port}"):
        monkeypatch.setenv("NO_PROXY", no_proxy)
        info = any_api.retrieve(any_api.client(server.url, http={"trust_env": False}))
        got[no_proxy] = (info.type, len(proxy.heads))

    assert got == dict.fromkeys(got, ("model", 0))


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_for_plain_requests_is_really_used(
    any_api: Any, serve: Any, variable: str, monkeypatch: pytest.MonkeyPatch, proxy: LoopbackProxy
) -> None:
    """It gets the request with its absolute address; the key goes to it, as the caller asked for it."""
    server = serve()
    forms = {"url": "http://{}", "bare": "{}", "capitals": "HTTP://{}/"}
    for name, form in forms.items():
        monkeypatch.setenv(variable, form.format(proxy.address))
        any_api.retrieve(any_api.client(server.url), name)

    assert [head.splitlines()[0] for head in proxy.heads] == [
        f"GET {server.url}/v1/models/{name} HTTP/1.1" for name in forms
    ]


def test_a_tunnel_does_not_show_the_key_to_the_proxy(
    any_api: Any, serve: Any, tls: Any, key: str, monkeypatch: pytest.MonkeyPatch, proxy: LoopbackProxy
) -> None:
    """Over https a proxy sees the CONNECT and its own credentials, and nothing else."""
    server = serve(context=tls)
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:pw@{proxy.address}")

    assert any_api.retrieve(any_api.client(server.url)).type == "model"
    assert [head.splitlines()[0] for head in proxy.heads] == [f"CONNECT {server.origin} HTTP/1.1"]
    assert key not in str(proxy.heads)


def test_each_address_goes_its_own_way(
    api: Any, serve: Any, tls: Any, monkeypatch: pytest.MonkeyPatch, proxy: LoopbackProxy
) -> None:
    """A copy with another base URL does not inherit the proxy of its parent's scheme."""
    with LoopbackProxy() as other:
        plain, secure = serve(), serve(context=tls)
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.address}")
        monkeypatch.setenv("HTTPS_PROXY", f"http://{other.address}")
        client = api.client(plain.url)
        api.retrieve(client)
        api.retrieve(client.copy(base_url=secure.url))

        assert [len(proxy.heads), len(other.heads)] == [1, 1]


@pytest.mark.parametrize(
    "word", ["refused", pytest.param("silent", marks=pytest.mark.breaks_contract("a proxy is sent whole addresses"))]
)
def test_a_proxy_that_fails_is_one_error_without_its_password(
    api: Any, serve: Any, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dead or silent proxy ends the call within its timeout, and the address stays out of the message."""
    server = serve(lambda peer: peer.hold())
    address = "127.0.0.1:1" if word == "refused" else server.origin
    monkeypatch.setenv("HTTP_PROXY", f"http://user:sesame@{address}")

    error = api.error(api.client("http://example.invalid", timeout=0.1))

    assert type(error).__name__ in ("APIConnectionError", "APITimeoutError")
    assert "sesame" not in f"{error!r} {error.__cause__!r} {error.request!r}"
