"""A copy of the checkout in which every recipe has been followed, one after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from contributing import Recipe, added, recipes
from regeneration.copies import ROOT, copied

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


class Followed(NamedTuple):
    """A recipe that was followed, and what was said."""

    recipe: Recipe
    told: str


class Copy(NamedTuple):
    """The copy, and the recipes as they were followed in it."""

    folder: Path
    followed: list[Followed]


def _typed(command: str, folder: Path) -> str:
    """What a command prints: `make`, with the Python of these tests, whose environment is set up already."""
    name, *targets = command.split()
    arguments = [name, "--old-file=.venv/.ready", f"RUN={sys.executable}", *targets]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _edit(folder: Path, edits: list[tuple[list[str], str]]) -> None:
    fragment = folder / "openapi" / "models.yaml"
    text = fragment.read_text(encoding="utf-8")
    for keys, addition in edits:
        text = added(text, keys, addition)
    fragment.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The copy after all recipes, and after an operation of another tag."""
    folder = copied(tmp_path_factory.mktemp("recipes") / "copy")
    (folder / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    followed = []
    for recipe in recipes():
        _edit(folder, recipe.edits)
        followed.append(
            Followed(recipe, "".join(_typed(line, folder) for line in "".join(recipe.commands).splitlines()))
        )
    _edit(folder, [(["paths"], SECOND_TAG), (["components", "schemas"], MEMBER)])
    _edit(folder, [(["tags"], "  - name: organizations\n    description: Who uses the API.\n")])
    _typed("make regenerate", folder)
    return Copy(folder, followed)
