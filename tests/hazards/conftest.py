"""Every kind of client, more servers than one, and certificates for those that speak TLS."""

import socket
from contextlib import ExitStack

import pytest
from kinds import GIVEN, MIXED, OURS, Kind
from recording import RecordingServer
from trust import context_of


@pytest.fixture(autouse=True)
def _plain_certificates(monkeypatch):
    """The machine's own certificates stay out of every test."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def serve():
    """Starts a server that gives this answer, for as long as the test lasts."""
    with ExitStack() as stack:

        def start(answer=None, **settings):
            server = stack.enter_context(RecordingServer(**settings))
            server.fallback = server.fallback if answer is None else answer
            return server

        yield start


@pytest.fixture(scope="session")
def authority():
    """Who signs the certificates of the TLS servers."""
    import trustme  # only now: its cryptography takes a tenth of a second

    return trustme.CA()


@pytest.fixture
def tls(authority, tmp_path, monkeypatch):
    """A server's TLS context for the loopback address, whose authority the environment trusts."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return context_of(authority)


@pytest.fixture(params=["plain", "TLS"])
def context(request):
    """None for a server without TLS, and that of one with it."""
    return request.getfixturevalue("tls") if request.param == "TLS" else None


@pytest.fixture
def full():
    """Listens at an address with a queue of connections that is full, so that a connect gets no answer; its URL."""
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
"""Each kind of client that sends through an HTTP client of ours."""
any_api = pytest.fixture(params=MIXED, name="any_api")(_api)
"""Kinds with and without an HTTP client of the caller's: each class of those once."""
given_api = pytest.fixture(params=GIVEN, name="given_api")(_api)
"""Those that send through a client of httpx or httpx2."""
api = pytest.fixture(params=OURS[:2], name="api")(_api)
"""Both kinds as they are made by default."""
