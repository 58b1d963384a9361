"""What may stand for a beta, and how it is sent: header tokens without comma, in one header or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from outcomes import not_refused, outcome

from anthropic_models import NOT_GIVEN, Omit, omit


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
        (Omit(), []),
        (iter("ab"), ["a,b"]),
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


def test_a_beta_that_no_header_can_hold_is_refused_before_sending(api: Any, serve: Any) -> None:
    """One string is not a list of letters; the message names the value by its position."""
    server = serve()
    client = api.client(server.url)
    errors = {repr(betas): outcome(api.retrieve, client, betas=betas) for betas in BAD_BETAS}

    assert not_refused(errors, "betas") == {}
    assert "`betas[1]`" in str(errors[repr(["a", ""])])
    assert server.connections == 0
