"""What may stand for a model, and how it is sent: one segment under /v1/models/, whatever it is."""

from __future__ import annotations

import enum
from typing import Any
from urllib.parse import unquote

from outcomes import not_refused, outcome, types

SENT = [
    "claude-sonnet-4-20250514", "../messages", "a/../b", "a/b", "a?b", "a#b", "a b", "a%b", "a%2Fb", "%2e%2e%2f", "...",
    "a..", ";x=y", "a:b@c", "ä", "模型", "🦊", "a&b=c", "a+b", "//host", "\\", "~", "None", "*", "'", '"', "<>", "{id}",
    "{0}", "%s", "%",
]  # fmt: skip
REFUSED = [
    "", ".", "..", "%2e", "%2E", ".%2e", "%2e%2E", "%252e%252E", "%25252e.", " a", "a ", "\ta", "a\n", "\u00a0a",
    "a\u2003", "a\x00b", "a\nb", "a\r\nx: y", "a\x7fb", "a\x85b", "a\ud800b", "\udfff", "a" * 8193, "a" * 100_000,
    "%25" * 4000 + "2e",
]  # fmt: skip


class Named(str, enum.Enum):  # noqa: UP042  # unlike StrEnum, it prints as its name
    """What callers make of model names."""

    SONNET = "claude-sonnet"


class Sly(str):
    """A string that is another one when it is printed."""

    def __str__(self) -> str:
        return ".."


def test_an_id_is_one_escaped_segment(any_api: Any, serve: Any) -> None:
    """Every id that is sent reaches /v1/models/ and is what the server reads there, whole."""
    server = serve()
    client = any_api.client(server.url)
    for model_id in SENT:
        any_api.retrieve(client, model_id)
    targets = [each.target for each in server.requests]

    assert all(target.startswith("/v1/models/") and target.count("/") == 3 for target in targets)
    assert not any(mark in target for target in targets for mark in "?#")
    assert [unquote(target.removeprefix("/v1/models/")) for target in targets] == SENT


def test_an_id_that_cannot_be_escaped_is_refused_before_sending(api: Any, serve: Any) -> None:
    """The error names the argument, is short, and the server hears nothing."""
    server = serve()

    errors = api.outcomes(api.client(server.url), REFUSED)

    assert {name[:20]: error for name, error in errors.items() if type(error) is not ValueError} == {}
    assert not_refused(errors, "model_id") == {}
    assert [name[:20] for name, error in errors.items() if len(str(error)) >= 600] == []
    assert server.connections == 0


def test_an_id_that_is_no_string_is_refused(api: Any, serve: Any) -> None:
    """None does not become `/None`."""
    server = serve()
    client = api.client(server.url)
    errors = {repr(each): outcome(api.retrieve, client, each) for each in (None, 1, b"m", ["m"], True, object())}

    assert types(errors) == dict.fromkeys(errors, TypeError)
    assert not_refused(errors, "`model_id`: expected a string, got ") == {}
    assert server.connections == 0


def test_a_string_of_another_class_is_taken_for_its_characters(api: Any, serve: Any) -> None:
    """An enumeration's member stands for its value; a class cannot smuggle in another path."""
    server = serve()
    client = api.client(server.url)
    api.retrieve(client, Named.SONNET)
    api.retrieve(client, Sly("good"))

    assert [each.target for each in server.requests] == ["/v1/models/claude-sonnet", "/v1/models/good"]
