"""The arbiter of the suite lets no exchange pass that the fragment does not allow: a suite of its own is judged."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from arbiter import UNJUDGED

TESTS = Path(__file__).resolve().parents[1]
FRAGMENT = TESTS.parent / "openapi" / "models.yaml"
SUITE = """
import http.client
import pytest
from recording import RecordingServer
from anthropic_models.testing import serve

GOOD = {"x-api-key": "k", "anthropic-version": "2023-06-01"}
on_purpose = pytest.mark.breaks_contract("why")

def ask(server, headers=GOOD, target="/v1/models/claude-example-1"):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.request("GET", target, headers=headers)
    connection.getresponse().read()
    connection.close()

@pytest.fixture(scope="module")
def shared():
    with serve() as server:
        yield server

def bad_request(server):
    ask(server, {"x-api-key": "k"})

def bad_answer(server, **planned):
    server.answer_next(**planned)
    ask(server)

def test_pass_good(anthropic_server):
    ask(anthropic_server)
    bad_answer(anthropic_server, status=529)
    bad_answer(anthropic_server, status=418, body=b"an undeclared status may say anything")

def test_error_request(anthropic_server):
    bad_request(anthropic_server)

def test_error_path(anthropic_server):
    ask(anthropic_server, target="/v1/other")

def test_error_answer(anthropic_server):
    bad_answer(anthropic_server, body={"id": 1})

def test_error_bytes(anthropic_server):
    bad_answer(anthropic_server, body=b"\\x80")

def test_error_header_of_an_answer(anthropic_server):
    bad_answer(anthropic_server, status=429, headers={"retry-after": "soon"})

def test_error_server_of_its_own():
    with serve() as server:
        bad_request(server)

def test_pass_shared(shared):
    ask(shared)

def test_error_shared(shared):
    bad_request(shared)

def test_pass_shared_again(shared):
    ask(shared)

def test_error_recording_server():
    with RecordingServer() as server:
        bad_request(server)

def test_pass_answer_of_the_recording_server():
    with RecordingServer() as server:
        server.plan(b"HTTP/1.1 200 OK\\r\\ncontent-length: 0\\r\\n\\r\\n")
        ask(server)

@on_purpose
def test_pass_request_on_purpose(anthropic_server):
    bad_request(anthropic_server)

@on_purpose
def test_pass_answer_on_purpose(anthropic_server):
    bad_answer(anthropic_server, body=b"no model")

@on_purpose
def test_error_nothing_on_purpose(anthropic_server):
    ask(anthropic_server)
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the arbiter made of each test of the suite above, which it has been loaded for."""
    folder = tmp_path_factory.mktemp("judged")
    (folder / "test_judged.py").write_text(SUITE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "arbiter", "-p", "anthropic_models.pytest_plugin", "-q", "-rpE"]
    environment = {**os.environ, "PYTHONPATH": str(TESTS), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "300"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    lines = [line.split(" ") for line in done.stdout.splitlines() if "::test_" in line]
    # An error comes after the test itself has passed, so it has the last word.
    told = {name.partition("::test_")[2]: outcome for outcome, name, *_ in sorted(lines, reverse=True)}
    assert told, done.stdout + done.stderr
    return told


def test_what_the_fragment_allows_passes(outcomes):
    """Good requests, declared answers, answers of undeclared status, and what is marked as done on purpose."""
    expected = {name: "PASSED" for name in outcomes if name.startswith("pass_")}

    assert len(expected) == 6
    assert {name: outcomes[name] for name in expected} == expected


def test_what_the_fragment_does_not_allow_is_an_error(outcomes):
    """Bad requests, paths, bodies and headers, to any server of any scope; and a mark that nothing needs."""
    expected = {name: "ERROR" for name in outcomes if name.startswith("error_")}

    assert len(expected) == 9
    assert {name: outcomes[name] for name in expected} == expected


def test_no_header_that_is_left_unjudged_is_declared() -> None:
    """A fault in such a header would pass unseen."""
    declared = yaml.safe_load(FRAGMENT.read_text(encoding="utf-8"))["components"]["parameters"].values()

    assert {each["name"].lower() for each in declared} & UNJUDGED == set()
