"""The pages that people read, and what stands in them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

_BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
_INCLUDED = re.compile(r'^--8<-- "(?P<path>[^"]+)"$', re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(?P<title>.+?)(?: *\{[^}]*\})?$", re.MULTILINE)
_MARKUP = re.compile(r"[`*]|\]\([^)]*\)|\[")


class Block(NamedTuple):
    """A block of code, and the line of the page that it begins on."""

    language: str
    text: str
    line: int


def name(page: Path) -> str:
    """A page as its readers call it."""
    return str(page.relative_to(ROOT))


def blocks(page: Path) -> Iterator[Block]:
    """Each block of code of a page."""
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        yield Block(found["language"], textwrap.dedent(found["text"]), text[: found.start("text")].count("\n"))


def links(page: Path) -> set[str]:
    """Where the links and pictures of a page lead."""
    text = _CODE.sub("", _BLOCK.sub("", page.read_text(encoding="utf-8")))
    return {found["target"] for found in _LINK.finditer(text)}


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the site and most other readers of markdown make them."""
    text = page.read_text(encoding="utf-8")
    included = [ROOT / found["path"] for found in _INCLUDED.finditer(text)]
    titles = [_MARKUP.sub("", found["title"]) for found in _HEADING.finditer(_BLOCK.sub("", text))]
    own = {re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", title.lower()).strip()) for title in titles}
    return own.union(*(anchors(path) for path in included if path.is_file()))
