"""Whatever the server answers and whatever the caller gives, the result is a model or one error of ours.

100 cases for each test and kind of client, the same every time. `HAZARDS_PROFILE=nightly` makes it 10,000 fresh ones:

    HAZARDS_PROFILE=nightly python -m pytest tests/hazards/test_properties.py
"""

from __future__ import annotations

import json
import os
import pickle
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from hostile import HostileServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import bodies, good, headers, statuses, streams, whole

from anthropic_models import APIError
from anthropic_models.types import ModelInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile import Peer

PROFILE = os.environ.get("HAZARDS_PROFILE", "default")
CASES = {"default": 100, "nightly": 10_000}[PROFILE]
pytestmark = pytest.mark.timeout(60 if PROFILE == "default" else 1800)
thorough = settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=PROFILE == "default",
    suppress_health_check=list(HealthCheck),
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
