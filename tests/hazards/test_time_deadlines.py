"""A call ends: `timeout` bounds the attempt as a whole, whatever the server does to keep it waiting."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hostile import answer
from slow import HEAD, SLOW, TIMEOUT, drip

from anthropic_models import DEFAULT_TIMEOUT, APITimeoutError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hostile import Peer


def ended(api: Any, calls: dict[str, Callable[[Any], object]]) -> dict[str, tuple[bool, type]]:
    """Whether each call, all of them at once, ended in time, and its error; slow ones get a second chance alone."""

    def one(call: Callable[[Any], object]) -> tuple[bool, type]:
        twin = api.twin()
        began = time.monotonic()
        try:
            call(twin)
        except Exception as error:  # noqa: BLE001  # the test looks at it
            return time.monotonic() - began < TIMEOUT + 0.5, type(error)
        finally:
            if api.is_async and api.is_given:  # what httpx is at in the background ends by timeouts of its own
                twin.run(asyncio.sleep(TIMEOUT + 0.1))
            twin.close()
        return False, type(None)

    with ThreadPoolExecutor(len(calls)) as threads:
        results = dict(zip(calls, threads.map(one, calls.values()), strict=True))
    return {name: result if result[0] else one(calls[name]) for name, result in results.items()}


def asking(url: str, **settings: Any) -> Callable[[Any], object]:
    """One call to this URL."""
    return lambda api: api.retrieve(api.client(url, **{"timeout": TIMEOUT, **settings}))


def streaming(url: str) -> Callable[[Any], object]:
    """The same, reading the body later."""

    def sync_read(client: Any) -> object:
        with client.models.with_streaming_response.retrieve("m") as response:
            return response.read()

    async def async_read(client: Any) -> object:
        async with client.models.with_streaming_response.retrieve("m") as response:
            return await response.read()

    def read(api: Any) -> object:
        client = api.client(url, timeout=TIMEOUT)
        return api.run(async_read(client) if api.is_async else sync_read(client))

    return read


def test_an_attempt_ends_within_its_timeout(any_api: Any, serve: Any) -> None:
    """And half a second, by an APITimeoutError: read timeouts of httpx begin anew with every byte."""
    calls = {name: asking(serve(script).url) for name, script in SLOW.items()}

    assert ended(any_api, calls) == dict.fromkeys(calls, (True, APITimeoutError))


def test_a_streamed_body_ends_within_the_same_timeout(any_api: Any, serve: Any) -> None:
    """It begins with the request, not with the body."""
    calls = {name: streaming(serve(script).url) for name, script in SLOW.items() if name != "drip of an error"}

    assert ended(any_api, calls) == dict.fromkeys(calls, (True, APITimeoutError))


def test_redirects_share_one_timeout(any_api: Any, serve: Any) -> None:
    """Ten slow redirects do not take ten timeouts."""

    def slow(peer: Peer) -> None:
        peer.drip([answer(b"", 307, [("location", f"/{len(peer.request.target)}{peer.request.target}")])], 0.1)

    assert ended(any_api, {"slow": asking(serve(slow).url)}) == {"slow": (True, APITimeoutError)}


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


def test_a_stalled_connect_ends(any_api: Any, full: str) -> None:
    """Within the timeout of the whole, or of connecting where that is shorter."""
    calls = {"whole": asking(full), "connect": asking(full, timeout=httpx.Timeout(60, connect=TIMEOUT))}

    assert ended(any_api, calls) == dict.fromkeys(calls, (True, APITimeoutError))


def test_a_stalled_handshake_ends(any_api: Any, serve: Any) -> None:
    """A TLS server that never says hello."""
    url = serve().url.replace("http", "https")

    assert ended(any_api, {"whole": asking(url)}) == {"whole": (True, APITimeoutError)}


def test_a_stalled_name_server_ends(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up of the host's name that takes for ever does not hold the call."""

    def look_up(*_: Any, flags: int = 0, **__: Any) -> list[Any]:
        if not flags & socket.AI_NUMERICHOST:
            time.sleep(1.5)
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert ended(api, {"whole": asking("http://slow.example")}) == {"whole": (True, APITimeoutError)}


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


def test_nothing_is_left_of_calls_that_timed_out(any_api: Any, serve: Any) -> None:
    """No thread and no connection: the server sees them all go."""
    server = serve(drip(HEAD, b"x: y\r\n"))
    client = any_api.client(server.url, timeout=0.1)
    for _ in range(3):
        any_api.error(client)
    ours = [thread for thread in threading.enumerate() if thread.name.startswith("anthropic-models")]
    for thread in ours:
        thread.join(5)

    assert not any(thread.is_alive() for thread in ours)
