"""`anthropic-models retrieve` and `resolve`: what is printed, in which order, and the exit codes."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import attrs
import pytest
from command_process import OPUS, SONNET, model

from anthropic_models.types import ModelInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from command_process import Command

    from anthropic_models.testing import Server

OPUS_ID, SONNET_ID = OPUS["id"], SONNET["id"]


def test_the_table_has_a_column_for_each_field(command: Command, anthropic_server: Server) -> None:
    """The required fields come in their order, then those that an answer has besides; what is missing is blank."""
    anthropic_server.add_model(**{**OPUS, "id": "newer", "made_up": {"tokens": 1}, "nothing": None})

    code, out, err = command("retrieve", SONNET_ID, "newer")

    head, *rows = out.splitlines()
    declared = [field.name for field in attrs.fields(ModelInfo) if field.default is attrs.NOTHING]
    assert (code, err) == (0, "")
    assert head.split() == [*declared, "made_up", "nothing"]
    assert rows[0].split()[0] == SONNET_ID
    assert rows[1].rstrip().endswith('model  {"tokens": 1}')


def test_one_bad_id_does_not_spoil_the_others(command: Command, anthropic_server: Server) -> None:
    """Models come in the order asked; each failure is one line on standard error, with the id and the request id."""
    code, out, err = command("retrieve", "--format", "id", SONNET_ID, "nope", "..", "claude-opus-4-5")

    answers = [request.answer for request in anthropic_server.requests if request.path.endswith("/nope")]
    request_id = answers[0].header("request-id")[0]
    not_found, refused = err.splitlines()
    assert (code, out.split()) == (1, [SONNET_ID, OPUS_ID])
    assert not_found == f"anthropic-models: nope: 404 model: nope (request id {request_id})"
    assert refused.startswith("anthropic-models: ..: ")
    assert "model_id" in refused


def test_json_is_an_array(command: Command) -> None:
    """It has what the API describes of each model; empty standard input makes an empty one."""
    code, out, _ = command("retrieve", "claude-opus-4-5", "--format", "json")

    assert (code, json.loads(out)) == (0, [{**OPUS, "type": "model"}])
    assert command("retrieve", "-", "--format", "json") == (0, "[]\n", "")


def test_json_lines_hold_one_model_each(command: Command) -> None:
    """Ids come from the arguments and, where `-` stands, from the lines of standard input that are not blank."""
    code, out, _ = command("retrieve", SONNET_ID, "-", "-f", "jsonl", stdin=f"\n  {OPUS_ID}\r\n\n{SONNET_ID}")

    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == [SONNET_ID, OPUS_ID, SONNET_ID]


def test_resolve_prints_the_id_alone(command: Command, anthropic_server: Server) -> None:
    """So that a shell can put it into a variable. Each `--beta` is one of the header's values."""
    shown = command("resolve", "claude-opus-4-5", "--beta", "one-2025-01-01", "--beta", "two-2025-01-01")

    assert shown == (0, f"{OPUS_ID}\n", "")
    assert anthropic_server.requests[0].header("anthropic-beta") == ["one-2025-01-01,two-2025-01-01"]


@pytest.mark.parametrize(
    ("arguments", "environment", "named"),
    [
        (["resolve", "m", "--beta", "a b"], {}, "betas[0]"),
        (["retrieve", "..", "a\tb"], {}, "model_id"),
        (["retrieve", "m", "--format", "json"], {"ANTHROPIC_API_KEY": ""}, "ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN"),
        (["timeline", "m"], {"ANTHROPIC_BASE_URL": "ftp://example.com"}, "ANTHROPIC_BASE_URL"),
        (["retrieve", "m", "--format", "xml"], {}, "--format"),
        (["retrieve"], {}, "IDS"),
    ],
)
def test_wrong_use_exits_with_2(
    command: Command, anthropic_server: Server, arguments: list[str], environment: dict[str, str], named: str
) -> None:
    """A message says what is wrong; nothing is sent, and nothing is printed to standard output."""
    code, out, err = command(*arguments, **environment)

    assert (code, out, anthropic_server.requests) == (2, "", [])
    assert named in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("status", "body", "shown"),
    [
        (400, b"<h1>\n\x1b[31mBad\x00</h1>", r"<h1> \u001b[31mBad"),
        (400, b'{"error": "%s"}' % (b"x" * 5000), "xxx"),
        (200, b"{}", "id"),
    ],
)
def test_odd_answers_are_one_short_line(beside: Callable[..., Command], status: int, body: bytes, shown: str) -> None:
    """What a terminal would obey is written as an escape; the request id is there once."""
    code, out, err = beside(lambda _: (status, body))("resolve", "m")

    assert (code, out, err.count("\n"), err.count("req_1")) == (1, "", 1, 1)
    assert len(err) < 600
    assert shown in err
    assert "\x1b" not in err


def test_a_server_that_is_not_there_fails(command: Command) -> None:
    """One line says so."""
    code, out, err = command("resolve", "m", ANTHROPIC_BASE_URL="http://127.0.0.1:1")

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("anthropic-models: m: ")


def test_eight_are_asked_for_at_once(beside: Callable[..., Command]) -> None:
    """Never more, however many there are. The order of the answers does not matter."""
    arrived, ninth, release = [], threading.Event(), threading.Event()
    overtaken: list[bool] = []

    def answer(name: str) -> tuple[int, bytes]:
        arrived.append(name)
        if len(arrived) == 9:
            ninth.set()
        if name == "m-7":  # the eighth; the others wait until it has seen whether one more comes
            overtaken.append(ninth.wait(0.5))
            release.set()
        release.wait(30)
        return 200, model(name)

    ids = [f"m-{number}" for number in range(24)]
    code, out, err = beside(answer)("retrieve", "-", "--format", "id", stdin="\n".join(ids))

    assert (code, out.split(), err, overtaken) == (0, ids, "", [False])
