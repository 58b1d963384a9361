"""Every kind of client, several servers, and certificates for the TLS servers."""

import socket
from contextlib import ExitStack

import pytest
from kinds import GIVEN, MIXED, OURS, Kind
from recording import RecordingServer
from trust import context_of


@pytest.fixture(autouse=True)
def _plain_certificates(monkeypatch):
    """Hide the machine's certificate settings from every test."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def serve():
    """Starts a server that sends this response, until the test ends."""
    with ExitStack() as stack:

        def start(response=None, **settings):
            server = stack.enter_context(RecordingServer(**settings))
            server.fallback = server.fallback if response is None else response
            return server

        yield start


@pytest.fixture(scope="session")
def authority():
    """The certificate authority of the TLS servers."""
    import trustme  # here, because the import takes a tenth of a second

    return trustme.CA()


@pytest.fixture
def tls(authority, tmp_path, monkeypatch):
    """A server's TLS context for the loopback address, signed by an authority that SSL_CERT_FILE names."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return context_of(authority)


@pytest.fixture(params=["plain", "TLS"])
def context(request):
    """A server's TLS context: None without TLS."""
    return request.getfixturevalue("tls") if request.param == "TLS" else None


@pytest.fixture
def full():
    """Listens at an address with a full backlog, so that connecting to it hangs; returns the URL."""
    with ExitStack() as stack:

        def start(host="127.0.0.1", port=0):
            address = stack.enter_context(socket.create_server((host, port), backlog=0)).getsockname()
            for _ in range(4):
                sock = stack.enter_context(socket.socket())
                sock.setblocking(False)
                sock.connect_ex(address)
            return f"http://{host}:{address[1]}"

        yield start


def _api(request, server):
    api = Kind(request.param, server.url)
    yield api
    api.close()


our_api = pytest.fixture(params=OURS, name="our_api")(_api)
"""Each kind of client whose HTTP client is this package's own."""
any_api = pytest.fixture(params=MIXED, name="any_api")(_api)
"""Kinds with and without a caller's HTTP client, each class of HTTP client once."""
given_api = pytest.fixture(params=GIVEN, name="given_api")(_api)
"""The kinds that are given a client of httpx or httpx2."""
api = pytest.fixture(params=OURS[:2], name="api")(_api)
"""Both kinds with the default HTTP client."""
