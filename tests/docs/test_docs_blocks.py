"""What the pages show works as it stands there."""

import logging

import pytest
import trustme
from pages import DOCS, PAGES, ROOT, blocks, name

from anthropic_models.testing import serve

# What `docs/testing.md` shows are tests: `tests/testing` runs them, with pytest. What CONTRIBUTING.md shows needs a
# fragment that has more in it: `tests/recipes` runs it.
ELSEWHERE = (DOCS / "testing.md", ROOT / "CONTRIBUTING.md")
SHOWN = [page for page in PAGES if page not in ELSEWHERE and any(b.language == "python" for b in blocks(page))]


@pytest.fixture(scope="module")
def local_server():
    """The local server, for all pages."""
    with serve() as server:
        yield server


@pytest.fixture
def readers_machine(local_server, monkeypatch, tmp_path):
    """A machine on which a program reaches the local server without a word about it, and a certificate lies."""
    monkeypatch.setenv("ANTHROPIC_BASE_URL", local_server.url)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "made-up")
    monkeypatch.chdir(tmp_path)
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "company.pem"))
    log = logging.getLogger("anthropic_models")
    level = log.level
    yield
    log.setLevel(level)


@pytest.mark.parametrize("page", SHOWN, ids=name)
@pytest.mark.usefixtures("readers_machine")
def test_each_python_block_runs_alone(page):
    """Copied into an empty file, with a key in the environment, each block ends without an error."""
    for block in blocks(page):
        if block.language == "python":
            code = compile("\n" * block.line + block.text, page, "exec")  # a traceback shows the line of the page
            exec(code, {"__name__": "__main__"})
