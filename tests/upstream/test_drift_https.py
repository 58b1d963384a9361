"""Drift against a page that is fetched: from a server of our own, with a certificate of our own."""

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from cases import each

PAGE = Path(__file__).with_name("data") / "page.md"


class Handler(BaseHTTPRequestHandler):
    """Serves the page, and what goes wrong with pages."""

    def do_GET(self) -> None:
        """Answer by the path."""
        status, location, body = {
            "/page.md": (200, "", PAGE.read_bytes()),
            "/moved.md": (307, "/page.md", b""),
            "/downgraded.md": (307, f"http://{self.headers['Host']}/page.md", b""),
            "/endless.md": (200, "", b" " * (2 * 2**20 + 1)),
        }.get(self.path, (404, "", b"not here"))
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a server, and the certificate of the authority that vouches for it."""
    authority = trustme.CA()
    trusted = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(trusted)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"https://localhost:{server.server_port}", trusted
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(certified: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> str:
    """Its address, in an environment that trusts its certificate."""
    address, trusted = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return address


@each("path", ["/page.md", "/moved.md"])
def test_page_is_read_by_https(path, site: str, run):
    """A page behind an https URL is read as a file is, also where it has moved to another https URL."""
    code, output, _ = run("--page", f"{site}{path}")

    assert (code, "says the same" in output) == (0, True)


@each(
    ("path", "message"),
    [("/downgraded.md", "only https"), ("/endless.md", "larger than 2 MiB"), ("/gone.md", "answered with status 404")],
)
def test_page_that_cannot_be_fetched_is_exit_2(path, message, site: str, run):
    """A redirect away from https, a page without end and an error of the server are exit code 2 in one line."""
    code, output, error = run("--page", f"{site}{path}")

    assert (code, output, error.count("\n"), message in error) == (2, "", 1, True)
