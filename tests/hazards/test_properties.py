"""Whatever the server sends and the caller passes, the result is a model or an error of this package.

Each test tries the same 25 cases on each run; `make test-nightly` tries 10,000 random ones.
"""

import json
import os
import pickle
from urllib.parse import unquote

import pytest
from cases import outcome
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recording import MODEL, Answer

from anthropic_models import APIError
from anthropic_models.types import ModelInfo

KNOWN = [
    "content-length", "transfer-encoding", "content-encoding", "content-type", "location", "retry-after",
    "retry-after-ms", "request-id", "x-should-retry", "set-cookie", "connection", "date", "trailer", "upgrade",
    "keep-alive", "www-authenticate", "proxy-authenticate",
]  # fmt: skip
VALUES = [
    "0", "1", "-1", "5", "99999999999", "chunked", "gzip", "deflate", "identity", "br", "close", "keep-alive", "nan",
    "inf", "/", "..", "//h", "http://h/", "true",
]  # fmt: skip
names = st.sampled_from(KNOWN) | st.text(max_size=20)
LARGE = "§"  # a placeholder for a value of 70 kB, so that the message of a failure stays short
values = st.sampled_from(VALUES) | st.floats().map(str) | st.text(max_size=60) | st.just(LARGE)
headers = st.lists(st.tuples(names, values), max_size=6)
DATES = ["2025-02-19T00:00:00Z", "2016-12-31T23:59:60Z", "0001-01-01T00:00:00+23:59"]
texts = st.text(max_size=30) | st.sampled_from(["model", *DATES])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
fields = st.dictionaries(st.sampled_from([*MODEL, "error", "request_id"]) | texts, json_values, max_size=4)
bodies = (
    st.binary(max_size=200)
    | json_values.map(lambda value: json.dumps(value).encode())
    | fields.map(lambda changes: json.dumps({**MODEL, **changes}).encode())
    | st.text(max_size=200).map(
        lambda text: json.dumps(MODEL, ensure_ascii=False).replace("Claude", text).encode("utf-8", "surrogatepass")
    )
)
statuses = st.sampled_from([200, 200, 200, 204, 302, 307, 404, 429, 500, 529]) | st.integers(100, 999)
good = Answer().encoded()


def whole(status, lines, body, length):
    """The bytes of a response."""
    head = "".join(f"{name}: {value * 70_000 if value == LARGE else value}\r\n" for name, value in lines)
    sized = f"content-length: {len(body)}\r\n" if length else ""
    return f"HTTP/1.1 {status} X\r\n{head}{sized}\r\n".encode("utf-8", "surrogatepass") + body


places = st.integers(0, len(good))
streams = (
    st.builds(lambda start, end, junk: good[:start] + junk + good[end:], places, places, st.binary(max_size=30))
    | st.binary(max_size=100)
    | st.builds(lambda n: good[:n], places)
)

IS_NIGHTLY = os.environ.get("HAZARDS_PROFILE") == "nightly"
pytestmark = pytest.mark.timeout(1800 if IS_NIGHTLY else 60)
thorough = settings(
    max_examples=10_000 if IS_NIGHTLY else 25,
    deadline=None,
    database=None,
    derandomize=not IS_NIGHTLY,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def result(api, server):
    """What a call returns or raises, and its requests."""
    client = api.client()

    def retrieve(model_id="m", **arguments):
        before = len(server.requests)
        result = outcome(api.retrieve, client, model_id, **arguments)
        return result, server.requests[before:]

    return retrieve


whole_responses = st.builds(whole, statuses, headers, bodies, st.booleans())


@pytest.mark.parametrize("replies", [whole_responses, streams], ids=["HTTP", "any bytes"])
def test_a_response_becomes_a_model_or_an_error(result, server, replies):
    """The model matches the fragment and survives copies, or the error has a short message and can be pickled."""

    @thorough
    @given(replies)
    def case(reply):
        server.fallback = reply
        got, _ = result()
        twin = pickle.loads(pickle.dumps(got))
        if not isinstance(got, ModelInfo):
            assert isinstance(got, APIError)
            assert str(twin) == str(got)
            assert len(str(got)) < 10_000
            return
        assert all(isinstance(value, str) for value in (got.id, got.display_name))
        assert (got.type, got.created_at.tzinfo is None) == ("model", False)
        assert type(got).from_dict(got.to_dict(mode="json")) == got == twin
        assert (hash(got), json.loads(got.to_json())) == (hash(twin), got.to_dict(mode="json"))
        repr(got).encode()

    case()


def test_any_model_id_and_any_betas(result):
    """They are refused before anything is sent, or sent unchanged as one path segment and one header or none."""
    values = st.text(max_size=12) | st.text("abc-_.,; 0\r\n", max_size=8)
    many = st.lists(values, max_size=4) | st.text(max_size=5) | st.none()

    @thorough
    @given(st.just("m") | st.text(max_size=30) | st.text("./%25eE2fF?#\\ \t", max_size=12), st.just([]) | many)
    def case(model_id, betas):
        got, requests = result(model_id, betas=betas)

        assert isinstance(got, ModelInfo) or type(got) in (ValueError, TypeError)
        assert len(requests) == isinstance(got, ModelInfo)
        for request in requests:
            start, _, segment = request.target.rpartition("/")
            assert (start, unquote(segment)) == ("/v1/models", model_id)
            assert not set("?# \\") & set(segment)
            assert model_id not in (".", "..", "")
            assert request.values("anthropic-beta") == ([",".join(betas)] if betas else [])
            assert isinstance(betas, list)
            assert all(betas)

    case()
