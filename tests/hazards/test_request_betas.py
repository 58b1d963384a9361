"""What may stand for a beta, and how it is sent: header tokens without comma, in one header or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from anthropic_models import NOT_GIVEN, omit


class Some:
    """Any iterable will do."""

    def __iter__(self) -> Iterator[str]:
        yield from ("a", "b")


@pytest.mark.parametrize(
    ("betas", "expected"),
    [
        (["one"], ["one"]),
        (("one", "two-2024-01-01"), ["one,two-2024-01-01"]),
        (Some(), ["a,b"]),
        ({"only": 1}.keys(), ["only"]),
        (["context-1m-2025-08-07", "x"], ["context-1m-2025-08-07,x"]),
        ([], []),
        ((), []),
        (omit, []),
        (NOT_GIVEN, []),
    ],
)
def test_betas_are_one_header_or_none(api: Any, serve: Any, betas: Any, expected: list[str]) -> None:
    """Several values are joined by commas; no values, no header."""
    server = serve()
    api.retrieve(api.client(server.url), betas=betas)

    assert server.requests[0].values("anthropic-beta") == expected


@pytest.mark.parametrize(
    "betas",
    [
        "abc", b"abc", 5, None, {"a": 1}, [None], [1], [b"a"], ["a", ""], ["a b"], ["a,b"], ["a\n"], ["a\r\nx: y"],
        ["é"],
        ["\ud800"], [" a"], ["a\t"], ["a;b"], ['"a"'], ["a", ["b"]], ["a" * 10, "\x00"], ["(a)"], ["a/b"],
    ],
    ids=repr,
)  # fmt: skip
def test_a_beta_that_no_header_can_hold_is_refused_before_sending(api: Any, serve: Any, betas: Any) -> None:
    """One string is not a list of letters; the message names the value by its position."""
    server = serve()

    error = api.error(api.client(server.url), betas=betas)

    assert type(error) in (TypeError, ValueError)
    assert "betas" in str(error)
    assert server.connections == 0


@pytest.mark.parametrize("version", ["a\nb", "é", 7, "a\r\nx-evil: 1"])
def test_another_parameter_that_no_header_can_hold_is_refused(api: Any, serve: Any, version: Any) -> None:
    """The API version, too, is checked before it is sent."""
    server = serve()
    error = api.error(api.client(server.url), anthropic_version=version)

    assert type(error) in (TypeError, ValueError)
    assert "anthropic" in str(error)
    assert server.connections == 0


@pytest.mark.parametrize(
    "extra",
    [
        {"x\n": "y"}, {"x": "a\r\nb: c"}, {"x": "é"}, {"x": "\x00"}, {"": "y"}, {"x y": "z"}, {"x:": "y"},
        {"é": "y"}, {1: "y"},
        {"x": 1}, {"x": None}, {"x": b"y"}, {"content-length": "5"}, {"Transfer-Encoding": "chunked"}, {"x": " y"},
        [("x", "y")],
    ],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize("place", ["extra_headers", "default_headers"])
def test_headers_that_would_break_the_request_are_refused(api: Any, serve: Any, place: str, extra: Any) -> None:
    """Names and values alike, where they are given; the message names the argument."""
    server = serve()
    with pytest.raises((TypeError, ValueError), match=place):
        if place == "extra_headers":
            api.retrieve(api.client(server.url), extra_headers=extra)
        else:
            api.client(server.url, default_headers=extra)

    assert server.connections == 0
