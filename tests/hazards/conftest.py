"""A server that misbehaves, every kind of client, and the planted key that must be found nowhere."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Any

import pytest
from hostile import HostileServer
from kinds import KEY, KINDS, OURS, Api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import trustme
    from hostile import Script


@pytest.fixture(autouse=True)
def _plain_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own certificates stay out of every test."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def key() -> str:
    """The planted credential."""
    return KEY


@pytest.fixture
def serve() -> Iterator[Callable[..., HostileServer]]:
    """Starts a server for as long as the test lasts."""
    servers: list[HostileServer] = []

    def start(*scripts: Script, **settings: Any) -> HostileServer:
        servers.append(HostileServer(*scripts, **settings))
        return servers[-1]

    yield start
    for server in servers:
        server.__exit__()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who signs the certificates of the TLS servers."""
    import trustme  # only now: its cryptography takes a tenth of a second

    return trustme.CA()


@pytest.fixture
def tls(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's TLS context for the loopback address, whose authority the environment trusts."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


def _api(request: pytest.FixtureRequest) -> Iterator[Api]:
    api = Api(request.param)
    yield api
    api.close()


api = pytest.fixture(params=OURS, name="api")(_api)
"""Each kind of client that sends through an HTTP client of ours."""
any_api = pytest.fixture(params=KINDS, name="any_api")(_api)
"""The same, and each that sends through a client of httpx or httpx2."""
given_api = pytest.fixture(params=KINDS[2:], name="given_api")(_api)
"""Only those that send through an HTTP client of the caller's, be it of our class."""


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the retry loop would have slept, in seconds; it does not. Turns given to an event loop do not count."""
    naps: list[float] = []
    asleep = asyncio.sleep

    async def nap(seconds: float, *_: Any) -> None:
        if seconds:
            naps.append(seconds)
        await asleep(0)

    monkeypatch.setattr("time.sleep", naps.append)
    monkeypatch.setattr("anyio.sleep", nap)
    return naps
