"""`with_streaming_response`: a context manager, in which the body is read when it is asked for."""

import gzip
import inspect
import json

import httpx
import pytest
from cases import each
from recording import MODEL, Answer

from anthropic_models import (
    APIConnectionError,
    APIResponse,
    APIResponseValidationError,
    AsyncAPIResponse,
    types,
)

CUT = b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"


def _streamed(api, use, client=None, **arguments):
    return api.inside((client or api.client()).models.with_streaming_response.retrieve("m", **arguments), use)


def _collected(method, *arguments):
    """A use of a response that reads all pieces of one of its iterators, of either kind."""

    def use(response):
        pieces = getattr(response, method)(*arguments)
        if not hasattr(pieces, "__aiter__"):
            return list(pieces)

        async def collect():
            return [piece async for piece in pieces]

        return collect()

    return use


def test_the_response_can_be_looked_at(api):
    """Inside the block the response has the members of a raw one, and nothing of the body has been read."""

    def use(response):
        return [
            isinstance(response, AsyncAPIResponse if api.is_async else APIResponse),
            isinstance(response.http_response, httpx.Response),
            response.http_request.method,
            response.status_code,
            response.headers["content-type"],
            response.request_id,
            response.retries_taken,
            response.http_version,
            response.is_closed,
        ]

    seen = _streamed(api, use)

    assert seen == [True, True, "GET", 200, "application/json", "req_test", 0, "HTTP/1.1", False]


def test_the_elapsed_time_is_known_once_the_body_has_been_read(api):
    """As with httpx."""
    seen = []
    api.inside(api.client().models.with_streaming_response.retrieve("m"), seen.append)

    assert seen[0].elapsed.total_seconds() > 0


def test_nothing_is_sent_before_the_block(api, server):
    """Making the context manager sends nothing; entering it does."""
    manager = api.client().models.with_streaming_response.retrieve("m")
    before = len(server.requests)
    api.inside(manager, lambda _: None)

    assert (before, len(server.requests)) == (0, 1)


def test_parse_gives_the_model(api):
    """`parse()` reads the body and gives the model, the same object each time, with the request id."""

    def use(response):
        if not api.is_async:
            return response.parse(), response.parse()

        async def parse_twice():
            return await response.parse(), await response.parse()

        return parse_twice()

    first, second = _streamed(api, use)

    assert isinstance(first, types.ModelInfo)
    assert first is second
    assert (first.id, first._request_id) == (MODEL["id"], "req_test")


@each(("method", "expected"), [("read", json.dumps(MODEL).encode()), ("text", json.dumps(MODEL)), ("json", MODEL)])
def test_the_body_can_be_read_whole(api, method, expected):
    """`read()`, `text()` and `json()` give the whole body; the asynchronous ones are awaited."""
    assert _streamed(api, lambda response: getattr(response, method)()) == expected


@each(("method", "joint"), [("iter_bytes", b""), ("iter_text", ""), ("iter_lines", "")])
def test_the_body_can_be_read_in_pieces(api, method, joint):
    """`iter_bytes()`, `iter_text()` and `iter_lines()` give the body piece by piece."""
    whole = joint.join(_streamed(api, _collected(method)))

    assert json.loads(whole) == MODEL


def test_pieces_arrive_decoded(api, server):
    """A gzipped body is decoded piece by piece."""
    server.plan(Answer(body=gzip.compress(json.dumps(MODEL).encode()), headers={"content-encoding": "gzip"}))

    assert b"".join(_streamed(api, _collected("iter_bytes"))) == json.dumps(MODEL).encode()


def test_leaving_the_block_closes_the_response(api):
    """After the block, read or not, the response is closed."""
    response = _streamed(api, lambda response: response)

    assert response.is_closed


def test_an_error_in_the_block_closes_the_response_and_passes(api):
    """What is raised inside the block comes out of it, and the response is closed."""
    kept = []

    def use(response):
        kept.append(response)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        _streamed(api, use)

    assert kept[0].is_closed


def test_close_gives_up_the_rest(api):
    """`close()` closes the response before the block ends; the next call is served well."""
    client = api.client()

    def use(response):
        closing = response.close()
        if not inspect.isawaitable(closing):
            return response.is_closed

        async def close():
            await closing
            return response.is_closed

        return close()

    assert _streamed(api, use, client)
    assert api.retrieve(client).id == MODEL["id"]


@each(("answer", "error"), [(Answer(body="no model"), APIResponseValidationError), (CUT, APIConnectionError)])
def test_a_bad_body_is_an_error_of_ours(api, server, answer, error):
    """A body that is no model, or ends too early, raises an error of the tree from `parse()`."""
    server.plan(answer)
    with pytest.raises(error):
        _streamed(api, lambda response: response.parse())


def test_every_argument_is_taken(api, server):
    """The streaming method takes the arguments of `retrieve`, and refuses what it refuses when it is entered."""
    arguments = {
        "betas": ["a"],
        "extra_headers": {"X-Foo": "b"},
        "extra_query": {"c": 1},
        "timeout": 5,
        "extra_body": 1,
    }
    _streamed(api, lambda _: None, **arguments)

    assert (server.last.header("anthropic-beta"), server.last.header("x-foo"), server.last.query) == ("a", "b", "c=1")
    with pytest.raises(TypeError, match="`betas`"):
        _streamed(api, lambda _: None, betas="one")


def test_a_body_that_has_been_read_in_part_cannot_be_parsed(api):
    """After a piece has been taken, `parse()` raises an error of the tree and not one of httpx."""

    def use(response):
        pieces = response.iter_bytes(5)
        if not hasattr(pieces, "__aiter__"):
            next(iter(pieces))
            return response.parse()

        async def parse():
            await anext(aiter(pieces))
            return await response.parse()

        return parse()

    with pytest.raises(APIConnectionError, match="already been streamed"):
        _streamed(api, use)


@pytest.mark.parametrize("size", [1, 7, None])
def test_pieces_have_the_size_that_is_asked_for(api, size):
    """The last may be shorter; without a size they are as they come."""
    for name in ("iter_bytes", "iter_text"):
        found = _streamed(api, _collected(name, size))

        assert {len(piece) for piece in found[:-1]} == ({size} if size else set())
        assert 0 < len(found[-1]) <= (size or 10_000)
