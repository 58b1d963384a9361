"""An error answer is the error of its status, whatever its body is, bounded, and it pickles with all it carries."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hostile import answer

import anthropic_models
from anthropic_models import APIError

BODIES: dict[str, Any] = {
    "envelope": {"type": "error", "error": {"type": "not_found_error", "message": "model: m"}, "request_id": None},
    "string": "gone",
    "list": [1, 2],
    "null": None,
    "other shape": {"error": "a string"},
    "error null": {"error": None},
    "no message": {"error": {"type": 5}},
    "number": 7,
    "true": True,
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_of_another_shape_is_the_right_error(any_api: Any, serve: Any, name: str) -> None:
    """The class follows the status, and `body` is what came."""
    error = any_api.error(any_api.client(serve(answer(BODIES[name], 404)).url))

    assert type(error) is anthropic_models.NotFoundError
    assert error.body == BODIES[name]


@pytest.mark.parametrize(
    "body", [b"<h1>Bad gateway</h1>", b"\xff\xfe\x00", b"{", b"[" * 200_000, b"9" * 5000, b"NaN", b"{}{}"]
)
def test_a_body_that_is_no_json_is_text(any_api: Any, serve: Any, body: bytes) -> None:
    """Bad UTF-8 is read as far as it goes; the right error all the same."""
    error = any_api.error(any_api.client(serve(answer(body, 404)).url))

    assert type(error) is anthropic_models.NotFoundError
    assert error.body == body.decode("utf-8", "replace")


@pytest.mark.parametrize("status", [200, 404, 500])
@pytest.mark.parametrize("size", [10_000, 900_000, 2_000_000])
def test_messages_are_capped(any_api: Any, serve: Any, status: int, size: int) -> None:
    """However large the body is, no message, repr or argument is longer than a few kilobytes."""
    body = {"error": {"message": "x" * size}}

    error = any_api.error(any_api.client(serve(answer(body, status)).url))

    assert isinstance(error, APIError)
    assert max(map(len, (str(error), repr(error), error.message, str(error.args)))) < 5000


def every_error() -> list[type[APIError]]:
    """The classes of the tree."""
    classes, todo = [], [APIError]
    while todo:
        classes.append(todo.pop())
        todo += classes[-1].__subclasses__()
    return classes


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 409, 413, 418, 422, 429, 500, 529])
def test_an_error_with_an_answer_pickles_with_all_it_carries(any_api: Any, serve: Any, status: int) -> None:
    """Class, message, body, status, request id, retry-after, the answer and the request; it can be copied, too."""
    reply = answer({"error": {"message": "ä"}}, status, [("request-id", "r"), ("retry-after", "100")])
    error = any_api.error(any_api.client(serve(reply).url))
    for twin in (
        copy.copy(error),
        copy.deepcopy(error),
        *(pickle.loads(pickle.dumps(error, each)) for each in range(6)),
    ):
        for name in ("message", "body", "status_code", "request_id", "is_retryable", "args"):
            assert getattr(twin, name) == getattr(error, name)
        assert getattr(twin, "retry_after", None) == getattr(error, "retry_after", None)
        assert type(twin) is type(error)
        assert twin.response.content == error.response.content
        assert dict(twin.response.headers) == dict(error.response.headers)
        assert (twin.request.url, twin.request.method) == (error.request.url, error.request.method)


@pytest.mark.parametrize("fault", ["drop", "silence"])
def test_an_error_without_an_answer_pickles(any_api: Any, serve: Any, fault: str) -> None:
    """Both connection errors do, with their request."""
    server = serve((lambda peer: peer.socket.close()) if fault == "drop" else (lambda peer: peer.hold()))
    error = any_api.error(any_api.client(server.url, timeout=0.2 if fault == "silence" else 10))
    twin = pickle.loads(pickle.dumps(error))

    assert (type(twin), str(twin), twin.request.url) == (type(error), str(error), error.request.url)


def test_every_class_of_the_tree_pickles() -> None:
    """Made by hand as users' tests do, each comes back as what it was."""
    import httpx

    request = httpx.Request("GET", "http://h/")
    response = httpx.Response(418, json={"a": 1}, request=request)
    for cls in every_error():
        if issubclass(cls, anthropic_models.APIStatusError):
            error: Any = cls("m", response=response, body={"a": 1})
        elif issubclass(cls, anthropic_models.APIResponseValidationError):
            error = cls(response, {"a": 1}, message="m")
        elif issubclass(cls, anthropic_models.APITimeoutError):
            error = cls(request)
        elif issubclass(cls, anthropic_models.APIConnectionError):
            error = cls(message="m", request=request)
        else:
            error = cls("m", request, body=None)
        error.note = "a user's own attribute"
        twin = pickle.loads(pickle.dumps(error))

        assert (type(twin), str(twin), twin.body, twin.note) == (cls, str(error), error.body, error.note)
