"""Which model ids and betas are accepted, and how they are sent: as one path segment, and one header or none."""

import enum
from urllib.parse import unquote

from cases import not_refused, outcome, types

SENT = [
    "claude-sonnet-4-20250514", "../messages", "a/../b", "a?b", "a#b", "a b", "a%b", "a%2Fb", "%2e%2e%2f", "...",
    "a..", ";x=y", "a:b@c", "模型", "🦊", "a&b=c", "a+b", "//host", "\\", "~", "None", "*", "'", '"', "<>", "%s",
]  # fmt: skip
REFUSED = [
    "", ".", "..", "%2e", "%2E", ".%2e", "%2e%2E", "%252e%252E", "%25252e.", " a", "a ", "\ta", "a\n", "\u00a0a",
    "a\u2003", "a\x00b", "a\nb", "a\r\nx: y", "a\x7fb", "a\x85b", "a\ud800b", "\udfff", "a" * 8193, "a" * 100_000,
    "%25" * 4000 + "2e",
]  # fmt: skip


class Named(str, enum.Enum):  # noqa: UP042  # unlike StrEnum, it prints as its name
    """An enum of model names, as callers write them."""

    SONNET = "claude-sonnet"


class Deceptive(str):
    """A string that prints as another one."""

    def __str__(self):
        return ".."


def test_an_id_is_one_escaped_segment(any_api, server):
    """The server reads each id unchanged below /v1/models/; a subclass of `str` is sent by its characters."""
    any_api.outcomes([*SENT, Named.SONNET, Deceptive("good")])
    targets = [each.target for each in server.requests]

    assert all(target.startswith("/v1/models/") and target.count("/") == 3 for target in targets)
    assert not any(mark in target for target in targets for mark in "?#")
    assert [unquote(target.removeprefix("/v1/models/")) for target in targets] == [*SENT, "claude-sonnet", "good"]


def test_an_id_that_cannot_be_one_segment_is_refused_before_sending(api, server):
    """The error is short and names the argument; None is refused too, and not sent as `/None`."""
    errors = api.outcomes(REFUSED)
    others = {repr(each): outcome(api.retrieve, None, each) for each in (None, 1, b"m", ["m"], True, object())}

    assert types(errors) == dict.fromkeys(REFUSED, ValueError)
    assert not_refused(errors, "model_id") == {}
    assert [name[:20] for name, error in errors.items() if len(str(error)) >= 600] == []
    assert types(others) == dict.fromkeys(others, TypeError)
    assert not_refused(others, "`model_id`: expected a string, got ") == {}
    assert server.connections == 0


BAD_BETAS = [
    "abc", b"abc", 5, None, {"a": 1}, [None], [1], [b"a"], ["a", ""], ["a b"], ["a,b"], ["a\n"], ["a\r\nx: y"],
    ["é"], ["\ud800"], [" a"], ["a\t"], ["a;b"], ['"a"'], ["a", ["b"]], ["a" * 10, "\x00"], ["(a)"], ["a/b"],
]  # fmt: skip


def test_an_invalid_beta_is_refused_before_sending(api, server):
    """A single string is not a list of letters; the message gives the position of the invalid value."""
    client = api.client()
    errors = {repr(betas): outcome(api.retrieve, client, betas=betas) for betas in BAD_BETAS}

    assert not_refused(errors, "betas") == {}
    assert "`betas[1]`" in str(errors[repr(["a", ""])])
    assert server.connections == 0
