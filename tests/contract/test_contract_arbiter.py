"""The arbiter of the suite lets no exchange pass that the fragment does not allow: a suite of its own is judged."""

import os
import subprocess
import sys
from pathlib import Path

from arbiter import UNJUDGED
from facts import FRAGMENT

TESTS = Path(__file__).resolve().parents[1]
SUITE = """
import http.client
import pytest
from recording import RecordingServer
from anthropic_models.testing import serve

GOOD = {"x-api-key": "k", "anthropic-version": "2023-06-01"}
on_purpose = pytest.mark.breaks_contract("why")

def ask(server, headers=GOOD, target="/v1/models/claude-example-1", **planned):
    if planned:
        server.answer_next(**planned)
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.request("GET", target, headers=headers)
    connection.getresponse().read()
    connection.close()

@pytest.fixture(scope="module")
def shared():
    with serve() as server:
        yield server

@pytest.mark.parametrize("planned", [{}, {"status": 529}, {"status": 418, "body": b"undeclared: anything"}])
def test_pass(shared, planned):
    ask(shared, **planned)

@pytest.mark.parametrize("fault", [
    {"headers": {"x-api-key": "k"}}, {"target": "/v1/other"}, {"body": {"id": 1}}, {"body": b"\\x80"},
])
def test_error(anthropic_server, fault):
    ask(anthropic_server, **fault)

def test_error_shared(shared):
    shared.answer_next(429, headers={"retry-after": "soon"})
    ask(shared)

def test_pass_shared_again(shared):
    ask(shared)

@pytest.mark.parametrize("headers", [GOOD, {}])
def test_pass_recording_server(headers, request):
    if not headers:
        request.node.add_marker(on_purpose)
    with RecordingServer() as server:
        server.plan(b"HTTP/1.1 200 OK\\r\\ncontent-length: 0\\r\\n\\r\\n")
        ask(server, headers)

@on_purpose
def test_error_nothing_on_purpose(anthropic_server):
    ask(anthropic_server)
"""


def test_it_judges_every_exchange(tmp_path):
    """Bad requests, paths, bodies and headers, to any server of any scope, are errors; so is a mark without need."""
    (tmp_path / "test_judged.py").write_text(SUITE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "arbiter", "-p", "anthropic_models.pytest_plugin", "-q", "-rpE"]
    environment = {**os.environ, "PYTHONPATH": str(TESTS), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "300"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    lines = [line.split(" ") for line in done.stdout.splitlines() if "::test_" in line]
    # An error comes after the test itself has passed, so it has the last word.
    outcomes = {name.partition("::test_")[2]: outcome for outcome, name, *_ in sorted(lines, reverse=True)}

    assert len(outcomes) == 12, done.stdout + done.stderr
    assert [name for name, outcome in outcomes.items() if (outcome == "ERROR") != name.startswith("error")] == []


def test_no_header_that_is_left_unjudged_is_declared():
    """A fault in such a header would pass unseen."""
    declared = FRAGMENT["components"]["parameters"].values()
    assert {each["name"].lower() for each in declared} & UNJUDGED == set()
