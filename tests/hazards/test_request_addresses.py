"""Names and addresses: looked up as the standard library does, tried in turn, and kept alive once they answer."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import httpcore
import httpx
import pytest
from hostile import answer
from outcomes import types

from anthropic_models import Anthropic, APIConnectionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOUND = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")


def mapped(host: str, port: int, *args: Any, **named: Any) -> list[Any]:
    """A host that is mapped to an address, the way many programs do it."""
    assert host == "models.example"
    return [(*FOUND, ("127.0.0.1", port))]


def httprettys(host: str, port: int, family: int = 0, socktype: int = 0, proto: int = 0, flags: int = 0) -> list[Any]:
    """The parameters as HTTPretty has them."""
    assert host == "models.example"
    return [(*FOUND, ("127.0.0.1", port))]


@pytest.mark.parametrize("look_up", [mapped, httprettys])
def test_a_stand_in_for_the_look_up_of_names_is_asked_as_usual(
    serve: Any, look_up: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the blocking client: with a string, and with arguments by position."""
    server = serve()
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with Anthropic(api_key="k", base_url=f"http://models.example:{server.port}") as client:
        assert client.models.retrieve("m").type == "model"


def test_a_name_that_nobody_knows_is_a_connection_error(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the look-up says of it."""

    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "never heard of it")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = api.error(api.client("http://models.example"))

    assert type(error) is APIConnectionError
    assert "never heard of it" in str(error)


@pytest.fixture
def black_hole(serve: Any) -> Iterator[int]:
    """The port of a server on 127.0.0.1, where connecting to 127.0.0.2 gets no answer."""
    port = serve(answer()).port
    with socket.create_server(("127.0.0.2", port), backlog=0):
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.2", port))
        yield port
        for sock in waiting:
            sock.close()


def test_an_address_that_does_not_answer_leaves_time_for_the_next(
    api: Any, black_hole: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the timeout of connecting; and asynchronously also where there is none."""
    addresses = [(*FOUND, (f"127.0.0.{last}", black_hole)) for last in (2, 1)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: addresses)
    timeouts = [httpx.Timeout(30, connect=1), *([None] if api.is_async else [])]
    got = [api.retrieve(api.client(f"http://two.example:{black_hole}", timeout=timeout)).type for timeout in timeouts]

    assert got == ["model"] * len(timeouts)


def test_connections_are_kept_alive(api: Any, serve: Any) -> None:
    """TCP probes an idle one after a minute, so that one which a NAT has dropped is not waited for without end."""

    def options(response: Any) -> list[int]:
        sock = response.http_response.extensions["network_stream"].get_extra_info("socket")
        names = ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT")
        of_tcp = [sock.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) for name in names]
        return [bool(sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)), *of_tcp]

    assert api.inside(api.client(serve().url).models.with_streaming_response.retrieve("m"), options) == [
        True,
        60,
        60,
        5,
    ]


def test_a_connection_that_cannot_be_made_takes_no_place(api: Any, serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one connection, the call after three that failed to make theirs has it."""
    http = api.http(limits=httpx.Limits(max_connections=1))
    client = api.client(serve().url, http_client=http)
    kind = httpcore.AsyncHTTPConnection if api.is_async else httpcore.HTTPConnection
    with monkeypatch.context() as patch:
        patch.setattr(kind, "__init__", lambda *_, **__: 1 / 0)
        errors = api.outcomes(client, "abc")

    assert types(errors) == dict.fromkeys("abc", APIConnectionError)
    assert api.retrieve(client).type == "model"
