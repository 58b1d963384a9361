"""`with_raw_response`, whose body has been read, and `with_streaming_response`, whose body is read on demand."""

import contextlib
import gzip
import json

import httpx
import pytest
from cases import each
from recording import MODEL, Answer, Drop

from anthropic_models import (
    APIConnectionError,
    APIResponse,
    APIResponseValidationError,
    AsyncAPIResponse,
    NotFoundError,
    RawAPIResponse,
    types,
)

BODY = json.dumps(MODEL)
CUT = b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"
COMPRESSED = Answer(body=gzip.compress(BODY.encode()), headers={"content-encoding": "gzip"})
FORMS = each("form", ["with_raw_response", "with_streaming_response"])


def _given(api, form, client=None, model_id="m", **arguments):
    """A context with a response of this form; what the methods of that give is for `api.run`."""
    client = client or api.client()
    # `client.with_raw_response.models` is the same as `client.models.with_raw_response`.
    resource = getattr(client.models, form) if arguments else getattr(client, form).models
    given = resource.retrieve(model_id, **arguments)
    return contextlib.nullcontext(api.run(given)) if form == "with_raw_response" else api.entered(given)


def _pieces(api, iterator):
    """What an iterator of either kind gives."""

    async def collected():
        return [piece async for piece in iterator]

    return api.run(collected()) if api.is_async else [*iterator]


@FORMS
def test_the_response_can_be_looked_at(api, server, form):
    """httpx's objects, status, headers, request id, protocol; a raw one is closed, as its body has been read."""
    server.plan(Answer(headers={"X-Foo": "bar", "request-id": "req_1"}))
    streaming = AsyncAPIResponse if api.is_async else APIResponse
    kind, closed = (RawAPIResponse, True) if form == "with_raw_response" else (streaming, False)

    with _given(api, form, extra_query={"a": 1}, extra_headers={"X-Foo": "bar"}) as response:
        assert (type(response), response.is_closed, repr(response)) == (kind, closed, f"<{kind.__name__} [200]>")
        assert isinstance(response.http_response, httpx.Response)
        assert (response.method, str(response.url)) == ("GET", f"{server.url}/v1/models/m?a=1")
        assert (response.status_code, response.request_id, response.retries_taken) == (200, "req_1", 0)
        assert (response.headers["x-foo"], response.http_version) == ("bar", "HTTP/1.1")
    sent = response.http_request.headers.items()
    assert sorted((name.lower(), value) for name, value in server.last.headers) == sorted(sent)
    assert response.elapsed == response.http_response.elapsed  # known, as with httpx, once it has been read or closed
    assert response.elapsed.total_seconds() > 0


@FORMS
def test_parse_gives_the_model(api, server, form):
    """The same object each time, with the request id; a compressed body is decoded, and its header is removed."""
    server.plan(COMPRESSED)
    with _given(api, form) as response:
        first, second = api.run(response.parse()), api.run(response.parse())

    assert isinstance(first, types.ModelInfo)
    assert first is second
    assert (first, first._request_id) == (api.retrieve(), "req_test")
    assert "content-encoding" not in response.headers


@FORMS
def test_every_argument_is_taken(api, server, form):
    """Each form takes the arguments of `retrieve`, and refuses what it refuses when it is awaited or entered."""
    arguments = {"betas": ["a"], "extra_headers": {"X-Foo": "b"}, "extra_query": {"c": 1}, "timeout": 5}
    with _given(api, form, **arguments, extra_body=1):
        pass

    assert (server.last.header("anthropic-beta"), server.last.header("x-foo"), server.last.query) == ("a", "b", "c=1")
    for refused in ({"betas": "one"}, {"model_id": ""}):
        with pytest.raises((TypeError, ValueError), match=f"`{next(iter(refused))}`"), _given(api, form, **refused):
            pass


@FORMS
def test_a_refusal_is_raised_before_the_response_is_given(api, server, naps, form):
    """With its body, after the retries, which are counted; nothing is sent before a streaming block is entered."""
    server.plan(Answer(500, "{}"), Drop, Answer(), Answer(404, {"error": {"message": "no such model"}}))
    api.client().models.with_streaming_response.retrieve("m")
    assert server.requests == []

    with _given(api, form) as response:
        assert (response.retries_taken, naps) == (2, [0.5, 1])
    with pytest.raises(NotFoundError, match=r"404.*no such model"), _given(api, form):
        raise AssertionError("there is no response")


def test_a_raw_body_can_be_read_as_it_came(api, server):
    """`content`, `text`, `json()`, httpx's own `json()`; also if it is no model, for which only `parse()` raises."""
    raw = api.client().models.with_raw_response
    server.plan(Answer(), Answer(body="no model"), Answer(body=b"x" * (1024 * 1024 + 1)))
    response, other = (api.run(raw.retrieve("m")) for _ in range(2))

    assert response.content == response.read() == response.text.encode() == BODY.encode()
    assert response.json() == response.http_response.json() == MODEL
    assert other.text == "no model"
    with pytest.raises(APIResponseValidationError):
        other.parse()
    with pytest.raises(APIResponseValidationError, match="larger than 1048576 bytes"):  # and never a part of it
        api.run(raw.retrieve("m"))


def test_a_streamed_body_can_be_read_whole_or_in_pieces(api, server):
    """Decoded, of the size that is asked for; the last may be shorter; without a size they are as they come."""
    server.fallback = COMPRESSED
    for method, whole in (("read", BODY.encode()), ("text", BODY), ("json", MODEL)):
        with api.streamed() as response:
            assert api.run(getattr(response, method)()) == whole
    with api.streamed() as response:
        assert "".join(_pieces(api, response.iter_lines())) == BODY
    for method, whole in (("iter_bytes", BODY.encode()), ("iter_text", BODY)):
        for size in (1, 7, None):
            with api.streamed() as response:
                found = _pieces(api, getattr(response, method)(size))
            assert whole[:0].join(found) == whole
            assert {len(piece) for piece in found[:-1]} == ({size} if size else set())


def test_a_streaming_response_is_closed_in_the_end(api):
    """After the block, read or not, by an error that passes, or earlier by `close()`; the next call is served well."""
    client = api.client()
    with pytest.raises(KeyError, match="mine"), api.streamed(client) as failed:
        raise KeyError("mine")
    with api.streamed(client) as closed:
        api.run(closed.close())
        assert closed.is_closed
    with api.streamed(client) as left:
        pass

    assert (failed.is_closed, left.is_closed) == (True, True)
    assert api.retrieve(client).id == MODEL["id"]


@each(
    ("answer", "is_taken", "error", "message"),
    [
        (Answer(body="no model"), False, APIResponseValidationError, None),
        (CUT, False, APIConnectionError, None),
        (Answer(), True, APIConnectionError, "already been streamed"),  # and not an error of httpx
    ],
)
def test_a_bad_body_is_an_error_of_ours(api, server, answer, is_taken, error, message):
    """One that is no model, ends too early, or of which a piece has been taken, fails in `parse()`."""
    server.plan(answer)
    with api.streamed() as response:
        if is_taken:
            pieces = response.iter_bytes(5)
            api.run(anext(pieces) if api.is_async else next(pieces))
        with pytest.raises(error, match=message):
            api.run(response.parse())
