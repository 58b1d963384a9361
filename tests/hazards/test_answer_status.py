"""Every status from 100 to 999 gives the right error, and only 200 with a model gives a model.

One kind of client is asked for every status, the others for a sample of them.
"""

from __future__ import annotations

from typing import Any

from hostile import answer
from outcomes import by_name, types
from statuses import ERROR_OF

import anthropic_models


def expected(status: int) -> str:
    """The class that the official client's users expect."""
    if status < 200:
        return "APIConnectionError"
    if status < 300:
        return "APIResponseValidationError"
    return ERROR_OF.get(status, "InternalServerError" if 500 <= status <= 599 else "APIStatusError")


def interim(status: int) -> Any:
    """A script that sends this status alone and closes the connection."""

    def script(peer: Any) -> None:
        peer.send(b"HTTP/1.1 %d Wait\r\n\r\n" % status)
        peer.socket.close()

    return script


def some(statuses: range, api: Any) -> list[int]:
    """All of them for one kind of client; for the others those with a name, those at the edges, and one in nine."""
    if not api.is_async and not api.is_given:
        return list(statuses)
    edges = {each + step for each in range(100, 1001, 100) for step in (-1, 0, 1, 4, 5)}
    return sorted(set(statuses) & {*ERROR_OF, *edges, *statuses[::9]})


def test_every_status_gives_its_error(any_api: Any, serve: Any) -> None:
    """With a body that is an error envelope; the status and the request id are in the error."""
    body = {"type": "error", "error": {"type": "some_error", "message": "no"}}
    statuses = {str(status): status for status in some(range(200, 1000), any_api)}
    # No body where HTTP allows none: the bytes would be left over.
    bodies = {name: b"" if status in (204, 205, 304) else body for name, status in statuses.items()}
    replies = {name: answer(bodies[name], status, [("request-id", name)]) for name, status in statuses.items()}
    server = serve(by_name(replies))

    errors = any_api.outcomes(any_api.client(server.url), statuses)

    assert {name: type(error).__name__ for name, error in errors.items()} == {
        name: expected(status) for name, status in statuses.items()
    }
    assert {name: (error.status_code, error.request_id) for name, error in errors.items()} == {
        name: (status, name) for name, status in statuses.items()
    }
    assert len(server.requests) == len(statuses)


def test_an_interim_status_is_passed_over(any_api: Any, serve: Any) -> None:
    """1xx before an answer is no answer; the one that follows is."""
    interim = b"".join(b"HTTP/1.1 %d Wait\r\nx: y\r\n\r\n" % status for status in (100, 102, 103, 150, 199) * 3)
    server = serve(interim + answer())

    assert any_api.retrieve(any_api.client(server.url)).type == "model"


def test_an_interim_status_and_nothing_more_is_a_connection_error(any_api: Any, serve: Any) -> None:
    """Every status from 100 to 199 as the only one: one error of the tree, without an answer in it."""
    names = [str(status) for status in some(range(100, 200), any_api) if status != 101]
    server = serve(by_name({name: interim(int(name)) for name in names}))

    errors = any_api.outcomes(any_api.client(server.url), names)

    assert types(errors) == dict.fromkeys(names, anthropic_models.APIConnectionError)
    assert len(server.requests) == len(names)


def test_another_protocol_is_no_answer(any_api: Any, serve: Any) -> None:
    """101 is an error of the tree at once: nobody asked for another protocol."""
    error = any_api.error(any_api.client(serve(interim(101)).url))

    assert type(error) is anthropic_models.APIConnectionError


def test_a_status_that_there_cannot_be_is_a_connection_error(any_api: Any, serve: Any) -> None:
    """No digits, too few, too many, a sign, another protocol: no answer came."""
    lines = ["HTTP/1.1 1000 x", "HTTP/1.1 99 x", "HTTP/1.1 -20 x", "HTTP/1.1 abc x", "HTTP/1.1"]
    lines += ["HTTP/3 200 x", "200 OK", "-"]
    replies = {line: f"{line.strip('-')}\r\ncontent-length: 0\r\n\r\n".encode() for line in lines}

    errors = any_api.outcomes(any_api.client(serve(by_name(replies)).url), lines)

    assert types(errors) == dict.fromkeys(lines, anthropic_models.APIConnectionError)


def test_no_body_at_all_is_the_error_of_its_status(any_api: Any, serve: Any) -> None:
    """204, 205, 206 and 304 are no models; their errors have the status and an empty body."""
    names = ["204", "205", "206", "304", "404"]
    empty = b"HTTP/1.1 %d\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
    server = serve(by_name({name: empty % int(name) for name in names}))

    errors = any_api.outcomes(any_api.client(server.url), names)

    assert {name: (type(error).__name__, error.status_code, error.body) for name, error in errors.items()} == {
        name: (expected(int(name)), int(name), "") for name in names
    }
