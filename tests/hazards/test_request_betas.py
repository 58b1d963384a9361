"""What may stand for a beta, and how it is sent: header tokens without comma, in one header or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from outcomes import not_refused, outcome

from anthropic_models import NOT_GIVEN, omit


class Some:
    """Any iterable will do."""

    def __iter__(self) -> Iterator[str]:
        yield from ("a", "b")


def test_betas_are_one_header_or_none(api: Any, serve: Any) -> None:
    """Several values are joined by commas; no values, no header."""
    cases: list[tuple[Any, list[str]]] = [
        (["one"], ["one"]),
        (("one", "two-2024-01-01"), ["one,two-2024-01-01"]),
        (Some(), ["a,b"]),
        ({"only": 1}.keys(), ["only"]),
        (["context-1m-2025-08-07", "x"], ["context-1m-2025-08-07,x"]),
        ([], []),
        ((), []),
        (omit, []),
        (NOT_GIVEN, []),
    ]
    server = serve()
    client = api.client(server.url)
    for betas, _ in cases:
        api.retrieve(client, betas=betas)

    assert [each.values("anthropic-beta") for each in server.requests] == [expected for _, expected in cases]


BAD_BETAS: list[Any] = [
    "abc", b"abc", 5, None, {"a": 1}, [None], [1], [b"a"], ["a", ""], ["a b"], ["a,b"], ["a\n"], ["a\r\nx: y"],
    ["é"], ["\ud800"], [" a"], ["a\t"], ["a;b"], ['"a"'], ["a", ["b"]], ["a" * 10, "\x00"], ["(a)"], ["a/b"],
]  # fmt: skip
BAD_HEADERS: list[Any] = [
    {"x\n": "y"}, {"x": "a\r\nb: c"}, {"x": "é"}, {"x": "\x00"}, {"": "y"}, {"x y": "z"}, {"x:": "y"}, {"é": "y"},
    {1: "y"}, {"x": 1}, {"x": None}, {"x": b"y"}, {"content-length": "5"}, {"Transfer-Encoding": "chunked"},
    {"x": " y"}, [("x", "y")],
]  # fmt: skip


def test_a_beta_that_no_header_can_hold_is_refused_before_sending(api: Any, serve: Any) -> None:
    """One string is not a list of letters; the message names the value by its position."""
    server = serve()
    client = api.client(server.url)
    errors = {repr(betas): outcome(api.retrieve, client, betas=betas) for betas in BAD_BETAS}

    assert not_refused(errors, "betas") == {}
    assert server.connections == 0


def test_another_parameter_that_no_header_can_hold_is_refused(api: Any, serve: Any) -> None:
    """The API version, too, is checked before it is sent."""
    server = serve()
    client = api.client(server.url)
    versions = ["a\nb", "é", 7, "a\r\nx-evil: 1"]
    errors = {repr(version): outcome(api.retrieve, client, anthropic_version=version) for version in versions}

    assert not_refused(errors, "anthropic") == {}
    assert server.connections == 0


@pytest.mark.parametrize("place", ["extra_headers", "default_headers"])
def test_headers_that_would_break_the_request_are_refused(api: Any, serve: Any, place: str) -> None:
    """Names and values alike, where they are given; the message names the argument."""
    server = serve()
    client = api.client(server.url)

    def give(headers: Any) -> Any:
        if place == "extra_headers":
            return api.retrieve(client, extra_headers=headers)
        return api.client(server.url, default_headers=headers)

    assert not_refused({repr(headers): outcome(give, headers) for headers in BAD_HEADERS}, place) == {}
    assert server.connections == 0
