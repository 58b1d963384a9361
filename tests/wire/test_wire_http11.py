"""HTTP/1.1 as our own connections speak it."""

from __future__ import annotations

import httpx
import pytest

from anthropic_models.transport.http11 import Exchange
from anthropic_models.transport.messages import Origin, Request


def request(target: str = "/", **headers: str) -> Request:
    """A request with this target and these headers."""
    return Request("GET", Origin("http", "models.test", 80, "models.test"), target, {"host": "models.test", **headers})


def test_a_request_is_one_head() -> None:
    """Its first line, its headers as they were given, and no body."""
    sent = Exchange().request(request("/v1/models/m?a=1", accept="x"))

    assert sent == b"GET /v1/models/m?a=1 HTTP/1.1\r\nhost: models.test\r\naccept: x\r\n\r\n"


@pytest.mark.parametrize("bad", [request("/a b"), request(accept="a\r\nb: c"), request(**{"a b": "c"})])
def test_what_cannot_be_written_is_not(bad: Request) -> None:
    """A space in the target, a line break in a value, a space in a name: httpx's error, and not a byte."""
    with pytest.raises(httpx.LocalProtocolError):
        Exchange().request(bad)
