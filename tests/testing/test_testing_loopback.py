"""How the local server behaves as a server: connections, recorded requests, internal errors."""

import socket
from urllib.parse import urlsplit

import pytest
from cases import each

from anthropic_models.testing import serve

KEY, VERSION = ("x-api-key", "made-up"), ("anthropic-version", "2023-06-01")
MODEL = "/v1/models/claude-sonnet-4-20250514"
HEAD = "Host: localhost\r\nx-api-key: made-up\r\nanthropic-version: 2023-06-01\r\n"
REQUEST = f"GET {MODEL} HTTP/1.1\r\n{HEAD}\r\n".encode()


def connect(url):
    """A plain connection to the server."""
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=10)


@pytest.mark.breaks_contract("one request is a POST")
def test_a_connection_is_reused(send, connection, anthropic_server):
    """The connection stays open after a response, and the body of a request is not read as the next request."""
    send([KEY, VERSION], MODEL).read()
    first = connection.sock
    send([KEY, VERSION, ("content-length", "5")], MODEL, method="POST", body=b"hello").read()

    assert send([KEY, VERSION], MODEL).status == 200
    assert connection.sock is first
    # A chunked body is not read, so the connection is closed after the response.
    with connect(anthropic_server.url) as raw, raw.makefile("rb") as response:
        raw.sendall(REQUEST[:-2] + b"transfer-encoding: chunked\r\n\r\n")
        assert response.read().startswith(b"HTTP/1.1 200")


@pytest.mark.breaks_contract("HEAD is not an operation")
@each(("method", "status"), [("GET", 204), ("GET", 304), ("HEAD", 400)])
def test_no_bytes_follow_the_headers_of_a_response_without_a_body(anthropic_server, method, status):
    """The next response follows them directly."""
    if method == "GET":
        anthropic_server.answer_next(status)
    with connect(anthropic_server.url) as raw, raw.makefile("rb") as responses:
        raw.sendall(REQUEST.replace(b"GET", method.encode()))
        raw.sendall(REQUEST[:-2] + b"Connection: close\r\n\r\n")
        first, second, _body = responses.read().split(b"\r\n\r\n")

    assert first.startswith(f"HTTP/1.1 {status} ".encode())
    assert second.startswith(b"HTTP/1.1 200 ")


@pytest.mark.breaks_contract("the request is a PUT")
def test_a_request_is_recorded_as_it_was_on_the_wire(anthropic_server):
    """The order, case and repetition of headers are kept, and the target is not decoded."""
    target = "/v1/models/%41?q=%20&q"
    lines = [("Host", "localhost"), ("X-aPi-KeY", "k"), ("b", "2"), ("a", "1"), ("B", "3"), ("content-length", "2")]
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    with connect(anthropic_server.url) as raw:
        raw.sendall(f"PUT {target} HTTP/1.1\r\n{head}\r\nxy".encode())
        raw.recv(1)

    [request] = anthropic_server.requests
    assert (request.method, request.target, request.headers, request.body) == ("PUT", target, tuple(lines), b"xy")
    assert (request.path, request.query, request.header("b")) == ("/v1/models/%41", "q=%20&q", ["2", "3"])


@pytest.mark.breaks_contract("one request has no credential")
def test_a_repr_shows_the_request_and_the_answer(send, anthropic_server):
    """It shows the reason of an error and no credential, and truncates a long body."""
    anthropic_server.answer_next(500, body=b"x" * 201)
    send([("x-api-key", "planted-key"), VERSION], "/v1/models/m").read()
    send([VERSION], "/v1/models/m").read()

    first, second = anthropic_server.requests
    reason = "exactly one credential is required (x-api-key or authorization: bearer ...), none received"
    assert first.header("x-api-key") == ["planted-key"]
    assert repr(first.answer) == f"<Answer 500 {'x' * 200}...>"
    assert repr(second) == f"<GET /v1/models/m -> 401: {reason}>"
    assert repr(anthropic_server) == (
        f"<Server {anthropic_server.url} models={list(anthropic_server.models)} "
        f"requests=[<GET /v1/models/m -> 500>, {second!r}] planned=[]>"
    )


def test_a_client_that_disconnects_early_is_not_an_error(capfd):
    """A reset of an idle connection, or in the middle of a request, prints nothing."""
    with serve() as server:
        for sent in (b"", b"GET /v1", REQUEST):
            with connect(server.url) as raw:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # close by reset
                raw.sendall(sent)
        with connect(server.url) as raw:  # connections are accepted in order, so those before it were accepted
            raw.sendall(REQUEST)
            raw.recv(1)

    assert capfd.readouterr() == ("", "")


def test_an_internal_error_of_the_server_is_printed(capfd):
    """The connection is closed, and standard error has the exception."""
    with serve() as server, connect(server.url) as raw:
        server.models = None  # type: ignore[assignment]
        raw.sendall(REQUEST)

        assert raw.recv(1) == b""
    assert "TypeError" in capfd.readouterr().err
