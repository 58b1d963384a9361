"""Nothing hopeless is retried, and request counts are exact."""

from __future__ import annotations

from typing import Any

from hostile import answer
from outcomes import asked, by_name, name_in, types

from anthropic_models import APIConnectionError, APIError

ATTEMPTS: dict[str, tuple[int, list[tuple[str, str]], int]] = {
    **{str(status): (status, [], 3) for status in (408, 409, 429, 500, 502, 503, 504, 520, 529, 599)},
    **{
        str(status): (status, [], 1)
        for status in (501, 505, 400, 401, 403, 404, 405, 413, 422, 418, 499, 304, 300, 200, 204)
    },
    "400, true": (400, [("x-should-retry", "true")], 3),
    "501, true": (501, [("x-should-retry", "true")], 3),
    "400, maybe": (400, [("x-should-retry", "maybe")], 1),
    "500, false": (500, [("x-should-retry", "false")], 1),
    "429, false": (429, [("x-should-retry", "false")], 1),
    "429, maybe": (429, [("x-should-retry", "maybe")], 3),
}


def test_the_number_of_requests_is_exact(any_api: Any, serve: Any, naps: list[float]) -> None:
    """Two retries where one may help, none where it cannot; each tells which attempt it is."""
    server = serve(
        by_name(
            {
                name: answer({} if status not in (204, 304) else b"", status, headers)
                for name, (status, headers, _) in ATTEMPTS.items()
            }
        )
    )
    errors = any_api.outcomes(any_api.client(server.url, max_retries=2), ATTEMPTS)
    told: dict[str, list[list[str]]] = {}
    for request in server.requests:
        told.setdefault(name_in(request), []).append(request.values("x-stainless-retry-count"))

    assert [name for name, error in errors.items() if not isinstance(error, APIError)] == []
    assert told == {name: [[str(i)] for i in range(count)] for name, (_, _, count) in ATTEMPTS.items()}


def test_broken_connections_are_retried(any_api: Any, serve: Any, naps: list[float]) -> None:
    """As often as was asked for, each on a connection of its own."""
    for count in (0, 1, 3):
        server = serve(lambda peer: peer.reset())

        assert type(any_api.error(any_api.client(server.url, max_retries=count))) is APIConnectionError
        assert (count, len(server.requests), server.connections) == (count, count + 1, count + 1)


def test_a_closed_client_sends_nothing(any_api: Any, serve: Any, naps: list[float]) -> None:
    """One clear error, without a retry; the same where the http_client was closed behind its back."""
    server = serve()
    for is_behind in (False, True):
        http = any_api.http()
        client = any_api.client(server.url, max_retries=2, http_client=http)
        close = client.close if not is_behind else http.aclose if any_api.is_async else http.close
        any_api.run(close())

        error = any_api.error(client)

        assert type(error) is APIConnectionError
        assert "closed" in str(error)
        assert (server.connections, naps) == (0, [])


def test_a_scheme_that_cannot_be_sent_is_tried_once(given_api: Any, naps: list[float]) -> None:
    """A hook of the caller's that breaks the request gets its error back, once."""
    tried: list[str] = []

    def hook(request: Any) -> None:
        tried.append(str(request.url))
        request.url = given_api.library.URL("gopher://h/")

    hooks = {"event_hooks": {"request": [given_api.hook(hook)]}}
    error = given_api.error(given_api.client("http://127.0.0.1:1", http=hooks, max_retries=2))

    assert type(error) is APIConnectionError
    assert (len(tried), naps) == (1, [])


def test_what_a_hook_raises_is_an_error_of_the_tree_once(given_api: Any, serve: Any, naps: list[float]) -> None:
    """Also the exceptions of httpx that are no httpx.HTTPError."""
    library = given_api.library
    kinds = [ValueError, RuntimeError, KeyError, library.InvalidURL, library.StreamClosed, library.CookieConflict]
    raised = {kind.__name__: kind() if kind is library.StreamClosed else kind("boo") for kind in kinds}
    server = serve()

    def hook(response: Any) -> None:
        raise raised[response.request.url.path.rpartition("/")[2]]

    hooks = {"event_hooks": {"response": [given_api.hook(hook)]}}
    errors = given_api.outcomes(given_api.client(server.url, http=hooks, max_retries=2), raised)

    assert types(errors) == dict.fromkeys(raised, APIConnectionError)
    assert types({name: error.__cause__ for name, error in errors.items()}) == types(raised)
    assert (asked(server), naps) == (dict.fromkeys(raised, 1), [])
