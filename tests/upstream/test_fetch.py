"""What is downloaded: a page over https, and the newest release, whatever this machine would rather take."""

import json
from pathlib import Path

import pytest
import trustme
from cases import each
from recording import Answer, Peer, RecordingServer
from trust import context_of

PAGE = Path(__file__).with_name("data") / "page.md"
TEXT = {"content-type": "text/html"}
Answers = dict[str, Answer]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server: its address, the certificate of the authority that vouches for it, and what it answers by path."""
    authority, answers = trustme.CA(), {}
    trusted = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(trusted)
    with RecordingServer(context=context_of(authority)) as server:

        def answer(peer: Peer) -> None:
            server.requests.clear()  # none of them is one of the API
            peer.send(answers.get(peer.request.path, Answer(404)))

        server.fallback = answer
        yield server.url, trusted, answers


@pytest.fixture
def index(site, monkeypatch, tmp_path):
    """What the package index answers, by path; pip asks no other, and leaves what it makes in a folder of the test."""
    address, _, answers = site
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
    answers.clear()
    return answers


def serve(index: Answers, *files: Path, attribute: str = "") -> None:
    """Let the index have these files; the attribute is that of the last."""
    links = [f'<a href="/files/{file.name}" {attribute * (file is files[-1])}>{file.name}</a>' for file in files]
    index["/simple/anthropic/"] = Answer(body="\n".join(links), headers=TEXT)
    index.update({f"/files/{file.name}": Answer(body=file.read_bytes()) for file in files})


def test_latest_is_the_newest_release(index, wheel, tmp_path, run):
    """`latest` reads the newest release and names it, with the hash of its wheel; nothing is left behind."""
    serve(index, wheel("1.0.0"), wheel("9.9.0"))
    code, output, error = run("--report", "json", "--sdk", "latest")
    release = json.loads(output or error)["release"]

    assert (code, release["name"], release["version"], len(release["sha256"])) == (0, "anthropic", "9.9.0", 64)
    assert list((tmp_path / "temporary").iterdir()) == []


@each("why", ["no wheel", "a newer Python and a constraint of the machine"])
def test_newest_release_that_cannot_be_had_is_exit_2(why, index, wheel, tmp_path, run, monkeypatch):
    """An older release is not taken for the latest, whatever keeps this machine from the newest; nothing is built."""
    newest, attribute, reason = tmp_path / "anthropic-9.9.0.tar.gz", "", ""
    newest.write_bytes(b"not looked into")
    if why != "no wheel":
        newest, attribute, reason = wheel("9.9.0"), 'data-requires-python="&gt;=3.99"', "conflicting"
        (tmp_path / "constraints.txt").write_text("anthropic<9\n", "utf-8")
        monkeypatch.setenv("PIP_CONSTRAINT", str(tmp_path / "constraints.txt"))
    serve(index, wheel("1.0.0"), newest, attribute=attribute)
    code, output, error = run("--sdk", "latest")

    assert (code, output) == (2, "")
    assert "anthropic==9.9.0: the newest release could not be downloaded as a wheel" in error and reason in error


@each(("version", "status", "message"), [("latest", 403, "403"), ("9.9.0", 404, "anthropic==9.9.0")])
def test_index_that_fails_is_told_as_that(version, status, message, index, run):
    """An index that answers with an error is named as the cause, and not a release that is missing."""
    index["/simple/anthropic/"] = Answer(status)
    code, output, error = run("--sdk", version)

    assert (code, output, "Could not fetch URL" in error) == (2, "", status == 403)
    assert message in error


@each("version", ["newest", "1 --index-url x", "=="])
def test_version_that_is_none_is_exit_2(version, run):
    """What is no version is not given to pip; the message says what would be right."""
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
def test_page_is_read_by_https_and_no_other_way(path, site, run, monkeypatch):
    """Also after a redirect; one away from https, a page without end and an error are exit code 2 in one line."""
    address, trusted, answers = site
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    answers["/page.md"], answers["/endless.md"] = Answer(body=PAGE.read_bytes()), Answer(body=b" " * (2 * 2**20 + 1))
    for source, target in (("/moved.md", "/page.md"), ("/downgraded.md", f"http{address[5:]}/page.md")):
        answers[source] = Answer(307, b"", {"location": target})
    code, output, error = run("--page", f"{address}{path}")

    assert (code, (output + error).count("\n")) == (0 if PAGES[path] == "matches" else 2, 1)
    assert PAGES[path] in output + error


@each("source", ["http://127.0.0.1/page.md", "ftp://127.0.0.1/page.md", "missing.md"])
def test_source_that_is_neither_a_file_nor_https_is_exit_2(source, run):
    """Only a file or an https URL is read."""
    code, output, error = run("--page", source)

    assert (code, output, source in error) == (2, "", True)
