"""docs/fragment.md as data: the outcome of each keyword of each object."""

import re

from fragment.small import ROOT

PAGE = (ROOT / "docs" / "fragment.md").read_text(encoding="utf-8")


def table(name: str) -> dict[str, str]:
    """The outcome of each keyword of an object, according to the page."""
    section = re.search(rf"^## {name} Object\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"^\| `(.+?)` \| (.+?) \|", section[1], re.MULTILINE)) if section else {}


def listed(heading: str) -> set[str]:
    """The objects that a paragraph of the page lists."""
    section = re.search(rf"^## {heading}\n\n.*?: (.*?)\.$", PAGE, re.MULTILINE | re.DOTALL)
    return set(section[1].replace("\n", " ").split(", ")) if section else set()


# The titles of objects in the page, with their names in the specification.
TITLES = [*re.findall(r"^## (.+) Object$", PAGE, re.MULTILINE), *listed("Objects without effect")]
TITLES += listed("Objects that cannot occur")
OBJECTS = {title: None if title == "OpenAPI" else title.lower().replace(" ", "-") for title in TITLES}
