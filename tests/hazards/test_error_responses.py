"""An error response raises the error of its status, whatever its body is; the error can be pickled."""

import copy
import pickle

from facts import ERROR_OF
from recording import MODEL, Answer


def expected(status):
    """The class that the official client's users expect."""
    if status < 300:
        return "APIResponseValidationError"
    return ERROR_OF.get(status, "InternalServerError" if 500 <= status <= 599 else "APIStatusError")


def test_every_status_raises_its_error(any_api, server):
    """Statuses 201 to 999, even with a model as the body; only the default client gets all of them."""
    edges = {each + step for each in range(200, 1001, 100) for step in (-1, 0, 1, 4, 5)}
    is_sampled = any_api.kind != "sync"
    statuses = [each for each in range(201, 1000) if not is_sampled or each in ERROR_OF or each in edges]
    # Statuses without a body in HTTP get none: its bytes would be left over.
    bodies = {status: b"" if status in (204, 205, 304) else MODEL for status in statuses}
    replies = {status: Answer(status, body, [("request-id", f"req_{status}")]) for status, body in bodies.items()}
    errors = any_api.replies(server, replies)

    assert {
        status: (type(error).__name__, error.status_code, error.request_id, error.body)
        for status, error in errors.items()
    } == {status: (expected(status), status, f"req_{status}", body or "") for status, body in bodies.items()}
    assert len(server.requests) == len(statuses)


def contents(error):
    """Everything that an error with a response has."""
    names = ("message", "body", "status_code", "request_id", "is_retryable", "args")
    exchange = (error.response.content, dict(error.response.headers), error.request.url, error.request.method)
    return [type(error), *(getattr(error, name) for name in names), getattr(error, "retry_after", None), *exchange]


def test_a_pickled_error_keeps_everything(any_api, server):
    """A pickle or copy has the class, message, body, status, request id, retry-after, response and request."""
    body, headers = {"error": {"message": "ä"}}, {"retry-after": "100"}
    errors = any_api.replies(server, {each: Answer(each, body, headers) for each in (200, *ERROR_OF, 418, 500)})
    wanted = {name: contents(error) for name, error in errors.items()}
    copies = [copy.copy, copy.deepcopy, *(lambda each, n=n: pickle.loads(pickle.dumps(each, n)) for n in (0, 2, 5))]

    for number, duplicate in enumerate(copies):
        twins = {name: contents(duplicate(error)) for name, error in errors.items()}
        assert twins == wanted, f"copy {number}"
