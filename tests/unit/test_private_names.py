"""The private names of httpx and httpcore that the client uses. A new release of either that lacks one fails here."""

from __future__ import annotations

import inspect

import h11
import httpcore
import httpx
import pytest


@pytest.mark.parametrize("name", ["_init_transport", "_init_proxy_transport", "_get_proxy_map"])
@pytest.mark.parametrize("kind", [httpx.Client, httpx.AsyncClient])
def test_httpx_asks_these_methods_of_a_client_for_its_transports(kind, name):
    """`DefaultHttpxClient` and its twin override them."""
    assert f"self.{name}(" in inspect.getsource(kind.__init__)


@pytest.mark.parametrize("kind", [httpx.HTTPTransport, httpx.AsyncHTTPTransport])
def test_a_transport_has_a_pool(kind):
    """Our transports put a pool of their own there."""
    assert "_pool" in vars(kind(verify=False))


@pytest.mark.parametrize("kind", [httpcore.ConnectionPool, httpcore.AsyncConnectionPool])
def test_a_pool_has_these_settings(kind):
    """Ours reads the limits, and gives connections a network backend."""
    assert {"_max_connections", "_max_keepalive_connections", "_network_backend"} <= vars(kind()).keys()


@pytest.mark.parametrize("kind", [httpcore.HTTPConnection, httpcore.AsyncHTTPConnection])
def test_a_connection_shows_what_its_parser_has_left(kind):
    """A connection holds one that speaks HTTP/1.1, which holds its parser and its stream."""
    inner = {httpcore.HTTPConnection: "HTTP11Connection", httpcore.AsyncHTTPConnection: "AsyncHTTP11Connection"}[kind]
    made = getattr(httpcore, inner)(httpcore.Origin(b"http", b"h", 80), object())

    assert "_connection" in vars(kind(httpcore.Origin(b"http", b"h", 80)))
    assert isinstance(vars(made)["_h11_state"], h11.Connection)
    assert "_network_stream" in vars(made)


def test_a_client_keeps_cookies_here():
    """The jar that keeps nothing is put there."""
    assert "_cookies" in vars(httpx.Client())
