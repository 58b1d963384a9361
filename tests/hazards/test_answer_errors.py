"""An error answer is the error of its status, whatever its body is, bounded, and it pickles with all it carries."""

from __future__ import annotations

import copy
import pickle
from typing import Any

from hostile import answer
from outcomes import by_name, types

import anthropic_models
from anthropic_models import APIError, NotFoundError

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


TEXTS = {
    "HTML": b"<h1>Bad gateway</h1>",
    "bad UTF-8": b"\xff\xfe\x00",
    "cut": b"{",
    "deep": b"[" * 200_000,
    "5,000 digits": b"9" * 5000,
    "NaN": b"NaN",
    "two values": b"{}{}",
}


def test_a_body_of_another_shape_is_the_right_error(any_api: Any, serve: Any) -> None:
    """The class follows the status, and `body` is what came."""
    server = serve(by_name({name: answer(body, 404) for name, body in BODIES.items()}))

    errors = any_api.outcomes(any_api.client(server.url), BODIES)

    assert types(errors) == dict.fromkeys(BODIES, NotFoundError)
    assert {name: error.body for name, error in errors.items()} == BODIES


def test_a_body_that_is_no_json_is_text(any_api: Any, serve: Any) -> None:
    """Bad UTF-8 is read as far as it goes; the right error all the same."""
    server = serve(by_name({name: answer(body, 404) for name, body in TEXTS.items()}))

    errors = any_api.outcomes(any_api.client(server.url), TEXTS)

    assert types(errors) == dict.fromkeys(TEXTS, NotFoundError)
    assert [name for name, body in TEXTS.items() if errors[name].body != body.decode("utf-8", "replace")] == []


def test_messages_are_capped(any_api: Any, serve: Any) -> None:
    """However large the body is, no message, repr or argument is longer than a few kilobytes."""
    sizes = {f"{status}, {size}": (status, size) for status in (200, 404, 500) for size in (10_000, 900_000, 2_000_000)}
    server = serve(
        by_name({name: answer({"error": {"message": "x" * size}}, status) for name, (status, size) in sizes.items()})
    )
    errors = any_api.outcomes(any_api.client(server.url), sizes)
    shown = {name: (str(error), repr(error), error.message, str(error.args)) for name, error in errors.items()}

    assert [name for name, error in errors.items() if not isinstance(error, APIError)] == []
    assert {name: len(text) for name, texts in shown.items() for text in texts if len(text) >= 5000} == {}


def every_error() -> list[type[APIError]]:
    """The classes of the tree."""
    classes, todo = [], [APIError]
    while todo:
        classes.append(todo.pop())
        todo += classes[-1].__subclasses__()
    return classes


def carried(error: Any) -> list[Any]:
    """All that an error with an answer carries."""
    names = ("message", "body", "status_code", "request_id", "is_retryable", "args")
    return [
        type(error),
        *(getattr(error, name) for name in names),
        getattr(error, "retry_after", None),
        error.response.content,
        dict(error.response.headers),
        error.request.url,
        error.request.method,
    ]


def test_an_error_with_an_answer_pickles_with_all_it_carries(any_api: Any, serve: Any) -> None:
    """Class, message, body, status, request id, retry-after, the answer and the request; it can be copied, too."""
    names = [str(status) for status in (200, 400, 401, 403, 404, 409, 413, 418, 422, 429, 500, 529)]
    headers = [("request-id", "r"), ("retry-after", "100")]
    server = serve(by_name({name: answer({"error": {"message": "ä"}}, int(name), headers) for name in names}))
    errors = any_api.outcomes(any_api.client(server.url), names)
    assert [name for name, error in errors.items() if not isinstance(error, APIError)] == []
    wanted = {name: carried(error) for name, error in errors.items()}

    assert {name: carried(copy.copy(error)) for name, error in errors.items()} == wanted
    assert {name: carried(copy.deepcopy(error)) for name, error in errors.items()} == wanted
    for version in range(6):
        twins = {name: pickle.loads(pickle.dumps(error, version)) for name, error in errors.items()}
        assert {name: carried(twin) for name, twin in twins.items()} == wanted, f"protocol {version}"


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
