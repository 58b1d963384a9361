"""`with_raw_response`: the answer itself, read, whose `parse()` gives the model."""

import httpx
import pytest
from recording import MODEL, Answer

from anthropic_models import APIResponseValidationError, NotFoundError, RawAPIResponse, types

LATER = {"later": True}


def _raw(api, client=None, **arguments):
    return api.run((client or api.client()).models.with_raw_response.retrieve("m", **arguments))


def test_the_response_can_be_looked_at(api, server):
    """A raw response has httpx's objects, the status, the headers, the request id; its body has been read."""
    server.plan(Answer(headers={"X-Foo": "bar", "request-id": "req_1"}))
    response = _raw(api)

    assert isinstance(response, RawAPIResponse)
    assert isinstance(response.http_response, httpx.Response)
    assert isinstance(response.http_request, httpx.Request)
    assert (response.status_code, response.request_id, response.retries_taken) == (200, "req_1", 0)
    assert response.headers["x-foo"] == "bar"
    assert response.is_closed
    assert repr(response) == "<RawAPIResponse [200]>"


def test_the_request_can_be_looked_at(api, server):
    """A raw response tells what was asked: method, URL, and the headers as they were sent."""
    response = _raw(api, extra_query={"a": 1}, extra_headers={"X-Foo": "bar"})

    assert (response.method, str(response.url)) == ("GET", f"{server.url}/v1/models/m?a=1")
    assert sorted((name.lower(), value) for name, value in server.last.headers) == sorted(
        response.http_request.headers.items()
    )


def test_the_connection_can_be_looked_at(api):
    """A raw response tells how long it took, and by which protocol it came."""
    response = _raw(api)

    assert response.http_version == "HTTP/1.1"
    assert response.elapsed == response.http_response.elapsed
    assert response.elapsed.total_seconds() > 0


def test_the_body_can_be_read_as_it_came(api):
    """`content`, `text`, `json()` and httpx's own `json()` give the body."""
    response = _raw(api)

    assert response.content == response.read() == response.text.encode()
    assert response.json() == response.http_response.json() == MODEL


def test_parse_gives_the_model(api):
    """`parse()` gives the model, the same object each time, with the request id; it is no coroutine."""
    response = _raw(api)
    model = response.parse()

    assert isinstance(model, types.ModelInfo)
    assert model is response.parse()
    assert model == api.retrieve()
    assert model._request_id == "req_test"


def test_an_answer_that_is_no_model_can_be_looked_at(api, server):
    """A raw response is given whatever its body; only `parse()` raises."""
    server.plan(Answer(body="no model"))
    response = _raw(api)

    assert response.text == "no model"
    with pytest.raises(APIResponseValidationError):
        response.parse()


def test_a_refusal_is_raised(api, server):
    """A status that is not a success is raised as it is without `with_raw_response`."""
    server.plan(Answer(404, "{}"))
    with pytest.raises(NotFoundError):
        _raw(api)


def test_every_argument_is_taken(api, server):
    """The raw method takes the arguments of `retrieve`, refuses what it refuses, and keeps its name."""
    _raw(api, betas=["a"], extra_headers={"X-Foo": "b"}, extra_query={"c": 1}, timeout=5, extra_body=None)

    assert (server.last.header("anthropic-beta"), server.last.header("x-foo"), server.last.query) == ("a", "b", "c=1")
    with pytest.raises(ValueError, match="`model_id`"):
        api.run(api.client().models.with_raw_response.retrieve(""))


def test_compressed_bodies_arrive_decoded(api, server):
    """A gzipped body is decoded once, and the header that named its encoding is removed."""
    import gzip
    import json

    server.plan(Answer(body=gzip.compress(json.dumps(MODEL).encode()), headers={"content-encoding": "gzip"}))
    response = _raw(api)

    assert response.parse().id == MODEL["id"]
    assert "content-encoding" not in response.headers


def test_a_body_that_is_too_large_is_refused(api, server):
    """A raw response is never a part of its body: what is too large raises when the call is made."""
    server.plan(Answer(body=b"x" * (1024 * 1024 + 1)))

    with pytest.raises(APIResponseValidationError, match="larger than 1048576 bytes"):
        _raw(api)
