"""The log: one line for each request and each retry, and never a credential."""

import logging
import os
import re
import subprocess
import sys

import pytest
from recording import Answer, Drop

import anthropic_models

LINE = re.compile(r"GET http://127\.0\.0\.1:\d+/v1/models/m -> (.+) \(request id (\w+), attempt (\d+), \d+ ms\)")
RETRY = re.compile(r"retry (\d) of 2 in (\d\.\d\d) s after .+")


@pytest.fixture
def lines(caplog) -> list[str]:
    """What the package's own logger has said, at every level."""
    caplog.set_level(logging.DEBUG)
    return lambda: [record.getMessage() for record in caplog.records if record.name == "anthropic_models"]


def _said(pattern, lines) -> list[tuple[str, ...]]:
    return [match.groups() for line in lines if (match := pattern.fullmatch(line))]


def test_a_request_is_one_line(api, lines):
    """A request is one line: method, URL, status, request id, attempt, milliseconds."""
    api.retrieve()

    assert len(lines()) == 1
    assert _said(LINE, lines()) == [("200", "req_test", "1")]


def test_a_retry_is_one_line(api, server, naps, lines):
    """Each attempt has its line, also one without an answer, and each retry one: number, delay, reason."""
    server.plan(Answer(529, {"error": {"message": "first\nsecond"}}), Drop)
    api.retrieve()
    requests, retries = _said(LINE, lines()), _said(RETRY, lines())

    assert [(outcome.partition("(")[0], attempt) for outcome, _, attempt in requests] == [
        ("529", "1"),
        ("APIConnectionError", "2"),
        ("200", "3"),
    ]
    assert retries == [("1", "0.50"), ("2", "1.00")]
    assert len(lines()) == 5


def test_a_body_of_several_lines_stays_on_one(api, server, naps, lines):
    """Line breaks in an error body do not reach the log: nobody can forge a line of it."""
    server.plan(Answer(500, "boom\nGET http://forged/ -> 200"))
    api.retrieve()

    assert [line for line in lines() if "\n" in line] == []


@pytest.mark.parametrize("value", ["many", anthropic_models.Omit()])
def test_the_attempt_is_counted_whatever_the_header_says(api, server, naps, lines, value):
    """The attempt in the log is the client's own count, though a caller may have changed the header."""
    server.plan(Answer(500, "{}"))
    api.retrieve(extra_headers={"x-stainless-retry-count": value})

    assert [attempt for _, _, attempt in _said(LINE, lines())] == ["1", "2"]


def _program(server, **environment) -> str:
    code = (
        "import anthropic_models, logging\n"
        f"client = anthropic_models.Anthropic(api_key='planted-secret', base_url={server.url!r})\n"
        "client.models.retrieve('m')\nclient.close()"
    )
    everything = {**os.environ, **environment}
    run = subprocess.run([sys.executable, "-c", code], env=everything, capture_output=True, text=True, check=True)
    return run.stderr


@pytest.mark.parametrize("level", ["info", "debug", " INFO "])
def test_anthropic_log_shows_the_log(server, level):
    """ANTHROPIC_LOG=info or debug shows the lines on standard error, and no credential."""
    shown = _program(server, ANTHROPIC_LOG=level)

    assert re.search(r"^\[.* - anthropic_models:INFO\] GET .* -> 200 ", shown, re.MULTILINE)
    assert "planted-secret" not in shown


@pytest.mark.parametrize("level", ["", "nonsense"])
def test_without_it_nothing_is_shown(server, level):
    """Without ANTHROPIC_LOG, or with a value that is no level, a program's standard error stays empty."""
    assert _program(server, ANTHROPIC_LOG=level) == ""
