"""A call ends: `timeout` bounds the attempt as a whole, whatever the server does to keep it waiting.

With a caller's client of httpx or httpx2 it bounds each step.
"""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from kinds import GIVEN, KINDS, OURS, Api
from slow import HEAD, SLOW, TIMEOUT, drip
from waiting import Case, all_ended, streaming

from anthropic_models import DEFAULT_TIMEOUT, APITimeoutError

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_an_attempt_ends_within_its_timeout(serve: Any) -> None:
    """And half a second, by an APITimeoutError: those of httpx begin anew with every byte and every redirect."""
    cases = {f"{name}, {kind}": Case(kind, serve(script).url) for name, script in SLOW.items() for kind in OURS}

    assert all_ended(cases) == dict.fromkeys(cases, (True, APITimeoutError))


def test_a_streamed_body_ends_within_the_same_timeout(serve: Any) -> None:
    """It begins with the request, not with the body."""
    cases = {
        f"{name}, {kind}": Case(kind, serve(script).url, call=streaming)
        for name, script in SLOW.items()
        for kind in OURS
        if name != "drip of an error"
    }

    assert all_ended(cases) == dict.fromkeys(cases, (True, APITimeoutError))


def test_a_step_ends_with_any_http_client(serve: Any) -> None:
    """A server that says nothing more ends the call, whole or streamed."""
    cases = {
        f"{name}, {kind}, {call.__name__}": Case(kind, serve(SLOW[name]).url, call=call)
        for name in ("nothing", "half a head", "half a body", "half a chunk", "an interim answer")
        for kind in GIVEN
        for call in (Api.retrieve, streaming)
    }

    assert all_ended(cases) == dict.fromkeys(cases, (True, APITimeoutError))


@pytest.fixture
def full() -> Iterator[str]:
    """The URL of a server whose queue of connections is full: a connect gets no answer."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(address)
        yield f"http://127.0.0.1:{address[1]}"
        for sock in waiting:
            sock.close()


def test_a_stalled_connect_or_handshake_ends(serve: Any, full: str) -> None:
    """Within the timeout of the whole, or of connecting where that is shorter; a TLS server may never say hello."""
    short = {"timeout": httpx.Timeout(60, connect=TIMEOUT)}
    silent = serve().url.replace("http", "https")
    cases = {
        f"{name}, {kind}": case
        for kind in KINDS
        for name, case in {
            "connect": Case(kind, full),
            "connect in less than the whole": Case(kind, full, short),
            "handshake": Case(kind, silent),
        }.items()
        if name != "handshake" or kind in OURS  # httpx's own client leaves the socket to the garbage collector
    }

    assert all_ended(cases) == dict.fromkeys(cases, (True, APITimeoutError))


def test_a_stalled_name_server_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up of the host's name that takes for ever does not hold an asynchronous call."""
    over = threading.Event()

    def look_up(*_: Any, flags: int = 0, **__: Any) -> list[Any]:
        if not flags & socket.AI_NUMERICHOST:
            over.wait(1.5)
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    cases = {kind: Case(kind, "http://slow.example") for kind in OURS if kind.startswith("async")}
    results = all_ended(cases)
    over.set()

    assert results == dict.fromkeys(cases, (True, APITimeoutError))


def test_a_tiny_timeout_is_a_timeout(any_api: Any, serve: Any) -> None:
    """Even one that is over before anything is sent gives the same error."""
    server = serve()
    for timeout in (1e-9, 1e-5, httpx.Timeout(1e-9)):
        assert isinstance(any_api.error(any_api.client(server.url), timeout=timeout), APITimeoutError)


def test_the_default_is_sixty_seconds(any_api: Any) -> None:
    """To connect five; also where the http_client has httpx's own default."""
    client = any_api.kind(api_key="k")

    assert DEFAULT_TIMEOUT == client.timeout == httpx.Timeout(60, connect=5)
    http = any_api.http_kind()
    assert any_api.kind(api_key="k", http_client=http).timeout == DEFAULT_TIMEOUT
    any_api.run(http.aclose() if any_api.is_async else http.close())


def test_nothing_is_left_of_calls_that_timed_out(serve: Any) -> None:
    """No thread of ours goes on, though the server sends for ever."""
    server = serve(drip(HEAD, b"x: y\r\n"))
    apis = [Api(kind) for kind in OURS]

    def ask(api: Api) -> None:
        client = api.client(server.url, timeout=0.1)
        for _ in range(3):
            api.error(client)

    asking = [threading.Thread(target=ask, args=(api,), daemon=True) for api in apis]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(10)
    ours = [thread for thread in threading.enumerate() if thread.name.startswith("anthropic-models")]
    for thread in ours:
        thread.join(5)

    assert [thread for thread in (*asking, *ours) if thread.is_alive()] == []
    for api in apis:
        api.close()
