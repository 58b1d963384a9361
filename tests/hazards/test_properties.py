"""Whatever the server answers and whatever the caller gives, the result is a model or one error of ours.

500 cases for each test and kind of client, the same every time. `HAZARDS_PROFILE=nightly` makes it 10,000 fresh ones:

    HAZARDS_PROFILE=nightly python -m pytest tests/hazards/test_properties.py
"""

from __future__ import annotations

import json
import os
import pickle
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from hostile import MODEL, HostileServer, answer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anthropic_models import APIError
from anthropic_models.types import ModelInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile import Peer

PROFILE = os.environ.get("HAZARDS_PROFILE", "default")
CASES = {"default": 500, "nightly": 10_000}[PROFILE]
pytestmark = pytest.mark.timeout(60 if PROFILE == "default" else 1800)
thorough = settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=PROFILE == "default",
    suppress_health_check=list(HealthCheck),
)

KNOWN = [
    "content-length",
    "transfer-encoding",
    "content-encoding",
    "content-type",
    "location",
    "retry-after",
    "retry-after-ms",
    "request-id",
    "x-should-retry",
    "set-cookie",
    "connection",
    "date",
    "trailer",
    "upgrade",
    "keep-alive",
    "www-authenticate",
    "proxy-authenticate",
]
names = st.sampled_from(KNOWN) | st.text(max_size=20)
LARGE = "§"
"""Stands for a value of 70 kB, which would not be nice to read where a case fails."""
values = (
    st.sampled_from(
        [
            "0",
            "1",
            "-1",
            "5",
            "99999999999",
            "chunked",
            "gzip",
            "deflate",
            "identity",
            "br",
            "close",
            "keep-alive",
            "nan",
            "inf",
            "/",
            "..",
            "//h",
            "http://h/",
            "true",
        ]
    )
    | st.floats().map(str)
    | st.text(max_size=60)
    | st.just(LARGE)
)
headers = st.lists(st.tuples(names, values), max_size=6)
texts = st.text(max_size=30) | st.sampled_from(
    ["model", "2025-02-19T00:00:00Z", "2016-12-31T23:59:60Z", "0001-01-01T00:00:00+23:59"]
)
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
good = answer()


def whole(status: int, lines: list[tuple[str, str]], body: bytes, length: bool) -> bytes:
    """An answer on the wire."""
    head = "".join(f"{name}: {value * 70_000 if value == LARGE else value}\r\n" for name, value in lines)
    sized = f"content-length: {len(body)}\r\n" if length else ""
    return f"HTTP/1.1 {status} X\r\n{head}{sized}\r\n".encode("utf-8", "surrogatepass") + body


def spoilt(start: int, end: int, junk: bytes) -> bytes:
    """A good answer with a part of it replaced."""
    return good[:start] + junk + good[end:]


places = st.integers(0, len(good))
streams = (
    st.builds(spoilt, places, places, st.binary(max_size=30))
    | st.binary(max_size=100)
    | st.builds(lambda n: good[:n], places)
)


class Asking:
    """A client, and a server that answers every request: with the case at hand, after which it hangs up, or well."""

    def __init__(self, api: Any) -> None:
        self.case: bytes | None = None
        self.server = HostileServer(self._answer)
        self._api, self._client = api, api.client(self.server.url)

    def _answer(self, peer: Peer) -> None:
        peer.send(self.case or good)
        if self.case is not None:
            peer.socket.close()

    def result(self, *arguments: Any, **named: Any) -> Any:
        """What a call gives or raises."""
        try:
            return self._api.retrieve(self._client, *arguments, **named)
        except (APIError, ValueError, TypeError) as error:
            return error


@pytest.fixture
def asking(api: Any) -> Iterator[Asking]:
    """One of each kind of client."""
    asking = Asking(api)
    yield asking
    asking.server.__exit__()


def check(result: Any) -> None:
    """A model that obeys the fragment and survives, or a short error that can be shown and sent on."""
    if not isinstance(result, ModelInfo):
        assert isinstance(result, APIError)
        assert len(str(result)) < 10_000
        assert str(pickle.loads(pickle.dumps(result))) == str(result)
        return
    assert all(isinstance(value, str) for value in (result.id, result.display_name))
    assert result.type == "model"
    assert result.created_at.tzinfo is not None
    assert type(result).from_dict(result.to_dict(mode="json")) == result == pickle.loads(pickle.dumps(result))
    assert json.loads(result.to_json()) == result.to_dict(mode="json")
    assert hash(result) == hash(pickle.loads(pickle.dumps(result)))
    repr(result).encode()


def test_any_status_any_headers_and_any_body(asking: Asking) -> None:
    """Answers that are HTTP, at least in their outline."""

    @thorough
    @given(statuses, headers, bodies, st.booleans())
    def case(status: int, lines: list[tuple[str, str]], body: bytes, length: bool) -> None:
        asking.case = whole(status, lines, body, length)
        check(asking.result("m"))

    case()


def test_any_bytes(asking: Asking) -> None:
    """Good answers with some bytes replaced, cut short, and bytes that are nothing at all."""

    @thorough
    @given(streams)
    def case(reply: bytes) -> None:
        asking.case = reply
        check(asking.result("m"))

    case()


def test_any_model_id(asking: Asking) -> None:
    """Refused before sending, or one segment of the path that means what was given."""

    @thorough
    @given(st.text(max_size=30) | st.text("./%25eE2fF?#\\ \t", max_size=12))
    def case(model_id: str) -> None:
        before = len(asking.server.requests)
        result = asking.result(model_id)
        sent = asking.server.requests[before:]

        assert isinstance(result, ModelInfo) or type(result) is ValueError
        assert len(sent) == isinstance(result, ModelInfo)
        for request in sent:
            assert request.target.startswith("/v1/models/")
            assert request.target.count("/") == 3
            assert not set("?# \\") & set(request.target)
            assert unquote(request.target.removeprefix("/v1/models/")) == model_id
            assert unquote(request.target.removeprefix("/v1/models/")) not in (".", "..", "")

    case()


def test_any_betas(asking: Asking) -> None:
    """Refused before sending, or one header with exactly these values."""

    @thorough
    @given(
        st.lists(st.text(max_size=12) | st.text("abc-_.,; 0\r\n", max_size=8), max_size=4)
        | st.text(max_size=5)
        | st.none()
    )
    def case(betas: Any) -> None:
        before = len(asking.server.requests)
        result = asking.result("m", betas=betas)
        sent = asking.server.requests[before:]

        assert isinstance(result, ModelInfo) or type(result) in (ValueError, TypeError)
        assert len(sent) == isinstance(result, ModelInfo)
        for request in sent:
            assert request.values("anthropic-beta") == ([",".join(betas)] if betas else [])
            assert all(betas)
            assert isinstance(betas, list)

    case()
