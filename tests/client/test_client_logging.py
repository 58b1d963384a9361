"""The log: one line for each request and each retry, and never a credential."""

import logging
import re
import subprocess
import sys

import pytest
from recording import Answer, Drop

LINE = re.compile(r"GET http://127\.0\.0\.1:\d+/v1/models/m -> (.+) \(request id (\w+), attempt (\d+), \d+ ms\)")
RETRY = re.compile(r"retry (\d) of 2 in (\d\.\d\d) s after .+")


@pytest.fixture
def lines(caplog):
    """What the package's own logger has said, at every level."""
    caplog.set_level(logging.DEBUG)
    return lambda: [record.getMessage() for record in caplog.records if record.name == "anthropic_models"]


def _said(pattern, lines):
    return [match.groups() for line in lines if (match := pattern.fullmatch(line))]


@pytest.mark.parametrize("headers", [{}, {"x-stainless-retry-count": "many"}])
def test_each_request_and_each_retry_is_one_line(api, server, naps, lines, headers):
    """Method, URL, outcome, request id, attempt, milliseconds; number, delay, reason. A body forges no line.

    The attempt is the client's own count, whatever a caller's header says.
    """
    server.plan(Answer(529, "boom\nGET http://forged/ -> 200"), Drop)
    api.retrieve(extra_headers=headers)
    requests, retries = _said(LINE, lines()), _said(RETRY, lines())

    assert [(outcome.partition("(")[0], attempt) for outcome, _, attempt in requests] == [
        ("529", "1"),
        ("APIConnectionError", "2"),
        ("200", "3"),
    ]
    assert (requests[0][1], retries) == ("req_test", [("1", "0.50"), ("2", "1.00")])
    assert len(lines()) == 5


PROGRAM = """
import anthropic_models, logging, os, sys
log = logging.getLogger("anthropic_models")
for level in ("info", "debug", " INFO ", "", "nonsense"):
    log.handlers.clear(), log.setLevel(logging.NOTSET)
    os.environ["ANTHROPIC_LOG"] = level
    with anthropic_models.Anthropic(api_key="planted-secret", base_url=sys.argv[1]) as client:
        client.models.retrieve("m")
    print("--", file=sys.stderr)
"""


def test_anthropic_log_shows_the_log(server):
    """ANTHROPIC_LOG=info or debug shows the lines on standard error, without a credential; anything else nothing."""
    command = [sys.executable, "-c", PROGRAM, server.url]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    found = [re.findall(r"^\[.* - anthropic_models:INFO\] GET .* -> 200 .*\n", part) for part in shown.split("--\n")]

    assert [len(lines) for lines in found] == [1, 1, 1, 0, 0, 0]
    assert "planted-secret" not in shown
    assert shown.count("\n") == 3 + 5
