"""Proxies in the environment: used where they can be, else refused at construction by the variable's name."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from loopback_proxy import LoopbackProxy
from outcomes import not_refused, outcome, types

from anthropic_models import Anthropic

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


DIRECT = {
    "http://a.example": ["a.example", "A.EXAMPLE", ".example", "example", "*.example", "*", "x, a.example",
                         "x a.example", " a.example ,", "a.example:{port}", ".example:{port}", "http://a.example", "all://a.example",
                         "http://a.example:{port}", "x,*"],
    "http://127.0.0.1": ["127.0.0.1", "127.0.0.1:{port}", "http://127.0.0.1", "localhost,127.0.0.1"],
    "http://localhost": ["localhost", "LOCALHOST", "localhost:{port}"],
    "http://[::1]": ["::1", "[::1]", "[::1]:{port}", "http://[::1]", "localhost, [::1]"],
}  # fmt: skip
PROXIED = {
    "http://a.example": ["", " ", ",", "b.example", "a.example:1", "https://a.example", "ample:x", "[bad", "http://", "://",
                         "[x://a", "a.example.com", "aa.example", ".a.example.b", "::1", "10.0.0.0/8", "a*.example",
                         "*:{port}"],
    "http://127.0.0.1": ["localhost", "127.0.0.1:1", "127.0.0.2", "27.0.0.1"],
    "http://[::1]": ["::2", "[::1]:1", "[::1", "127.0.0.1"],
}  # fmt: skip


@pytest.mark.breaks_contract("a proxy is asked by the whole URL")
def test_every_form_of_no_proxy_does_what_it_says(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host and its subdomains, an address, a port, a scheme, blanks, `*`; what is none of these excepts nothing."""
    server, real = serve(), socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **named: real("127.0.0.1", *args, **named))
    monkeypatch.setenv("HTTP_PROXY", server.url)
    wrong = []
    for expected, cases in (("direct", DIRECT), ("proxied", PROXIED)):
        for url, exceptions in cases.items():
            for no_proxy in exceptions:
                monkeypatch.setenv("NO_PROXY", no_proxy.format(port=server.port))
                with Anthropic(api_key="k", base_url=f"{url}:{server.port}") as client:
                    client.models.retrieve("m")
                got = "direct" if server.requests[-1].target == "/v1/models/m" else "proxied"
                wrong += [(url, no_proxy, got)] if got != expected else []

    assert wrong == []


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
