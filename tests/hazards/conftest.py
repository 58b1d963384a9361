"""Four kinds of client behind one face, a server that misbehaves, and the planted key that must be found nowhere."""

from __future__ import annotations

import asyncio
import inspect
import os
import ssl
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import trustme
from hostile import HostileServer

import anthropic_models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile import Script

KEY = "sk-ant-planted-0123456789abcdef"


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
    return trustme.CA()


@pytest.fixture
def tls(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's TLS context for the loopback address, whose authority the environment trusts."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


class Api:
    """One kind of client, and how to use it; the asynchronous ones run in an event loop of their own.

    Attributes:
        is_async: Whether its calls are awaited.
        is_given: Whether it sends through an httpx client of the caller's.
    """

    def __init__(self, kind: str) -> None:
        self._name = kind
        self.is_async, self.is_given = kind.startswith("async"), kind.endswith("http_client")
        self.kind: Any = anthropic_models.AsyncAnthropic if self.is_async else anthropic_models.Anthropic
        self.http_kind: Any = httpx.AsyncClient if self.is_async else httpx.Client
        self._runner = asyncio.Runner() if self.is_async else None
        self._clients: list[Any] = []

    def twin(self) -> Api:
        """Another of the same kind, for another thread; to be closed."""
        return Api(self._name)

    def client(self, url: str, *, http: dict[str, Any] | None = None, **settings: Any) -> Any:
        """A client for this URL, closed when the test ends; `http` are arguments of the caller's httpx client."""
        settings = {"api_key": KEY, "base_url": url, "max_retries": 0, "timeout": 10, **settings}
        if self.is_given and "http_client" not in settings:  # reading the machine's certificates takes its time
            settings["http_client"] = self.http_kind(**{"verify": "SSL_CERT_FILE" in os.environ, **(http or {})})
        self._clients.append(self.kind(**settings))
        return self._clients[-1]

    def run(self, result: Any) -> Any:
        """The result of a call, awaited where it must be."""
        if self._runner is None or not inspect.isawaitable(result):
            return result
        return self._runner.run(_awaited(result))

    def retrieve(self, client: Any, model_id: Any = "m", **arguments: Any) -> Any:
        """What `models.retrieve` gives."""
        return self.run(client.models.retrieve(model_id, **arguments))

    def error(self, client: Any, model_id: Any = "m", **arguments: Any) -> Any:
        """What `models.retrieve` raises."""
        with pytest.raises(Exception) as caught:  # the test looks at it
            self.retrieve(client, model_id, **arguments)
        return caught.value

    def close(self) -> None:
        """Close every client and the event loop."""
        for client in self._clients:
            self.run(client.close())
        if self._runner is not None:
            self._runner.close()


async def _awaited(result: Any) -> Any:
    return await result


def _api(request: pytest.FixtureRequest) -> Iterator[Api]:
    api = Api(request.param)
    yield api
    api.close()


KINDS = ["sync", "async"]
api = pytest.fixture(params=KINDS, name="api")(_api)
"""Each kind of client, with connections of its own."""
any_api = pytest.fixture(params=[*KINDS, *(f"{kind} http_client" for kind in KINDS)], name="any_api")(_api)
"""The same, and each sending through an httpx client of the caller's."""
given_api = pytest.fixture(params=[f"{kind} http_client" for kind in KINDS], name="given_api")(_api)
"""Only those that send through an httpx client of the caller's."""


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the retry loop would have slept, in seconds; it does not. Turns given to an event loop do not count."""
    naps: list[float] = []
    asleep = asyncio.sleep

    async def nap(seconds: float, *_: Any) -> None:
        if seconds:
            naps.append(seconds)
        await asleep(0)

    monkeypatch.setattr("anthropic_models.client.time.sleep", naps.append)
    monkeypatch.setattr("anthropic_models.async_client.asyncio.sleep", nap)
    return naps
