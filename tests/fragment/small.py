"""A small fragment of the tests' own, and ways to write something into it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import document, lint
from codegen.problems import CannotRunError

ROOT = Path(__file__).resolve().parents[2]
SMALL = """\
openapi: 3.1.0
info:
  title: Small
  version: "1"
  # info
# document
paths:
  # paths
  /things/{id}:
    # path item
    get:
      operationId: get_thing
      # operation
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        # parameters
      responses:
        "200":
          description: A thing.
          # response
          content:
            # content
            application/json:
              schema: {$ref: "#/components/schemas/Thing"}
              # media type
components:
  # components
  securitySchemes:
    Key: {type: apiKey, in: header, name: x-key}
    # schemes
  schemas:
    Thing:
      type: object
      # thing
      properties:
        name: {type: string}
        # fields
    # schemas
"""
HERE = "<here>"


def written(place: str, text: str) -> tuple[str, int]:
    """The fragment with this text at a place, and the line that it marks with `<here>`, else its first."""
    before, after = SMALL.split(f"# {place}\n")
    indent = before.rpartition("\n")[2]
    whole = before + f"\n{indent}".join(text.split("\n")) + "\n" + after
    line = (whole[: whole.index(HERE)] if HERE in text else before).count("\n") + 1
    return whole.replace(HERE, ""), line


def complaints(folder: Path, source: str) -> list[str]:
    """What the lint says, as lines."""
    path = folder / "it.yaml"
    path.write_text(source, encoding="utf-8")
    try:
        lint.check(document.load(path, "it.yaml"))
    except CannotRunError as error:
        return list(error.lines)
    return []


def refused(call: Callable[..., Any], *arguments: Any) -> list[str]:
    """The lines of the complaint that a call ends with."""
    with pytest.raises(CannotRunError) as caught:
        call(*arguments)
    return list(caught.value.lines)
