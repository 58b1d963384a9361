"""Downloads: a page over https, and the newest release, whatever pip is configured to prefer."""

import json
from pathlib import Path

import pytest
import trustme
from cases import each
from recording import Answer, Peer, RecordingServer
from trust import context_of

PAGE = Path(__file__).with_name("data") / "page.md"
TEXT = {"content-type": "text/html"}
Responses = dict[str, Answer]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A TLS server: its address, the certificate of its authority, and its responses by path."""
    authority, responses = trustme.CA(), {}
    trusted = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(trusted)
    with RecordingServer(context=context_of(authority)) as server:

        def respond(peer: Peer) -> None:
            server.requests.clear()  # these are not requests to the API
            peer.send(responses.get(peer.request.path, Answer(404)))

        server.fallback = respond
        yield server.url, trusted, responses


@pytest.fixture
def index(site, monkeypatch, tmp_path):
    """The package index's responses by path; pip uses no other index, and temporary files go to the test's folder."""
    address, _, responses = site
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    for name, value in {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_INDEX_URL": f"{address}/simple",
        "PIP_TRUSTED_HOST": "127.0.0.1",
        "TMPDIR": str(temporary),
    }.items():
        monkeypatch.setenv(name, value)
    responses.clear()
    return responses


def serve(index: Responses, *files: Path, attribute: str = "") -> None:
    """Offer these files in the index; `attribute` is an HTML attribute of the last link."""
    links = [f'<a href="/files/{file.name}" {attribute * (file is files[-1])}>{file.name}</a>' for file in files]
    index["/simple/anthropic/"] = Answer(body="\n".join(links), headers=TEXT)
    index.update({f"/files/{file.name}": Answer(body=file.read_bytes()) for file in files})


def test_latest_is_the_newest_release(index, wheel, tmp_path, run):
    """`latest` reads the newest release and reports its version and hash; no temporary file is left."""
    serve(index, wheel("1.0.0"), wheel("9.9.0"))
    code, output, error = run("--report", "json", "--sdk", "latest")
    release = json.loads(output or error)["release"]

    assert (code, release["name"], release["version"], len(release["sha256"])) == (0, "anthropic", "9.9.0", 64)
    assert list((tmp_path / "temporary").iterdir()) == []


@each("why", ["no wheel", "newer Python required, and a pip constraint"])
def test_newest_release_that_cannot_be_downloaded_is_exit_2(why, index, wheel, tmp_path, run, monkeypatch):
    """An older release never counts as the latest, whatever prevents the download; nothing is built from source."""
    newest, attribute, reason = tmp_path / "anthropic-9.9.0.tar.gz", "", ""
    newest.write_bytes(b"never opened")
    if why != "no wheel":
        newest, attribute, reason = wheel("9.9.0"), 'data-requires-python="&gt;=3.99"', "conflicting"
        (tmp_path / "constraints.txt").write_text("anthropic<9\n", "utf-8")
        monkeypatch.setenv("PIP_CONSTRAINT", str(tmp_path / "constraints.txt"))
    serve(index, wheel("1.0.0"), newest, attribute=attribute)
    code, output, error = run("--sdk", "latest")

    assert (code, output) == (2, "")
    assert "anthropic==9.9.0: the newest release could not be downloaded as a wheel" in error and reason in error


@each(("version", "status", "message"), [("latest", 403, "403"), ("9.9.0", 404, "anthropic==9.9.0")])
def test_failing_index_is_reported_as_such(version, status, message, index, run):
    """An error status of the index is reported as the cause, not as a missing release; only 404 means missing."""
    index["/simple/anthropic/"] = Answer(status)
    code, output, error = run("--sdk", version)

    assert (code, output, "Could not fetch URL" in error) == (2, "", status == 403)
    assert message in error


@each("version", ["newest", "1 --index-url x", "=="])
def test_invalid_version_is_exit_2(version, run):
    """An invalid version is not passed to pip; the message has a valid example."""
    code, output, error = run("--sdk", version)

    assert (code, output, error.count("\n"), "give one such as 1.2.3, or latest" in error) == (2, "", 1, True)


PAGES = {
    "/page.md": "matches",
    "/moved.md": "matches",
    "/downgraded.md": "only https",
    "/endless.md": "larger than 2 MiB",
    "/gone.md": "answered with status 404",
}


@each("path", PAGES)
def test_page_is_read_over_https_only(path, site, run, monkeypatch):
    """A redirect to https is followed; one to http, an endless page and an error status are exit code 2."""
    address, trusted, responses = site
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    responses["/page.md"], responses["/endless.md"] = Answer(body=PAGE.read_bytes()), Answer(body=b" " * (2**21 + 1))
    for source, target in (("/moved.md", "/page.md"), ("/downgraded.md", f"http{address[5:]}/page.md")):
        responses[source] = Answer(307, b"", {"location": target})
    code, output, error = run("--page", f"{address}{path}")

    assert (code, (output + error).count("\n")) == (0 if PAGES[path] == "matches" else 2, 1)
    assert PAGES[path] in output + error


@each("source", ["http://127.0.0.1/page.md", "ftp://127.0.0.1/page.md", "missing.md"])
def test_source_that_is_neither_a_file_nor_https_is_exit_2(source, run):
    """Only a file or an https URL is read."""
    code, output, error = run("--page", source)

    assert (code, output, source in error) == (2, "", True)
