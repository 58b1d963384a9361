"""An error answer is the error of its status, whatever its body is, bounded, and it pickles with all it carries."""

import copy
import json
import pickle

import httpx
import pytest
from cases import types
from facts import ERROR_OF
from kinds import KINDS
from recording import MODEL, Answer

import anthropic_models
from anthropic_models import APIError, NotFoundError


def expected(status):
    """The class that the official client's users expect."""
    if status < 300:
        return "APIResponseValidationError"
    return ERROR_OF.get(status, "InternalServerError" if 500 <= status <= 599 else "APIStatusError")


@pytest.mark.parametrize("any_api", KINDS, indirect=True)
def test_every_status_gives_its_error(any_api, server, request):
    """From 201 to 999, also with a whole model in it; the others than the default client are asked for a sample."""
    edges = {each + step for each in range(200, 1001, 100) for step in (-1, 0, 1, 4, 5)}
    is_sampled = request.node.callspec.params["any_api"] != "sync"
    statuses = [
        status
        for status in range(201, 1000)
        if not is_sampled or status in ERROR_OF or status in edges or status % 97 == 0
    ]
    # No body where HTTP allows none: the bytes would be left over.
    bodies = {str(status): b"" if status in (204, 205, 304) else MODEL for status in statuses}
    server.fallback = {name: Answer(int(name), body, [("request-id", name)]) for name, body in bodies.items()}
    errors = any_api.outcomes(bodies)

    assert {name: (type(error).__name__, error.status_code, error.request_id) for name, error in errors.items()} == {
        str(status): (expected(status), status, str(status)) for status in statuses
    }
    assert {name: error.body for name, error in errors.items()} == {name: body or "" for name, body in bodies.items()}
    assert len(server.requests) == len(statuses)


BODIES = {"string": "gone", "other shape": {"error": "a string"}, "no message": {"error": {"type": 5}}, "true": True}
TEXTS = {"cut": b"{", "deep": b"[" * 200_000, "5,000 digits": b"9" * 5000, "NaN": b"NaN", "no UTF-8": b"\xff\xfe\x00"}


def test_a_body_of_any_shape_is_the_right_error(any_api, server):
    """`body` is what came: its JSON, or its text as far as it can be read, whatever its content-encoding is called."""
    codings = {name: Answer(404, [name], {"content-encoding": name}) for name in ("utf-8", "identity", "none")}
    texts = {name: text.decode("utf-8", "replace") for name, text in TEXTS.items()}
    wanted = {name: [name] for name in codings} | BODIES | texts
    replies = {**{name: json.dumps(body) for name, body in BODIES.items()}, **TEXTS}
    server.fallback = codings | {name: Answer(404, body) for name, body in replies.items()}
    errors = any_api.outcomes(wanted)

    assert types(errors) == dict.fromkeys(wanted, NotFoundError)
    assert {name: error.body for name, error in errors.items()} == wanted


def carried(error):
    """All that an error with an answer carries."""
    names = ("message", "body", "status_code", "request_id", "is_retryable", "args")
    of_answer = (error.response.content, dict(error.response.headers), error.request.url, error.request.method)
    return [type(error), *(getattr(error, name) for name in names), getattr(error, "retry_after", None), *of_answer]


def test_an_error_with_an_answer_pickles_with_all_it_carries(any_api, server):
    """Class, message, body, status, request id, retry-after, the answer and the request; it can be copied, too."""
    names = [str(status) for status in (200, *ERROR_OF, 418, 500)]
    server.fallback = {name: Answer(int(name), {"error": {"message": "ä"}}, {"retry-after": "100"}) for name in names}
    errors = any_api.outcomes(names)
    wanted = {name: carried(error) for name, error in errors.items()}
    copies = [copy.copy, copy.deepcopy, *(lambda each, n=n: pickle.loads(pickle.dumps(each, n)) for n in range(6))]

    for number, duplicate in enumerate(copies):
        twins = {name: carried(duplicate(error)) for name, error in errors.items()}
        assert twins == wanted, f"copy {number}"


def test_an_error_without_an_answer_pickles_too():
    """Made by hand as users' tests do, each comes back as what it was, with what its user has added."""
    request = httpx.Request("GET", "http://h/")
    for error in (
        APIError("m", request, body={"a": 1}),
        anthropic_models.APIConnectionError(message="m", request=request),
        anthropic_models.APITimeoutError(request),
    ):
        error.note = "a user's own attribute"
        twin = pickle.loads(pickle.dumps(error))

        assert (type(twin), str(twin), twin.body, twin.note) == (type(error), str(error), error.body, error.note)
