"""`anthropic-models retrieve` and `resolve`: the output, its order, and the exit codes."""

import json
import sys

import attrs
import pytest
from calling import OPUS, OPUS_ID, SONNET_ID
from cases import each

import anthropic_models
from anthropic_models.types import ModelInfo


def test_the_table_has_a_column_for_each_field(command, anthropic_server):
    """Required fields come first, in their order, then other fields of the response; a missing value is blank."""
    anthropic_server.add_model(**{**OPUS, "id": "newer", "made_up": {"tokens": 1}, "nothing": None})
    code, out, err = command("retrieve", SONNET_ID, "newer", COLUMNS="40")  # output to a pipe is not wrapped

    head, *rows = out.splitlines()
    declared = [field.name for field in attrs.fields(ModelInfo) if field.default is attrs.NOTHING]
    assert (code, err) == (0, "")
    assert head.split() == [*declared, "made_up", "nothing"]
    assert rows[0].split()[0] == SONNET_ID
    assert rows[1].rstrip().endswith('model  {"tokens": 1}')


def test_one_failed_id_does_not_affect_the_others(command, anthropic_server):
    """Models are printed in the order of the ids; each failure is one line on standard error with both ids."""
    anthropic_server.answer_next(delay=0.05)
    ids = (SONNET_ID, "nope", "..", "claude-opus-4-5", "-")
    code, out, err = command("retrieve", "--format", "id", *ids, stdin=b"\xff\n" + OPUS_ID.encode())

    responses = [request.answer for request in anthropic_server.requests if request.path.endswith("/nope")]
    not_found, refused, not_text = err.splitlines()
    assert (code, out.split()) == (1, [SONNET_ID, OPUS_ID, OPUS_ID])
    assert not_found == f"anthropic-models: nope: 404 model: nope (request id {responses[0].header('request-id')[0]})"
    assert refused.startswith("anthropic-models: ..: ")
    assert "model_id" in refused
    assert not_text.startswith("anthropic-models: \\udcff: ")


def test_json_is_an_array_or_lines(command):
    """`json` prints one array, `jsonl` one line for each model; `-` reads ids from standard input, one per line."""
    code, out, _ = command("retrieve", "claude-opus-4-5", "nope", "--format", "json")
    stdin = f"\n  {OPUS_ID}\r\n\n{SONNET_ID}".encode()
    lines = command("retrieve", SONNET_ID, "-", "-f", "jsonl", stdin=stdin)

    assert (code, json.loads(out)) == (1, [{**OPUS, "type": "model"}])
    assert [json.loads(line)["id"] for line in lines.out.splitlines()] == [SONNET_ID, OPUS_ID, SONNET_ID]
    assert command("retrieve", "-", "--format", "json") == (0, "[]\n", "")
    assert command("retrieve", "-", OPUS_ID, "-f", "id", stdin=None) == (0, f"{OPUS_ID}\n", "")


def test_resolve_prints_the_id_alone(command, anthropic_server):
    """A shell can assign the output to a variable; each `--beta` is a value of the beta header."""
    shown = command("resolve", "claude-opus-4-5", "--beta", "one-2025-01-01", "--beta", "two-2025-01-01")

    assert shown == (0, f"{OPUS_ID}\n", "")
    assert anthropic_server.requests[0].header("anthropic-beta") == ["one-2025-01-01,two-2025-01-01"]


@each(
    ("arguments", "environment", "message"),
    [
        (["resolve", "m", "--beta", "a b"], {}, "betas[0]"),
        (["retrieve", "..", "a\tb"], {}, "model_id"),
        (["retrieve", "m", "--format", "json"], {"ANTHROPIC_API_KEY": ""}, "ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN"),
        (["timeline", "m"], {"ANTHROPIC_BASE_URL": "ftp://example.com"}, "ANTHROPIC_BASE_URL"),
        (["retrieve", "m", "--format", "xml"], {}, "--format"),
        (["retrieve"], {}, "IDS"),
        (["timeline", "m", "-o", "models.gif"], {}, ".svg or .png"),
        (["timeline", "m", "-o", "nowhere/models.svg"], {}, "no folder"),
        (["timeline", "m", "-o", "models.png"], {}, "pip install pillow"),
    ],
)
def test_invalid_usage_exits_with_2(command, anthropic_server, monkeypatch, arguments, environment, message):
    """Standard error has a message without a traceback, standard output is empty, and nothing is sent."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    code, out, err = command(*arguments, COLUMNS="500", **environment)

    assert (code, out, anthropic_server.requests) == (2, "", [])
    assert message in err
    assert "Traceback" not in err


@pytest.mark.breaks_contract("the bodies are invalid")
@each(
    ("status", "body", "shown"),
    [
        (400, b"<h1>\n\x1b[31mBad\x00</h1>", r"<h1> \u001b[31mBad"),
        (400, b'{"error": "%s"}' % (b"x" * 5000), "xxx"),
        (200, b"{}", "id"),
    ],
)
def test_an_invalid_response_is_one_short_line(command, anthropic_server, status, body, shown):
    """Control characters are escaped, and the request id appears once."""
    anthropic_server.answer_next(status, body=body)
    code, out, err = command("resolve", "m")

    [request_id] = anthropic_server.requests[-1].answer.header("request-id")
    assert (code, out, err.count("\n"), err.count(request_id)) == (1, "", 1, 1)
    assert len(err) < 600
    assert shown in err
    assert "\x1b" not in err


def test_an_unreachable_server_is_one_line(command, naps):
    """The exit code is 1, and the line has the id."""
    code, out, err = command("resolve", "m", ANTHROPIC_BASE_URL="http://127.0.0.1:1")

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("anthropic-models: m: ")


def test_help_version_and_completion_need_no_credential(command):
    """`--help` lists subcommands and exit codes, that of a subcommand has examples; completion knows the betas."""
    first = command("--help", ANTHROPIC_API_KEY="").out
    request = {"_ANTHROPIC_MODELS_COMPLETE": "complete_bash", "COMP_WORDS": "anthropic-models resolve m --beta co"}
    completed = command(COMP_CWORD="4", ANTHROPIC_API_KEY="", **request)

    assert all(part in first for part in ("retrieve", "resolve", "timeline", "Exit codes"))
    assert "anthropic-models retrieve " in command("retrieve", "-h").out.partition("Examples")[2]
    assert command("--version") == (0, f"anthropic-models {anthropic_models.__version__}\n", "")
    assert (completed.code, {line[:2] for line in completed.out.split()}) == (0, {"co"})
