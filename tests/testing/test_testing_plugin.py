"""The local server as a user meets it: the pytest plugin, the page about it, and a missing extra."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "testing.md"
UNUSED = """
def test_unused(anthropic_server):
    anthropic_server.answer_next(529, times=2)

def test_taken_back(anthropic_server):
    anthropic_server.answer_next(529)
    anthropic_server.planned.clear()
"""


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in another folder, every warning an error."""
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=50, check=False)


@pytest.fixture
def suite(tmp_path, monkeypatch):
    """Run pytest on the tests in `tmp_path`, with the plugin as the package's entry point names it."""
    # No other plugin takes time; `-p` looks the name up among the entry points.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    options = ("-m", "pytest", "-q", "-p", "anthropic_models", "-p", "no:cacheprovider")
    return lambda *arguments: run(*options, *arguments, folder=tmp_path)


@pytest.fixture
def blocks(tmp_path) -> list[Path]:
    """Every Python block of the page, as a module."""
    texts = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    paths = [tmp_path / f"test_block_{number}.py" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_every_block_of_the_page_runs(blocks, suite):
    """Tests pass, and what stands outside of tests runs when pytest imports it."""
    done = suite(*(path.name for path in blocks))

    tests = sum(path.read_text().count("\ndef test_") for path in blocks)
    assert f"{tests} passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.timeout(120)
def test_every_block_of_the_page_has_strict_types(blocks, tmp_path):
    """As a user's own mypy sees them."""
    names = [path.name for path in blocks]
    done = run("-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache" / "page"), *names, folder=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_planned_answer_that_no_request_came_for_fails_the_test(suite, tmp_path):
    """The message shows the call that planned it, and how to say that it is meant."""
    (tmp_path / "test_mine.py").write_text(UNUSED)

    done = suite()

    assert "2 passed, 1 error" in done.stdout
    assert "no request received 2 of the planned answers: [answer_next(status=529), answer_next" in done.stdout
    assert "anthropic_server.planned.clear()" in done.stdout


def test_the_plugin_loads_nothing_that_only_the_fixture_needs(tmp_path):
    """A test run that does not use it pays for the names of the errors and one small module: no server, no httpx."""
    code = (
        "import sys, pytest; before = set(sys.modules); import anthropic_models.pytest_plugin\n"
        "new = {name for name in set(sys.modules) - before if not name.startswith('__')}\n"
        "print(sorted(new))"
    )

    done = run("-c", code, folder=tmp_path)

    modules = ["anthropic_models", *(f"anthropic_models.{each}" for each in ("_version", "errors", "pytest_plugin"))]
    assert done.stdout == f"{modules}\n", done.stderr


def test_without_the_extra_a_server_says_what_is_missing(tmp_path):
    """The import works, without pytest too; the error names the module and the extra."""
    code = (
        "import sys; sys.modules['pytest'] = sys.modules['jsonschema_rs'] = None\n"
        "from anthropic_models.testing import serve\n"
        "try: serve().__enter__()\n"
        "except ModuleNotFoundError as error: print(error)"
    )

    done = run("-c", code, folder=tmp_path)

    assert done.stdout == "jsonschema_rs is missing: install the extra `testing`\n", done.stderr
