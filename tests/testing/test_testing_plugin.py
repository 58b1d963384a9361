"""The local server as a user meets it: as a pytest plugin, and where parts of it are not installed."""

import subprocess
import sys
import textwrap
from pathlib import Path

from anthropic_models import testing

SUITE = """
import http.client

def ask(server, path):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.request("GET", path, headers={"x-api-key": "k", "anthropic-version": "2023-06-01"})
    status = connection.getresponse().status
    connection.close()
    return status

def test_one(anthropic_server):
    anthropic_server.add_model(id="claude-test-1")
    assert ask(anthropic_server, "/v1/models/claude-test-1") == 200

def test_another_does_not_see_the_first_ones_models(anthropic_server):
    assert ask(anthropic_server, "/v1/models/claude-test-1") == 404
    assert len(anthropic_server.requests) == 1
"""


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in another folder, every warning an error."""
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=50, check=False)


def test_the_fixture_is_there_in_a_users_own_suite(tmp_path, monkeypatch):
    """The package's entry point brings it, also to the example in the help; each test has a server of its own."""
    (tmp_path / "test_mine.py").write_text(SUITE)
    help_text = testing.__doc__.partition("the package::\n")[2].partition("\nAnywhere else")[0]
    (tmp_path / "test_help.py").write_text(textwrap.dedent(help_text))

    # No other plugin takes time; `-p` looks the name up among the entry points.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    done = run("-m", "pytest", "-q", "-p", "anthropic_models", "-p", "no:cacheprovider", folder=tmp_path)

    assert "3 passed" in done.stdout, done.stdout + done.stderr


def test_without_the_extra_the_import_works_and_a_server_says_what_is_missing(tmp_path):
    """A suite that starts no server imports nothing of the extra; the error names the module and the extra."""
    code = (
        "import sys; from anthropic_models.testing import serve\n"
        "print({'openapi_core', 'werkzeug', 'yaml'} & set(sys.modules))\n"
        "sys.modules['openapi_core'] = None\n"
        "try: serve().__enter__()\n"
        "except ModuleNotFoundError as error: print(error)"
    )

    done = run("-c", code, folder=tmp_path)

    assert done.stdout == "set()\nopenapi_core is missing: install the extra `testing`\n", done.stderr


def test_the_help_text_has_an_example_that_runs_without_pytest(tmp_path):
    """The second example of the module's docstring, with two plain requests as its program, needs no test runner."""
    code = (
        "import http.client, sys, textwrap\n"
        "sys.modules['pytest'] = None\n"
        "import anthropic_models.testing as testing\n"
        "def my_program(base_url, api_key):\n"
        "    connection = http.client.HTTPConnection(base_url.removeprefix('http://'))\n"
        "    for _ in range(2):\n"
        "        headers = {'x-api-key': api_key, 'anthropic-version': '2023-06-01'}\n"
        "        connection.request('GET', '/v1/models/claude-sonnet-4-20250514', headers=headers)\n"
        "        connection.getresponse().read()\n"
        "    connection.close()\n"
        "example = testing.__doc__.split('when the\\nblock ends::')[1].split('A program that')[0]\n"
        "exec(textwrap.dedent(example))\n"
        "print('ran')"
    )

    done = run("-X", "dev", "-c", code, folder=tmp_path)

    assert done.stdout == "ran\n", done.stderr
