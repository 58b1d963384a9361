"""Host names, addresses and proxies: lookups, connections, and errors that name an unusable variable."""

import socket
import socketserver
import sys
import threading
from contextlib import suppress

import httpcore
import httpx
import pytest
from cases import not_refused, outcome, types
from kinds import KEY
from recording import Answer, Hold

from anthropic_models import Anthropic, APIConnectionError, APITimeoutError

FOUND = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
PROXY = pytest.mark.breaks_contract("a proxy gets the absolute URL")


def test_names_are_looked_up_by_the_standard_library(api, server, monkeypatch):
    """`socket.getaddrinfo` gets positional arguments, as HTTPretty needs them; its error is part of the message."""

    def look_up(host, port, family=0, socktype=0, proto=0, flags=0):
        if host in ("models.example", b"models.example" if api.is_async else ...):
            return [(*FOUND, ("127.0.0.1", port))]
        raise socket.gaierror(socket.EAI_NONAME, "never heard of it")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    error = api.error(api.client(base_url="http://unknown.example"))

    assert api.retrieve(api.client(base_url=f"http://models.example:{server.port}")).type == "model"
    assert type(error) is APIConnectionError
    assert "never heard of it" in str(error)


def test_an_unresponsive_address_leaves_time_for_the_next(api, server, full, monkeypatch):
    """The next address is tried within the timeout; the asynchronous client does so even without a timeout."""
    full("127.0.0.2", server.port)
    addresses = [(*FOUND, (f"127.0.0.{last}", server.port)) for last in (2, 1)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: addresses)
    timeouts = [2, *([None] if api.is_async else [])]
    url = f"http://two.example:{server.port}"
    got = [api.retrieve(api.client(base_url=url, timeout=timeout)).type for timeout in timeouts]

    assert got == ["model"] * len(timeouts)


def test_connections_are_kept_alive(our_api):
    """TCP probes an idle connection after a minute, so that one which a NAT dropped is noticed."""
    names = ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT")
    with our_api.streamed() as response:
        sock = response.http_response.extensions["network_stream"].get_extra_info("socket")
        of_tcp = [sock.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) for name in names]

        assert (sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), of_tcp) == (1, [60, 60, 5])


def test_a_failed_connection_frees_its_place_in_the_pool(our_api, server, monkeypatch):
    """With a pool of one connection, a call succeeds after three failed connections and three timeouts."""
    client = our_api.client(http={"limits": httpx.Limits(max_connections=1)})
    kind = httpcore.AsyncHTTPConnection if our_api.is_async else httpcore.HTTPConnection
    with monkeypatch.context() as patch:
        patch.setattr(kind, "__init__", lambda *_, **__: 1 / 0)
        errors = our_api.outcomes("abc", client)
    late = our_api.replies(server, dict.fromkeys("abc", Hold), client, timeout=0.02)
    server.fallback = Answer()

    assert types(errors) == dict.fromkeys("abc", APIConnectionError)
    assert types(late) == dict.fromkeys("abc", APITimeoutError)
    assert our_api.retrieve(client).type == "model"


BAD_PROXIES = [
    "ftp://h", "http://[bad", "http://h:x", "socks9://h:1", "://", "http://", "h h:1", "http://user:pw@[::1",
    "socks5://h:1", "http://h:99999999", "socks5h://u:pw@h:1", "http://\udc80",
]  # fmt: skip


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"])
def test_an_unusable_proxy_is_refused_with_the_variables_name(api, variable, monkeypatch):
    """The constructor raises one ValueError, which does not show a password in the address."""
    monkeypatch.setitem(sys.modules, "socksio", None)
    errors = {}
    for address in BAD_PROXIES:
        monkeypatch.setenv(variable, address)
        errors[address] = outcome(api.client_class, api_key="k")

    assert types(errors) == dict.fromkeys(BAD_PROXIES, ValueError)
    assert not_refused(errors, variable) == {}
    assert [name for name, error in errors.items() if "pw" in f"{error} {error.__context__}"] == []


class Socks(socketserver.BaseRequestHandler):
    """A SOCKS5 proxy for IPv4 addresses, without authentication."""

    def handle(self):
        self.request.recv(9)
        self.request.sendall(b"\5\0")
        address = self.request.recv(10)[4:]
        with socket.create_connection((socket.inet_ntoa(address[:4]), int.from_bytes(address[4:]))) as target:
            self.request.sendall(b"\5\0\0\1" + bytes(6))
            back = threading.Thread(target=_relay, args=(target, self.request))
            back.start()
            _relay(self.request, target)
            back.join()


def _relay(source, target):
    with suppress(OSError):  # either end may have closed
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_a_socks_proxy_carries_calls(our_api, serve, tls):
    """It works with and without TLS, and connections through it are reused."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Socks) as proxy:
        threading.Thread(target=proxy.serve_forever, args=(0.01,)).start()
        client = our_api.client(http={"proxy": f"socks5://127.0.0.1:{proxy.server_address[1]}"})
        for server in (serve(), serve(context=tls)):
            models = [our_api.retrieve(client.copy(base_url=server.url)) for _ in range(2)]
            assert ([each.type for each in models], server.connections) == (["model"] * 2, 1)
        our_api.run(client.close())
        proxy.shutdown()


DIRECT = {
    "http://a.example": ["a.example", "A.EXAMPLE", ".example", "example", "*.example", "*", "x, a.example",
                         "x a.example", " a.example ,", "a.example:{port}", ".example:{port}", "http://a.example",
                         "all://a.example", "http://a.example:{port}", "x,*"],
    "http://127.0.0.1": ["127.0.0.1", "127.0.0.1:{port}", "http://127.0.0.1", "localhost,127.0.0.1"],
    "http://localhost": ["localhost", "LOCALHOST", "localhost:{port}"],
    "http://[::1]": ["::1", "[::1]", "[::1]:{port}", "http://[::1]", "localhost, [::1]"],
}  # fmt: skip
PROXIED = {
    "http://a.example": ["", " ", ",", "b.example", "a.example:1", "https://a.example", "ample:x", "[bad", "http://",
                         "://", "[x://a", "a.example.com", "aa.example", ".a.example.b", "::1", "10.0.0.0/8",
                         "a*.example", "*:{port}"],
    "http://127.0.0.1": ["localhost", "127.0.0.1:1", "127.0.0.2", "27.0.0.1"],
    "http://[::1]": ["::2", "[::1]:1", "[::1", "127.0.0.1"],
}  # fmt: skip


@PROXY
def test_every_form_of_no_proxy_works(server, monkeypatch):
    """Hosts with their subdomains, addresses, ports, schemes, blanks and `*` work; anything else exempts nothing."""
    real, got = socket.getaddrinfo, {}
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **named: real("127.0.0.1", *args, **named))
    monkeypatch.setenv("HTTP_PROXY", server.url)
    wanted = {(url, each): table is DIRECT for table in (DIRECT, PROXIED) for url in table for each in table[url]}
    for url, no_proxy in wanted:
        monkeypatch.setenv("NO_PROXY", no_proxy.format(port=server.port))
        with Anthropic(api_key="k", base_url=f"{url}:{server.port}") as client:
            client.models.retrieve("m")
        got[url, no_proxy] = server.last.target == "/v1/models/m"

    assert got == wanted


@PROXY
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_for_plain_http_gets_the_requests(any_api, server, variable, monkeypatch):
    """It gets each request with its absolute URL."""
    for form in ("http://{}", "{}", "HTTP://{}/"):
        monkeypatch.setenv(variable, form.format(server.origin))
        any_api.retrieve(any_api.client(base_url="http://a.example"))

    assert [each.target for each in server.requests] == ["http://a.example/v1/models/m"] * 3


def tunnel(peer):
    """Respond to CONNECT as a proxy does."""
    host, port = peer.request.target.split(":")

    def pump(source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)

    with socket.create_connection((host, int(port))) as upstream:
        peer.send(b"HTTP/1.1 200 Connected\r\n\r\n")
        back = threading.Thread(target=pump, args=(upstream, peer.socket))
        back.start()
        pump(peer.socket, upstream)
        back.join()


@PROXY
def test_a_tunnel_does_not_show_the_key_to_the_proxy(any_api, server, serve, tls, monkeypatch):
    """A proxy for https sees only the CONNECT request with its own credentials; each scheme has its own proxy."""
    proxy, secure = serve(tunnel), serve(context=tls)
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:pw@{proxy.origin}")
    monkeypatch.setenv("HTTP_PROXY", server.url)
    client = any_api.client(base_url="http://a.example")

    assert any_api.retrieve(client).type == any_api.retrieve(client.copy(base_url=secure.url)).type == "model"
    assert [(each.method, each.target) for each in proxy.requests] == [("CONNECT", secure.origin)]
    assert KEY not in str(proxy.requests)
    assert (len(server.requests), len(secure.requests)) == (1, 1)


@PROXY
def test_the_error_of_a_failing_proxy_hides_its_password(api, server, monkeypatch):
    """A dead or silent proxy ends the call within its timeout, and no message shows the password."""
    server.fallback = Hold
    errors = []
    for address in ("127.0.0.1:1", server.origin):
        monkeypatch.setenv("HTTP_PROXY", f"http://user:sesame@{address}")
        errors.append(api.error(api.client(base_url="http://example.invalid", timeout=0.1)))

    assert [type(error) for error in errors] == [APIConnectionError, APITimeoutError]
    assert "sesame" not in str([(error, repr(error), error.__cause__, error.request) for error in errors])
