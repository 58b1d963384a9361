"""The suite's arbiter reports every exchange that violates the fragment, shown by running a small suite with it."""

import pytest
from arbiter import IGNORED
from facts import FRAGMENT

SUITE = """
import http.client
import pytest
from recording import RecordingServer
from anthropic_models.testing import serve

GOOD = {"x-api-key": "k", "anthropic-version": "2023-06-01"}
on_purpose = pytest.mark.breaks_contract("why")

def send(server, headers=GOOD, target="/v1/models/claude-example-1", **planned):
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
    send(shared, **planned)

@pytest.mark.parametrize("fault", [
    {"headers": {"x-api-key": "k"}}, {"target": "/v1/other"}, {"body": {"id": 1}}, {"body": b"\\x80"},
])
def test_error(anthropic_server, fault):
    send(anthropic_server, **fault)

def test_error_shared(shared):
    shared.answer_next(429, headers={"retry-after": "soon"})
    send(shared)

def test_pass_shared_again(shared):
    send(shared)

@pytest.mark.parametrize("headers", [GOOD, {}])
def test_pass_recording_server(headers, request):
    if not headers:
        request.node.add_marker(on_purpose)
    with RecordingServer() as server:
        server.plan(b"HTTP/1.1 200 OK\\r\\ncontent-length: 0\\r\\n\\r\\n")
        send(server, headers)

@on_purpose
def test_error_nothing_on_purpose(anthropic_server):
    send(anthropic_server)
"""


class Outcomes(dict):
    """The last outcome of each test, which is that of its teardown, where the arbiter reports violations."""

    def pytest_runtest_logreport(self, report):
        if report.when != "setup":
            self[report.nodeid.partition("::test_")[2]] = (report.when, report.outcome)


def test_the_arbiter_checks_every_exchange(tmp_path, capsys):
    """Invalid requests and responses of any server in any scope are errors; so is an unnecessary marker."""
    suite, outcomes = tmp_path / "test_judged.py", Outcomes()
    suite.write_text(SUITE, encoding="utf-8")
    plugins = ("-p", "arbiter", "-p", "anthropic_models.pytest_plugin", "-p", "no:cacheprovider")
    pytest.main(["--disable-plugin-autoload", *plugins, f"--rootdir={tmp_path}", str(suite)], [outcomes])

    assert len(outcomes) == 12, capsys.readouterr()
    expected = {name: ("teardown", "failed" if name.startswith("error") else "passed") for name in outcomes}
    assert outcomes == expected


def test_no_ignored_header_is_declared():
    """A violation in a header that the arbiter ignores would not be noticed."""
    declared = FRAGMENT["components"]["parameters"].values()
    assert {each["name"].lower() for each in declared} & IGNORED == set()
