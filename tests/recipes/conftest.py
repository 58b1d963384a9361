"""A copy of the checkout after all recipes, whose fragment then gets every construct that works."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from contributing import Recipe, added, recipes, without
from facts import read_yaml
from regeneration.copies import ROOT, changed, copied, regenerate

EVERYTHING = read_yaml(ROOT / "tests" / "fragment" / "data" / "everything.yaml")


class Copy(NamedTuple):
    """The copy, and each recipe with the output of its regeneration."""

    folder: Path
    followed: list[tuple[Recipe, list[str]]]


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    """The copy after all recipes, with everything that docs/fragment.md lists as working."""
    folder = copied(tmp_path_factory.mktemp("recipes") / "copy")
    fragment = folder / "openapi" / "models.yaml"
    text = before = fragment.read_text(encoding="utf-8")
    for keys, addition in (edit for recipe in recipes() for edit in recipe.edits):
        text = without(text, keys, addition)
    if text != before:
        fragment.write_text(text, encoding="utf-8")
        assert regenerate(folder)[0] == 0
    followed: list[tuple[Recipe, list[str]]] = []
    for recipe in recipes():
        for keys, addition in recipe.edits:
            text = added(text, keys, addition)
        fragment.write_text(text, encoding="utf-8")
        assert recipe.commands == ["make regenerate\n"]
        followed.append((recipe, regenerate(folder)[1]))

    def add_everything(fragment):
        fragment["paths"].update(EVERYTHING["paths"])
        for kind, components in EVERYTHING["components"].items():
            fragment["components"].setdefault(kind, {}).update(components)

    return Copy(changed(folder, add_everything), followed)
