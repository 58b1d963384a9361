"""The version of a checkout, and what a release has to raise it to (https://semver.org)."""

import re
import tomllib
from collections.abc import Collection
from pathlib import Path

PARTS = ("major", "minor", "patch")


def part(kinds: Collection[str], current: str) -> str:
    """The part that changes of these kinds raise; before 1.0.0, a breaking change raises the minor part."""
    place = 0 if "breaking" in kinds else 1 if kinds else 2
    return PARTS[max(place, 1) if current.startswith("0.") else place]


def raised(current: str, part: str) -> str:
    """The version with this part raised; empty if the current one is not known."""
    place, numbers = PARTS.index(part), current.split(".")
    return ".".join([*numbers[:place], f"{int(numbers[place]) + 1}", *["0"] * (2 - place)]) if current else ""


def read(root: Path) -> str:
    """The version of a checkout, three numbers in the file that pyproject.toml names; empty if there are none."""
    try:
        settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
        source = (root / settings["tool"]["hatch"]["version"]["path"]).read_text(encoding="utf-8")
    except (OSError, KeyError, TypeError, ValueError):
        return ""
    found = re.search(r'^(?:__version__|VERSION) *= *"(\d+\.\d+\.\d+)"', source, re.MULTILINE)
    return found[1] if found else ""
