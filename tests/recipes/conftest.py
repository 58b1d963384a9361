"""A copy of the checkout in which every recipe has been followed, one after the other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from contributing import Recipe, added, recipes, without
from regeneration.copies import copied, regenerate

SECOND_TAG = """  /v1/organizations/{organization_id}/members:
    get:
      operationId: list_organization_members
      tags: [organizations]
      summary: List members
      description: Who belongs to an organization.
      security:
        - ApiKey: []
        - BearerToken: []
      parameters:
        - name: organization_id
          in: path
          required: true
          description: The organization, by its identifier.
          schema: { type: string, minLength: 1 }
          example: org_1
        - $ref: "#/components/parameters/AnthropicVersion"
        - $ref: "#/components/parameters/AnthropicBetas"
        - name: query
          in: query
          description: Words of the name.
          schema: { type: string }
          example: ada
      responses:
        "200":
          description: The members.
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Member" } }
              example: [{ name: Ada }]
"""
MEMBER = """    Member:
      description: One member.
      type: object
      required: [name]
      properties:
        name: { type: string, description: The member's name. }
"""


class Copy(NamedTuple):
    """The copy, and each recipe with what regeneration said when it had been followed."""

    folder: Path
    followed: list[tuple[Recipe, list[str]]]


def _edit(folder: Path, edits: list[tuple[list[str], str]], edited: Callable[..., str] = added) -> bool:
    fragment = folder / "openapi" / "models.yaml"
    text = before = fragment.read_text(encoding="utf-8")
    for keys, addition in edits:
        text = edited(text, keys, addition)
    fragment.write_text(text, encoding="utf-8")
    return text != before


def _make(folder: Path, target: str) -> list[str]:
    """What `make` prints, with the Python of these tests, whose environment is set up already."""
    command = ["make", "--old-file=.venv/.ready", f"RUN={sys.executable}", target]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The copy after all recipes, and after an operation of another tag."""
    more = "Makefile", "scripts/codegen", "scripts/regenerate.py"
    folder = copied(tmp_path_factory.mktemp("recipes") / "copy", *more)
    if _edit(folder, [edit for recipe in recipes() for edit in recipe.edits], without):
        assert regenerate(folder)[0] == 0
    followed: list[tuple[Recipe, list[str]]] = []
    for recipe in recipes():
        _edit(folder, recipe.edits)
        assert recipe.commands == ["make regenerate\n"]
        # Once as it is typed; then in this process, which knows the templates by now.
        followed.append((recipe, regenerate(folder)[1] if followed else _make(folder, "regenerate")))
    _edit(folder, [(["paths"], SECOND_TAG), (["components", "schemas"], MEMBER)])
    _edit(folder, [(["tags"], "  - name: organizations\n    description: Who uses the API.\n")])
    assert regenerate(folder)[0] == 0
    return Copy(folder, followed)
