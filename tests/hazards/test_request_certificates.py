"""Certificates in the environment: custom ones are trusted, and only they; what cannot be read is refused by name."""

from __future__ import annotations

import os
import ssl
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outcomes import not_refused, outcome, types

from anthropic_models import APIConnectionError

if TYPE_CHECKING:
    import pytest
    import trustme

VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


def spoilt(folder: Path) -> dict[str, Path]:
    """Paths that are no file of certificates, or no folder of them, or neither."""
    (folder / "garbage").write_text("-----BEGIN CERTIFICATE-----\ngarbage\n-----END CERTIFICATE-----\n")
    (folder / "empty").touch()
    (folder / "folder").mkdir()
    paths = {name: folder / name for name in ("garbage", "empty", "folder")}
    return {**paths, "missing": folder / "no" / "x", "too long": folder / ("x" * 5000)}


def test_a_variable_that_names_what_cannot_be_read_is_refused_by_name(
    api: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At construction, in one ValueError. A folder, or a file to write to, may hold anything."""
    fine = {("SSL_CERT_DIR", "folder"), ("SSLKEYLOGFILE", "garbage"), ("SSLKEYLOGFILE", "empty")}
    for variable in VARIABLES:
        outcomes = {}
        for name, path in spoilt(Path(tempfile.mkdtemp(dir=tmp_path))).items():
            with monkeypatch.context() as patch:
                patch.setenv(variable, str(path))
                outcomes[name] = outcome(api.kind, api_key="k")
        bad = {name: each for name, each in outcomes.items() if (variable, name) not in fine}

        wanted = {name: ValueError if name in bad else api.kind for name in outcomes}
        assert (variable, types(outcomes)) == (variable, wanted)
        assert not_refused(bad, variable) == {}


def test_an_empty_variable_counts_as_unset(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read, nothing fails."""
    for variable in VARIABLES:
        monkeypatch.setenv(variable, "")

        assert api.kind(api_key="k").is_closed() is False, variable


def test_a_custom_authority_is_trusted(any_api: Any, serve: Any, tls: Any) -> None:
    """SSL_CERT_FILE is enough, for host names and addresses."""
    server = serve(context=tls)

    assert any_api.retrieve(any_api.client(server.url)).type == "model"
    assert any_api.retrieve(any_api.client(server.url.replace("127.0.0.1", "localhost"))).type == "model"


def test_only_the_custom_authority_is_trusted(any_api: Any, serve: Any, tls: Any, tmp_path: Path) -> None:
    """A server that another authority vouches for gets neither the key nor a byte of the request."""
    import trustme

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server = serve(context=context)

    error = any_api.error(any_api.client(server.url))

    assert isinstance(error, APIConnectionError)
    assert "certificate" in str(error).lower()
    assert server.requests == []


def test_a_certificate_for_another_name_is_refused(any_api: Any, serve: Any, tls: Any, authority: trustme.CA) -> None:
    """The right authority does not help a server that is not the one that was asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.example").configure_cert(context)
    server = serve(context=context)

    assert isinstance(any_api.error(any_api.client(server.url)), APIConnectionError)
    assert server.requests == []


def test_the_usual_authorities_are_not_trusted_beside_the_custom_one(
    api: Any, serve: Any, tls: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that certifi lists count only without SSL_CERT_FILE."""
    import trustme

    usual, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    usual.issue_cert("127.0.0.1").configure_cert(context)
    usual.cert_pem.write_to_path(str(tmp_path / "usual.pem"))
    monkeypatch.setattr("certifi.where", lambda: str(tmp_path / "usual.pem"))
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))  # an environment that no test before has seen
    server = serve(context=context)

    assert isinstance(api.error(api.client(server.url)), APIConnectionError)
    monkeypatch.delenv("SSL_CERT_FILE")
    assert api.retrieve(api.client(server.url)).type == "model"


def test_folders_of_certificates_are_trusted(
    api: Any, serve: Any, tls: Any, tmp_path: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SSL_CERT_DIR is a list, of which some may be missing, laid out as OpenSSL wants it."""
    import subprocess

    folder, other = tmp_path / "folder", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    authority.cert_pem.write_to_path(str(folder / "a.pem"))
    subprocess.run(["openssl", "rehash", str(folder)], check=True, capture_output=True)
    monkeypatch.delenv("SSL_CERT_FILE")
    server, got = serve(context=tls), {}
    for value in (f"{folder}", f"{other}:{folder}", f"{folder}:/nonexistent", f"{folder}:"):
        monkeypatch.setenv("SSL_CERT_DIR", value)
        got[value] = api.retrieve(api.client(server.url)).type

    assert got == dict.fromkeys(got, "model")


def test_the_callers_own_context_is_used(api: Any, serve: Any, tls: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Default client with a context of its own asks no variable."""
    context = ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"])
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    client = api.client(serve(context=tls).url, http_client=api.http(verify=context))

    assert api.retrieve(client).type == "model"


def test_a_key_log_is_written(api: Any, serve: Any, tls: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SSLKEYLOGFILE, where it can be written, works; it is the caller's own wish."""
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    api.retrieve(api.client(serve(context=tls).url))

    assert "CLIENT" in (tmp_path / "keys").read_text()


def test_a_default_client_is_an_httpx_client_by_itself(
    api: Any, serve: Any, tls: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads the certificates when it first needs them; closing an answer twice does no harm."""
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))  # an environment that no test before has seen
    server, http = serve(context=tls), api.http()
    url = f"{server.url}/v1/models/m"
    headers = {"x-api-key": "k", "anthropic-version": "2023-06-01"}

    def get(client: Any) -> int:
        with client.stream("GET", url, headers=headers) as response:
            response.read()
            response.stream.close()
        return client.get(url, headers=headers).status_code

    async def aget(client: Any) -> int:
        async with client.stream("GET", url, headers=headers) as response:
            await response.aread()
            await response.stream.aclose()
        return (await client.get(url, headers=headers)).status_code

    assert api.inside(http, aget if api.is_async else get) == 200
    assert server.connections == 1
