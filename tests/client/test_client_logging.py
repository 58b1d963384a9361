"""The log: one line for each request and each retry, without a credential."""

import logging
import re

import pytest
from recording import Answer, Drop

import anthropic_models

LINE = re.compile(r"GET http://127\.0\.0\.1:\d+/v1/models/m -> (.+) \(request id (\w+), attempt (\d+), \d+ ms\)")
RETRY = re.compile(r"retry (\d) of 2 in (\d\.\d\d) s after .+")


@pytest.mark.parametrize("headers", [{}, {"x-stainless-retry-count": "many"}])
def test_each_request_and_each_retry_is_one_line(api, server, naps, caplog, headers):
    """The attempt is counted by the client, whatever a header of the caller says; a body cannot forge a line."""
    caplog.set_level(logging.DEBUG)
    server.plan(Answer(529, "boom\nGET http://forged/ -> 200"), Drop)
    api.retrieve(extra_headers=headers)
    lines = [record.getMessage() for record in caplog.records if record.name == "anthropic_models"]
    requests, retries = ([match.groups() for match in map(each.fullmatch, lines) if match] for each in (LINE, RETRY))

    assert [(outcome.partition("(")[0], attempt) for outcome, _, attempt in requests] == [
        ("529", "1"),
        ("APIConnectionError", "2"),
        ("200", "3"),
    ]
    assert (requests[0][1], retries) == ("req_test", [("1", "0.50"), ("2", "1.00")])
    assert len(lines) == 5


@pytest.mark.parametrize(("level", "lines"), [("info", 1), ("debug", 1), (" INFO ", 1), ("", 0), ("nonsense", 0)])
def test_anthropic_log_turns_on_logging(server, monkeypatch, capsys, level, lines):
    """ANTHROPIC_LOG=info or debug writes the lines to standard error; any other value writes nothing."""
    log = logging.getLogger("anthropic_models")
    for name, value in {"handlers": [], "propagate": False, "level": logging.NOTSET}.items():
        monkeypatch.setattr(log, name, value)  # as in a program that does not configure logging
    monkeypatch.setenv("ANTHROPIC_LOG", level)
    for _ in range(2):  # the second client must not duplicate lines
        with anthropic_models.Anthropic(api_key="planted-secret", base_url=server.url) as client:
            client.models.retrieve("m")
    shown = capsys.readouterr().err.splitlines()
    log.setLevel(logging.NOTSET)

    assert len(shown) == 2 * lines
    assert [line for line in shown if not re.match(r"\[.* - anthropic_models:INFO\] GET .* -> 200 ", line)] == []
    assert "planted-secret" not in str(shown)
