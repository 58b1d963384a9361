"""The private names of httpx and httpcore that the transport uses: a release without one fails here first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpcore
import httpx
import pytest

if TYPE_CHECKING:
    from recording import RecordingServer

HOOKS = ("_init_transport", "_init_proxy_transport", "_get_proxy_map")


@pytest.mark.parametrize("kind", [httpx.Client, httpx.AsyncClient])
def test_a_client_has_the_methods_that_our_default_clients_override(kind: type) -> None:
    """A client makes its transports and proxies with these methods, and has its cookies in `_cookies`."""
    assert [name for name in HOOKS if not callable(getattr(kind, name, None))] == []
    assert isinstance(kind()._cookies, httpx.Cookies)


@pytest.mark.parametrize("kind", [httpx.HTTPTransport, httpx.AsyncHTTPTransport])
def test_a_transport_has_a_pool_that_makes_connections(kind: type) -> None:
    """Our pool, which replaces it, takes its limits and network backend, and gets connections from it."""
    pool = kind(limits=httpx.Limits(max_connections=7, max_keepalive_connections=5))._pool

    assert (pool._max_connections, pool._max_keepalive_connections) == (7, 5)
    assert callable(pool.create_connection)
    assert hasattr(pool._network_backend, "connect_tcp")


@pytest.mark.breaks_contract("the client does not send this request")
def test_a_connection_has_its_unread_bytes(server: RecordingServer) -> None:
    """The parser of the wrapped connection has the bytes that were not read."""
    with httpcore.HTTPConnection(httpcore.URL(server.url).origin) as connection:
        connection.request("GET", server.url)

        assert connection._connection._h11_state.trailing_data == (b"", False)
        assert (connection.is_available(), connection.has_expired()) == (True, False)
