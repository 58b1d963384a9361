"""Which part of the version a change moves (https://semver.org)."""

import ast
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Part = Literal["major", "minor", "patch"]


@dataclass(frozen=True)
class Move:
    """The part that moves, and the version before and after; both empty where no version is known."""

    part: Part
    current: str
    following: str


def move(kinds: Collection[str], current: str) -> Move:
    """What changes of these kinds ask for. Before 1.0.0 the minor part stands for what breaks."""
    numbers = [int(number) for number in current.split(".")] if current.replace(".", "").isdecimal() else []
    part: Part = "major" if "breaking" in kinds else "minor" if kinds else "patch"
    if len(numbers) != 3:
        return Move(part, "", "")
    if numbers[0] == 0:
        part = "minor" if "breaking" in kinds else "patch"
    place = ("major", "minor", "patch").index(part)
    following = [*numbers[:place], numbers[place] + 1, *[0] * (2 - place)]
    return Move(part, current, ".".join(map(str, following)))


def read(root: Path) -> str:
    """The version of a checkout, read as text from where pyproject.toml says; empty where it cannot be read."""
    try:
        settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
        module = ast.parse((root / settings["tool"]["hatch"]["version"]["path"]).read_text(encoding="utf-8"))
    except (OSError, KeyError, TypeError, ValueError, SyntaxError):
        return ""
    found = [
        node.value for node in module.body if isinstance(node, ast.Assign) and "version" in ast.unparse(node.targets[0])
    ]
    return str(found[0].value) if found and isinstance(found[0], ast.Constant) else ""
