"""The programs on the pages run as shown, each internal link has a target, and each page is in the navigation."""

import logging
import re
import textwrap
import tomllib
from pathlib import Path

import pytest
import trustme

import anthropic_models
from anthropic_models.testing import serve

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = {page: page.read_text(encoding="utf-8") for page in sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])}
BLOCK = re.compile(r"^( *)```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^\1```$", re.MULTILINE | re.DOTALL)
# `docs/testing.md` shows tests, which `tests/testing` runs. CONTRIBUTING.md needs a changed fragment: `tests/recipes`.
ELSEWHERE = (DOCS / "testing.md", ROOT / "CONTRIBUTING.md")
SHOWN = [page for page, text in PAGES.items() if page not in ELSEWHERE and "```python" in text]
SITE = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def local_server():
    """The local server, for all pages."""
    with serve() as server:
        yield server


@pytest.fixture
def readers_environment(local_server, monkeypatch, tmp_path):
    """Variables lead to the local server, and a certificate is in the working folder."""
    monkeypatch.setenv("ANTHROPIC_BASE_URL", local_server.url)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "made-up")
    monkeypatch.chdir(tmp_path)
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "company.pem"))
    log = logging.getLogger("anthropic_models")
    level = log.level
    yield
    log.setLevel(level)


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.name)
@pytest.mark.usefixtures("readers_environment")
def test_each_python_block_runs_alone(page):
    """Copied into an empty file, with a key in the environment, each block runs without an error."""
    for block in BLOCK.finditer(PAGES[page]):
        if block["language"] == "python":
            above = PAGES[page].count("\n", 0, block.start("text"))  # a traceback shows the line of the page
            exec(compile("\n" * above + textwrap.dedent(block["text"]), page, "exec"), {"__name__": "__main__"})


def _anchors(page):
    """The anchors of a page's headings, as the site and most other readers of markdown make them."""
    found = set()
    for title in re.findall(r"^#+ +(.+?)(?: *\{[^}]*\})?$", BLOCK.sub("", PAGES[page]), re.MULTILINE):
        words = re.sub(r"[^\w\s-]", "", re.sub(r"[`*]|\]\([^)]*\)|\[", "", title).lower())
        found.add(re.sub(r"[-\s]+", "-", words.strip()))
    included = re.findall(r'^--8<-- "([^"]+)"$', PAGES[page], re.MULTILINE)
    return found.union(*(_anchors(ROOT / path) for path in included if ROOT / path in PAGES))


def test_internal_links_lead_to_an_existing_heading():
    """Each target exists; pages of `docs/` link to nothing outside it, because the site is built from it alone."""
    broken = []
    for page, text in PAGES.items():
        prose = re.sub(r"`[^`\n]*`", "", BLOCK.sub("", text))
        for link in sorted(set(re.findall(r"\]\((?!https://|mailto:)([^)\s]+)\)", prose))):
            target, _, anchor = link.partition("#")
            path = (page.parent / target).resolve() if target else page
            is_there = path.exists() and (not anchor or path not in PAGES or anchor in _anchors(path))
            if not is_there or page.is_relative_to(DOCS) > path.is_relative_to(DOCS):
                broken.append(f"{page.relative_to(ROOT)}: {link}")

    assert not broken


def _navigated(entries):
    """The pages of a navigation."""
    values = [value for entry in entries for value in entry.values()]
    return {page for value in values for page in ([value] if isinstance(value, str) else _navigated(value))}


def test_each_page_is_in_the_navigation():
    """Each page of `docs/` is in the navigation or excluded by name, and each entry is a page."""
    pages = {str(page.relative_to(DOCS)) for page in PAGES if page.is_relative_to(DOCS)}
    excluded = {page for page in pages for line in SITE["exclude_docs"].split() if f"/{page}".startswith(line)}
    records = {page for page in pages if page.startswith("decisions/")}  # the page of decisions lists them

    assert _navigated(SITE["nav"]) == pages - excluded - records


def test_each_public_name_is_in_the_reference():
    """Each name of `anthropic_models` is described on a page of the reference, or mentioned there."""
    reference = "\n".join(text for page, text in PAGES.items() if page.parent == DOCS / "reference")
    found = re.findall(r"^::: anthropic_models\.(\w+)|`(?:anthropic_models\.)?(\w+)`", reference, re.MULTILINE)
    described = {each for pair in found for each in pair}
    if "errors" in described:  # a page describes the whole module
        described |= set(anthropic_models.errors.__all__)

    assert set(anthropic_models.__all__) - described == {"__version__"}
