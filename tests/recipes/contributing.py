"""The recipes of CONTRIBUTING.md as data: what they add to the fragment, and the programs that then work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[2]

_SECTION = re.compile(r"^### (?P<title>Add .+)\n(?P<text>(?:(?!^##).*\n)*)", re.MULTILINE)
_BLOCK = re.compile(
    r"(?P<before>[^\n]*)\n\n```(?P<language>yaml|sh|python)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_PLACE = re.compile(r"At the end of (?P<keys>`[^`]+`(?:, `[^`]+`)*):")


class Recipe(NamedTuple):
    """A recipe: its heading, the texts added at the end of places of the fragment, commands, programs of callers."""

    title: str
    edits: list[tuple[list[str], str]]
    commands: list[str]
    programs: list[str]


def recipes() -> Iterator[Recipe]:
    """The recipes of CONTRIBUTING.md, in order."""
    for section in _SECTION.finditer((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        recipe = Recipe(section["title"], [], [], [])
        for block in _BLOCK.finditer(section["text"]):
            if block["language"] == "yaml":
                place = _PLACE.fullmatch(block["before"])
                assert place, f"{recipe.title}: unknown place: {block['before']!r}"
                recipe.edits.append((re.findall("`([^`]+)`", place["keys"]), block["text"]))
            else:
                (recipe.commands if block["language"] == "sh" else recipe.programs).append(block["text"])
        yield recipe


def _at(text: str, keys: list[str]) -> yaml.Node:
    node = yaml.compose(text)
    for key in keys:
        assert isinstance(node, yaml.MappingNode)
        node = next(value for name, value in node.value if name.value == key)
    return node


def without(text: str, keys: list[str], addition: str) -> str:
    """Remove from a YAML text what the addition would repeat, if the checkout already has it."""
    node, new, lines = _at(text, keys), yaml.safe_load(addition), text.splitlines(keepends=True)
    pairs = node.value if isinstance(node, yaml.MappingNode) else [(item, item) for item in node.value]
    for first, last in reversed(pairs):
        place = slice(first.start_mark.line, max(last.end_mark.line, first.start_mark.line + 1))
        there = yaml.safe_load("".join(lines[place]))
        if there == new or (isinstance(there, dict) and there.keys() & new.keys()):
            del lines[place]
    return "".join(lines)


def added(text: str, keys: list[str], addition: str) -> str:
    """Insert an addition, unchanged, at the end of the value of these keys in a YAML text."""
    node = _at(text, keys)
    lines = text.splitlines(keepends=True)
    end = node.end_mark.line
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1  # a comment before the next key belongs to that key
    return "".join([*lines[:end], addition, *lines[end:]])
