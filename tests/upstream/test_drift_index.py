"""Which release is the latest: the newest that there is, and never an older one because of what this machine takes."""

import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

NEWEST = "anthropic-9.9.0-py3-none-any.whl"
LINK = '<a href="/{0}" {1}>{0}</a>'


@pytest.fixture
def wheel(sdk: Path, tmp_path: Path) -> Callable[[str], Path]:
    """The small SDK as a wheel of that name."""

    def make(name: str) -> Path:
        version = name.split("-")[1]
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for file in sdk.rglob("*.py"):
                archive.write(file, file.relative_to(sdk))
            info = f"anthropic-{version}.dist-info"
            archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: anthropic\nVersion: {version}\n")
            archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(f"{info}/RECORD", "")
        return tmp_path / name

    return make


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, str | bytes | int]]:
    """What a package index of our own answers, by path: a text, bytes or a status; pip asks no other."""
    answers: dict[str, str | bytes | int] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path, 404)
            body = answer.encode() if isinstance(answer, str) else b"" if isinstance(answer, int) else answer
            self.send_response(answer if isinstance(answer, int) else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
    yield answers
    server.shutdown()
    thread.join()
    server.server_close()


def serve(index: dict[str, str | bytes | int], *files: Path, attribute: str = "") -> None:
    """Let the index have these files; the attribute is that of the last."""
    links = [LINK.format(file.name, attribute if file is files[-1] else "") for file in files]
    index["/simple/anthropic/"] = "\n".join(links)
    index.update({f"/{file.name}": file.read_bytes() for file in files})


def test_latest_is_the_newest_release(index, wheel, run):
    """`latest` reads the newest release and names it, with the hash of its wheel."""
    serve(index, wheel("anthropic-1.0.0-py3-none-any.whl"), wheel(NEWEST))
    code, output, _ = run("--json", "--sdk", "latest")
    release = json.loads(output)["release"]

    assert (code, release["name"], release["version"], len(release["sha256"])) == (0, "anthropic", "9.9.0", 64)


def test_newest_release_that_needs_a_newer_python_is_exit_2(index, wheel, run):
    """An older release is not taken for the latest because this Python is too old for the newest."""
    newer = 'data-requires-python="&gt;=3.99"'
    serve(index, wheel("anthropic-1.0.0-py3-none-any.whl"), wheel(NEWEST), attribute=newer)
    code, output, error = run("--sdk", "latest")

    assert (code, output) == (2, "")
    assert "anthropic==9.9.0: the newest release could not be downloaded" in error and "3.99" in error


def test_newest_release_without_a_wheel_is_exit_2(index, wheel, tmp_path: Path, run):
    """A newest release that is source only is told; nothing of it is built."""
    source = tmp_path / "anthropic-9.9.0.tar.gz"
    source.write_bytes(b"not looked into")
    serve(index, wheel("anthropic-1.0.0-py3-none-any.whl"), source)
    code, output, error = run("--sdk", "latest")

    assert (code, output) == (2, "")
    assert "anthropic==9.9.0: the newest release could not be downloaded as a wheel" in error


def test_newest_release_that_a_constraint_forbids_is_exit_2(index, wheel, tmp_path: Path, run, monkeypatch):
    """A constraint of the machine does not make an older release the latest."""
    (tmp_path / "constraints.txt").write_text("anthropic<9\n", "utf-8")
    monkeypatch.setenv("PIP_CONSTRAINT", str(tmp_path / "constraints.txt"))
    serve(index, wheel("anthropic-1.0.0-py3-none-any.whl"), wheel(NEWEST))
    code, output, error = run("--sdk", "latest")

    assert (code, output) == (2, "")
    assert "anthropic==9.9.0: the newest release could not be downloaded" in error and "conflicting" in error


@pytest.mark.parametrize("version", ["latest", "9.9.0"])
def test_index_that_fails_is_told_as_that(version, index, run):
    """An index that answers with an error is named as the cause, and not a release that is missing."""
    index["/simple/anthropic/"] = 403
    code, output, error = run("--sdk", version)

    assert (code, output) == (2, "")
    assert "Could not fetch URL" in error and "403" in error


def test_release_with_other_bytes_than_those_that_were_looked_at_is_exit_2(index, wheel, fragment: Path, run):
    """A release whose wheel was replaced after it was looked at is told, with the line of the hash."""
    serve(index, wheel(NEWEST))
    decided = fragment.with_name("upstream.yaml")
    decided.write_text('release:\n  version: 9.9.0\n  sha256: "00"\n', "utf-8")
    code, output, error = run("--sdk", "9.9.0")

    assert (code, output, f"{decided}:3: anthropic 9.9.0 has the sha256" in error) == (2, "", True)


def test_nothing_is_left_behind(index, wheel, tmp_path: Path, run, monkeypatch):
    """The wheel, and what pip makes while it downloads, are gone afterwards."""
    serve(index, wheel(NEWEST))
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    run("--sdk", "latest")

    assert list(folder.iterdir()) == []
