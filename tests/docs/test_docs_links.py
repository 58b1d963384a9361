"""No link of the pages leads nowhere, and no page is lost."""

import re
import tomllib

from pages import DOCS, PAGES, ROOT, anchors, links, name

import anthropic_models

SITE = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
OUTSIDE = ("https://", "mailto:")


def navigated(entries: list) -> set[str]:
    """The pages of a navigation."""
    found: set[str] = set()
    for entry in entries:
        for value in entry.values():
            found |= {value} if isinstance(value, str) else navigated(value)
    return found


def test_internal_links_lead_to_a_file_and_a_heading():
    """Of README.md and the like, and of the site, which is built from `docs/` alone, so they do not leave it."""
    lost = []
    for page in PAGES:
        for link in sorted(each for each in links(page) if not each.startswith(OUTSIDE)):
            target, _, anchor = link.partition("#")
            path = (page.parent / target).resolve() if target else page
            is_heading = not anchor or path.suffix != ".md" or (path.exists() and anchor in anchors(path))
            if not path.exists() or not is_heading or page.is_relative_to(DOCS) > path.is_relative_to(DOCS):
                lost.append(f"{name(page)}: {link}")

    assert not lost


def test_each_page_is_in_the_navigation():
    """Each page of `docs/` is in the navigation or excluded by name, and each entry is a page."""
    pages = {str(page.relative_to(DOCS)) for page in PAGES if page.is_relative_to(DOCS)}
    excluded = {page for page in pages for line in SITE["exclude_docs"].split() if f"/{page}".startswith(line)}
    records = {page for page in pages if page.startswith("decisions/")}  # the page of decisions lists them

    assert navigated(SITE["nav"]) == pages - excluded - records


def test_each_public_name_is_in_the_reference():
    """Each name of `anthropic_models` is described on a page of the reference, or named beside one that is."""
    reference = "\n".join(page.read_text(encoding="utf-8") for page in sorted((DOCS / "reference").glob("*.md")))
    found = re.findall(r"^::: anthropic_models\.(\w+)|`(?:anthropic_models\.)?(\w+)`", reference, re.MULTILINE)
    described = {each for pair in found for each in pair}
    if "errors" in described:  # a page describes the whole module
        described |= set(anthropic_models.errors.__all__)

    assert set(anthropic_models.__all__) - described == {"__version__"}
