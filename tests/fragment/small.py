"""A small fragment, and functions that insert text into it and return the errors."""

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


def inserted(place: str, text: str) -> tuple[str, int]:
    """The fragment with a text inserted at a place, and the line that `<here>` marks in it, else its first line."""
    before, after = SMALL.split(f"# {place}\n")
    indent = before.rpartition("\n")[2]
    whole = before + f"\n{indent}".join(text.split("\n")) + "\n" + after
    line = (whole[: whole.index(HERE)] if HERE in text else before).count("\n") + 1
    return whole.replace(HERE, ""), line


def lint_errors(folder: Path, source: str) -> list[str]:
    """The lines of the lint's error; none if the fragment passes."""
    path = folder / "it.yaml"
    path.write_text(source, encoding="utf-8")
    try:
        lint.check(document.load(path, "it.yaml"))
    except CannotRunError as error:
        return list(error.lines)
    return []


def refused(call: Callable[..., Any], *arguments: Any) -> list[str]:
    """The lines of the CannotRunError that a call must raise."""
    with pytest.raises(CannotRunError) as caught:
        call(*arguments)
    return list(caught.value.lines)
