"""Independent clients of the local server: the official SDK and a plain HTTP connection."""

from http.client import HTTPConnection

import pytest
from trust import TLS


@pytest.fixture
def official(anthropic_server):
    """The official SDK as a client of the local server, without retries."""
    import anthropic  # here, because every test process loads this file

    http_client = anthropic.DefaultHttpxClient(verify=TLS)
    settings = {"api_key": "made-up", "base_url": anthropic_server.url, "http_client": http_client}
    with anthropic.Anthropic(**settings, max_retries=0) as client:
        yield client


@pytest.fixture
def connection(anthropic_server):
    """One plain connection to the local server."""
    connection = HTTPConnection(anthropic_server.url.removeprefix("http://"), timeout=10)
    yield connection
    connection.close()


@pytest.fixture
def send(connection):
    """Send one request with exactly these header lines. Returns the unread response."""

    def send(headers, target, method="GET", body=b""):
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        connection.endheaders(body)
        return connection.getresponse()

    return send
