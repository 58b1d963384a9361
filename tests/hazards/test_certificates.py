"""Certificates in the environment: only custom ones are trusted, and an error names a variable that cannot be used."""

import ssl
import subprocess

import pytest
import trustme
from cases import not_refused, outcome, types
from kinds import KINDS
from trust import context_of

from anthropic_models import APIConnectionError


def test_an_unreadable_path_is_refused_with_the_variables_name(api, tmp_path, monkeypatch):
    """The constructor raises one ValueError. A folder of certificates or a key log file may contain anything."""
    paths = {name: tmp_path / name for name in ("garbage", "empty", "folder", "missing/x", "x" * 5000)}
    paths["folder"].mkdir()
    fine = {("SSL_CERT_DIR", "folder"), ("SSLKEYLOGFILE", "garbage"), ("SSLKEYLOGFILE", "empty")}
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        paths["garbage"].write_text("-----BEGIN CERTIFICATE-----\ngarbage\n-----END CERTIFICATE-----\n")
        paths["empty"].write_text("")
        made = {}
        for name, path in paths.items():
            monkeypatch.setenv(variable, str(path))
            made[name] = outcome(api.client_class, api_key="k")
        monkeypatch.delenv(variable)

        refused = {name: each for name, each in made.items() if (variable, name) not in fine}
        assert types(made) == {name: ValueError if name in refused else api.client_class for name in made}
        assert not_refused(refused, variable) == {}


@pytest.mark.parametrize("any_api", KINDS, indirect=True)
def test_only_the_custom_authority_is_trusted(any_api, serve, tls, authority):
    """SSL_CERT_FILE is enough; a server with another authority or another name gets no byte of a request."""
    good = serve(context=tls)
    bad = [serve(context=context_of(trustme.CA())), serve(context=context_of(authority, "elsewhere.example"))]
    for url in (good.url, good.url.replace("127.0.0.1", "localhost")):
        assert any_api.retrieve(any_api.client(base_url=url)).type == "model"
    errors = [any_api.error(any_api.client(base_url=server.url)) for server in bad]

    assert [type(error) for error in errors] == [APIConnectionError] * 2
    assert "certificate" in str(errors[0]).lower()
    assert [server.requests for server in bad] == [[], []]


def test_a_custom_authority_replaces_the_default_ones(api, serve, tls, tmp_path, monkeypatch):
    """Authorities of certifi are trusted only without SSL_CERT_FILE; SSLKEYLOGFILE works with either."""
    usual = trustme.CA()
    usual.cert_pem.write_to_path(str(tmp_path / "usual.pem"))
    monkeypatch.setattr("certifi.where", lambda: str(tmp_path / "usual.pem"))
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))  # a new environment, so no context is cached for it
    server = serve(context=context_of(usual))

    assert isinstance(api.error(api.client(base_url=server.url)), APIConnectionError)
    monkeypatch.delenv("SSL_CERT_FILE")
    assert api.retrieve(api.client(base_url=server.url)).type == "model"
    assert "CLIENT" in (tmp_path / "keys").read_text()


def test_folders_of_certificates_are_trusted(api, serve, tls, tmp_path, authority, monkeypatch):
    """SSL_CERT_DIR lists folders in the layout of OpenSSL, some of which may be missing."""
    folder, other = tmp_path / "folder", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    authority.cert_pem.write_to_path(str(folder / "a.pem"))
    subprocess.run(["openssl", "rehash", str(folder)], check=True, capture_output=True)
    server, got = serve(context=tls), {}
    monkeypatch.setenv("SSL_CERT_DIR", "/nonexistent")
    got["the file wins"] = api.retrieve(api.client(base_url=server.url)).type
    monkeypatch.delenv("SSL_CERT_FILE")
    for value in (f"{folder}", f"{other}:{folder}", f"{folder}:/nonexistent", f"{folder}:"):
        monkeypatch.setenv("SSL_CERT_DIR", value)
        got[value] = api.retrieve(api.client(base_url=server.url)).type

    # A `Default…` client that is given a context reads no variable.
    own = ssl.create_default_context(cafile=str(folder / "a.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    got["own context"] = api.retrieve(api.client(base_url=server.url, http={"verify": own})).type

    assert got == dict.fromkeys(got, "model")


@pytest.fixture
def reads(tmp_path, monkeypatch):
    """Each read of certificates, in a new environment, so that no context is cached for it."""
    reads = []
    read = ssl.SSLContext.load_verify_locations
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *a, **k: (reads.append(a), read(*a, **k))[1])
    return reads


@pytest.mark.usefixtures("reads")
def test_a_handshake_may_begin_while_certificates_are_read(our_api):
    """One thread begins a handshake while another makes a client, which reads the certificates."""
    http = our_api.http()
    begin_handshake = http.tls_context.set_alpn_protocols
    our_api.keep(our_api.client_class(api_key="k", base_url="https://h", http_client=http))

    assert begin_handshake(["http/1.1"]) is None


def test_clients_share_one_ssl_context(api, serve, tls, reads):
    """Certificates are read when the first client is made or its base URL is set, never during a call."""
    url = serve(context=tls).url
    clients = [api.client(base_url=url), api.client(base_url="http://h")]
    clients[1].base_url = url
    copies = [client.copy() for client in clients for _ in range(20)]
    before = len(reads)

    assert [api.retrieve(client).type for client in (*clients, copies[-1])] == ["model"] * 3
    assert (before, len(reads)) == (1, 1)


def test_a_default_http_client_works_on_its_own(our_api, serve, tls, reads):
    """It reads the certificates when it first needs them; a response can be closed twice."""
    server, http = serve(context=tls), our_api.http()
    url, headers = f"{server.url}/v1/models/m", {"x-api-key": "k", "anthropic-version": "2023-06-01"}

    with our_api.entered(http):
        with our_api.entered(http.stream("GET", url, headers=headers)) as response:
            for close in ("aread", "aclose") if our_api.is_async else ("read", "close"):
                our_api.run(getattr(response if "read" in close else response.stream, close)())
        assert our_api.run(http.get(url, headers=headers)).status_code == 200
    assert (server.connections, len(reads)) == (1, 1)
