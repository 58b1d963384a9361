"""Proxies of the environment: when they count, and what is said of bad ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telling import told
from trust import TLS

from anthropic_models.transport import environment
from anthropic_models.transport.environment import proxy_for
from anthropic_models.transport.messages import Origin
from anthropic_models.transport.routes import client_arguments

if TYPE_CHECKING:
    pass


def way(monkeypatch: pytest.MonkeyPatch, url: str, **variables: str) -> object:
    """The address of the proxy for a URL where these variables are set; None, or what is said of it."""
    with monkeypatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        found = told(proxy_for, httpx.URL(url))
    return str(found.url) if isinstance(found, httpx.Proxy) else found


def test_a_proxy_is_that_of_the_scheme_or_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address without a scheme is an http one; none, or an empty one, is no proxy."""
    cases: list[tuple[str, dict[str, str], object]] = [
        ("http://h", {}, None),
        ("http://h", {"http_proxy": "http://p:1"}, "http://p:1"),
        ("https://h", {"HTTP_PROXY": "http://p:1"}, None),
        ("https://h", {"HTTPS_PROXY": "p:1", "ALL_PROXY": "q:1"}, "http://p:1"),
        ("https://h", {"ALL_PROXY": "https://q:1"}, "https://q:1"),
        ("https://h", {"https_proxy": "", "all_proxy": "q:1"}, "http://q:1"),
    ]

    assert [way(monkeypatch, url, **variables) for url, variables, _ in cases] == [found for *_, found in cases]


def test_no_proxy_is_heeded_by_host_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names and their ends, addresses of either kind with brackets or without, all of them; another port is another."""
    cases = {
        ("http://h", "h"): True,
        ("http://x.h", ".h"): True,
        ("http://xh", ".h"): False,
        ("http://h", "g"): False,
        ("http://h:81", "h:81"): True,
        ("http://h:82", "h:81"): False,
        ("http://h", "h:XXXX"): False,
        ("http://[::1]:8", "[::1]"): True,
        ("http://[::1]:8", "::1"): True,
        ("http://[::1]:8", "[::1]:8"): True,
        ("http://[::2]:8", "[::1]:8"): False,
        ("http://h", "*"): True,
    }
    found = {case: way(monkeypatch, case[0], http_proxy="http://p:1", no_proxy=case[1]) for case in cases}

    assert {case: proxy is None for case, proxy in found.items()} == cases


def test_a_proxy_that_cannot_be_used_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was spelled, and without the address, which may have a password in it."""
    unusable = "is not a proxy that can be used"
    nowhere = f"{unusable}: it names no host and port that there can be"

    assert way(monkeypatch, "http://h", http_proxy="http://p:0") == f"ValueError: http_proxy {nowhere}"
    assert way(monkeypatch, "http://h", HTTP_PROXY="http://p:99999") == f"ValueError: HTTP_PROXY {nowhere}"
    assert way(monkeypatch, "https://h", ALL_PROXY="http://") == f"ValueError: ALL_PROXY {nowhere}"
    assert (
        way(monkeypatch, "http://h", HTTP_PROXY="ftp://h")
        == f"ValueError: HTTP_PROXY {unusable}: Unknown scheme for proxy URL URL('…')"
    )
    assert environment._variable("http") == "HTTP_PROXY"  # also where the system, and no variable, names a proxy
    bad = str(way(monkeypatch, "http://h", HTTP_PROXY="http://u:p@h:x"))
    assert bad == f"ValueError: HTTP_PROXY {unusable}: Invalid port: 'x'"


def test_a_proxy_of_the_socks_kind_needs_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is told; where it is installed, the proxy is used. No certificates are loaded for that."""
    made: list[Any] = []

    class Transport:
        def __init__(self, **settings: Any) -> None:
            made.append(settings)

        def close(self) -> None:
            made.append("closed")

    def missing(**_: Any) -> None:
        raise ImportError("no socksio")

    monkeypatch.setattr(httpx, "HTTPTransport", missing)
    assert way(monkeypatch, "http://h", ALL_PROXY="socks5://p:1") == (
        "ValueError: ALL_PROXY is not a proxy that can be used: install httpx[socks]"
    )
    assert way(monkeypatch, "http://h", ALL_PROXY="http://p:1") == "http://p:1"
    monkeypatch.setattr(httpx, "HTTPTransport", Transport)
    assert way(monkeypatch, "http://h", ALL_PROXY="socks5://p:1") == "socks5://p:1"
    assert [str(made[0].pop("proxy").url), made] == ["socks5://p:1", [{"verify": False}, "closed"]]


def test_a_client_of_ours_reads_nothing_of_the_environment_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told its proxy and its certificates, and waits as long as each request says."""
    monkeypatch.setattr("anthropic_models.transport.routes.tls_context", lambda: TLS)
    monkeypatch.setenv("http_proxy", "http://p:1")
    proxied, plain = (client_arguments(Origin("http", host, 80, host)) for host in ("h", "g"))

    assert str(proxied.pop("proxy").url) == "http://p:1"
    assert proxied == {"verify": TLS, "trust_env": False, "timeout": None}
    monkeypatch.delenv("http_proxy")
    assert client_arguments(Origin("http", "h", 80, "h"))["proxy"] is None
    assert plain["proxy"] is not None
