"""Certificates of the environment: when they are read, and what is said of bad ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telling import told

from anthropic_models.transport import environment
from anthropic_models.transport.environment import check_certificates, tls_context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The TLS contexts that are made, instead of real ones; no variable about certificates is set."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)
    made: list[Any] = []

    class Context:
        def set_alpn_protocols(self, protocols: list[str]) -> None:
            made.append(protocols)

    monkeypatch.setattr(httpx, "create_ssl_context", Context)
    environment._tls_context.cache_clear()
    yield made
    environment._tls_context.cache_clear()


def test_a_context_is_made_once_for_each_state(contexts: list[Any], monkeypatch: Any, tmp_path: Path) -> None:
    """Of the variables, an empty one being none; it offers HTTP/1.1 and nothing else."""
    check_certificates()
    assert contexts == []
    first = tls_context()
    monkeypatch.setenv("SSL_CERT_FILE", "")
    assert tls_context() is first
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    second = tls_context()
    assert (second is first, tls_context() is second, contexts) == (False, True, [["http/1.1"]] * 2)
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "new"))
    check_certificates()
    assert contexts == [["http/1.1"]] * 3


def test_certificates_that_cannot_be_read_are_told(contexts: list[Any], monkeypatch: Any, tmp_path: Path) -> None:
    """By the variable that names them, with two hundred characters of what it says."""
    long, folder = "x" * 300, "y/" * 150
    file = tmp_path / "file"
    file.touch()
    said = []
    for name, value in (("SSL_CERT_FILE", long), ("SSL_CERT_DIR", long), ("SSLKEYLOGFILE", f"{folder}y")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            said.append(told(check_certificates))
    with monkeypatch.context() as patch:
        patch.setattr(httpx, "create_ssl_context", lambda: (_ for _ in ()).throw(OSError("no certificate")))
        said.append(told(tls_context))
        patch.setenv("SSL_CERT_FILE", str(file))
        patch.setenv("SSL_CERT_DIR", long)  # which is not looked at where there is a file
        said.append(told(tls_context))

    assert said == [
        f"ValueError: SSL_CERT_FILE names no file: {'x' * 200!r}",
        f"ValueError: SSL_CERT_DIR names no folder: {'x' * 200!r}",
        f"ValueError: SSLKEYLOGFILE is in no folder: {folder[:200]!r}",
        "ValueError: the certificates cannot be read: no certificate",
        "ValueError: SSL_CERT_FILE, SSL_CERT_DIR cannot be read: no certificate",
    ]


def test_a_long_name_is_told_like_any_other(contexts: list[Any], monkeypatch: Any) -> None:
    """The operating system refuses to look at it: for each variable that is no other error."""
    said = []
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        with monkeypatch.context() as patch:
            patch.setenv(name, f"{'x' * 300}/y")
            said.append(str(told(check_certificates)).partition(":")[0])

    assert said == ["ValueError"] * 3
