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
    """A context manager for a response of this form; pass what its methods return to `api.run`."""
    client = client or api.client()
    # `client.with_raw_response.models` is the same as `client.models.with_raw_response`.
    resource = getattr(client.models, form) if arguments else getattr(client, form).models
    given = resource.retrieve(model_id, **arguments)
    return contextlib.nullcontext(api.run(given)) if form == "with_raw_response" else api.entered(given)


def _pieces(api, iterator):
    """The items of a blocking or asynchronous iterator."""

    async def collected():
        return [piece async for piece in iterator]

    return api.run(collected()) if api.is_async else [*iterator]


@FORMS
def test_the_response_has_the_details_of_the_exchange(api, server, form):
    """It has httpx's objects, status, headers, request id and protocol; a raw one is closed, as its body was read."""
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
    assert response.elapsed == response.http_response.elapsed  # known once it has been read or closed, as in httpx
    assert response.elapsed.total_seconds() > 0


@FORMS
def test_parse_returns_the_model(api, server, form):
    """It is the same object each time, with the request id; a compressed body is decoded and its header removed."""
    server.plan(COMPRESSED)
    with _given(api, form) as response:
        first, second = api.run(response.parse()), api.run(response.parse())

    assert isinstance(first, types.ModelInfo)
    assert first is second
    assert (first, first._request_id) == (api.retrieve(), "req_test")
    assert "content-encoding" not in response.headers


@FORMS
def test_every_argument_is_accepted(api, server, form):
    """Each form accepts the arguments of `retrieve`, and refuses invalid ones when it is awaited or entered."""
    arguments = {"betas": ["a"], "extra_headers": {"X-Foo": "b"}, "extra_query": {"c": 1}, "timeout": 5}
    with _given(api, form, **arguments, extra_body=1):
        pass

    assert (server.last.header("anthropic-beta"), server.last.header("x-foo"), server.last.query) == ("a", "b", "c=1")
    for refused in ({"betas": "one"}, {"model_id": ""}):
        with pytest.raises((TypeError, ValueError), match=f"`{next(iter(refused))}`"), _given(api, form, **refused):
            pass


@FORMS
def test_an_error_status_is_raised_instead_of_a_response(api, server, naps, form):
    """The error has the body, and comes after the retries; nothing is sent before a streaming block is entered."""
    server.plan(Answer(500, "{}"), Drop, Answer(), Answer(404, {"error": {"message": "no such model"}}))
    api.client().models.with_streaming_response.retrieve("m")
    assert server.requests == []

    with _given(api, form) as response:
        assert (response.retries_taken, naps) == (2, [0.5, 1])
    with pytest.raises(NotFoundError, match=r"404.*no such model"), _given(api, form):
        raise AssertionError("no error was raised")


def test_a_raw_body_can_be_read_unparsed(api, server):
    """`content`, `text` and `json()` return it, even if it is not a model, for which only `parse()` raises."""
    raw = api.client().models.with_raw_response
    server.plan(Answer(), Answer(body="not a model"), Answer(body=b"x" * (1024 * 1024 + 1)))
    response, other = (api.run(raw.retrieve("m")) for _ in range(2))

    assert response.content == response.read() == response.text.encode() == BODY.encode()
    assert response.json() == response.http_response.json() == MODEL
    assert other.text == "not a model"
    with pytest.raises(APIResponseValidationError):
        other.parse()
    with pytest.raises(APIResponseValidationError, match="larger than 1048576 bytes"):  # and no part of it is returned
        api.run(raw.retrieve("m"))


def test_a_streamed_body_can_be_read_whole_or_in_pieces(api, server):
    """Pieces are decoded and of the given size, except the last; without a size they have the size as received."""
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


def test_a_streaming_response_is_closed_at_the_end(api):
    """The end of the block closes it, also by an exception, and so does `close()`; the next call succeeds."""
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
    ("answer", "is_started", "error", "message"),
    [
        (Answer(body="not a model"), False, APIResponseValidationError, None),
        (CUT, False, APIConnectionError, None),
        (Answer(), True, APIConnectionError, "already been streamed"),
    ],
)
def test_parse_raises_for_an_unusable_body(api, server, answer, is_started, error, message):
    """A body that is not a model, is truncated or was partly read is an error of this package."""
    server.plan(answer)
    with api.streamed() as response:
        if is_started:
            pieces = response.iter_bytes(5)
            api.run(anext(pieces) if api.is_async else next(pieces))
        with pytest.raises(error, match=message):
            api.run(response.parse())
