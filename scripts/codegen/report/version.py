"""The version of a checkout, and what a release has to raise it to (https://semver.org)."""

import re
import tomllib
from collections.abc import Collection
from pathlib import Path

PARTS = ("major", "minor", "patch")


def following(kinds: Collection[str], current: str) -> tuple[str, str]:
    """The part that changes of these kinds raise, and the next version; it is empty if the current one is.

    Before 1.0.0, the minor part is raised for what breaks, and the patch part for the rest.
    """
    numbers = [int(number) for number in current.split(".") if number]
    place = 0 if "breaking" in kinds else 1 if kinds else 2
    if not numbers:
        return PARTS[place], ""
    place = min(place + 1, 2) if numbers[0] == 0 else place
    return PARTS[place], ".".join(map(str, [*numbers[:place], numbers[place] + 1, *[0] * (2 - place)]))


def read(root: Path) -> str:
    """The version of a checkout, three numbers in the file that pyproject.toml names; empty if there are none."""
    try:
        settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
        source = (root / settings["tool"]["hatch"]["version"]["path"]).read_text(encoding="utf-8")
    except (OSError, KeyError, TypeError, ValueError):
        return ""
    found = re.search(r'^(?:__version__|VERSION) *= *"(\d+\.\d+\.\d+)"', source, re.MULTILINE)
    return found[1] if found else ""
