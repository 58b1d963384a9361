"""The pytest plugin of the local server, its page in the docs, and a missing extra."""

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

def test_cleared(anthropic_server):
    anthropic_server.answer_next(529)
    anthropic_server.planned.clear()
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs Python in another folder with warnings as errors."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    command = [sys.executable, "-W", "error"]
    return lambda *arguments: subprocess.run(
        [*command, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )


@pytest.mark.timeout(120)
def test_the_page_runs_and_an_unused_planned_answer_is_an_error(run, tmp_path):
    """Each block of the page passes as tests and under mypy; the error has the calls of `answer_next`."""
    (tmp_path / "test_unused.py").write_text(UNUSED, encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    names = [f"test_block_{number}.py" for number in range(len(blocks))]
    for name, text in zip(names, blocks, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    # No other plugin is loaded, to save time; `-p` looks the name up among the entry points.
    tests = run("-m", "pytest", "-q", "-p", "anthropic_models", "-p", "no:cacheprovider").stdout
    types = run("-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache" / "page"), *names)

    count = sum(text.count("\ndef test_") for text in blocks) + 2
    assert f"{count} passed, 1 error" in tests, tests
    assert "no request received 2 of the planned answers: [answer_next(status=529), answer_next" in tests
    assert "anthropic_server.planned.clear()" in tests
    assert types.returncode == 0, types.stdout + types.stderr


PROGRAM = """
import sys
sys.modules["jsonschema_rs"] = None
import pytest
before = set(sys.modules)
import anthropic_models.pytest_plugin
print(*sorted(name for name in set(sys.modules) - before if not name.startswith("__")))
sys.modules["pytest"] = None
from anthropic_models.testing import serve
try:
    serve().__enter__()
except ModuleNotFoundError as error:
    print(error)
"""


def test_the_plugin_is_lazy(run):
    """It loads neither the server nor httpx until the fixture is used; a missing extra is reported without pytest."""
    done = run("-c", PROGRAM)

    modules = ["anthropic_models", *(f"anthropic_models.{each}" for each in ("_version", "errors", "pytest_plugin"))]
    missing = "jsonschema_rs is missing: install the extra `testing`, with pip install '.[testing]' in the clone"
    assert done.stdout.splitlines() == [" ".join(modules), missing], done.stderr
