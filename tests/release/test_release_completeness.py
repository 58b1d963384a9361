"""What the fragment may not lack when it is released."""

from pathlib import Path

import pytest
from codegen.document import load
from releasing.completeness import missing

FRAGMENT = """\
openapi: 3.1.0
info: { title: Books, version: "1" }
paths:
  /books/{id}:
    get:
      operationId: get_book
      description: Finds a book.
      parameters:
        - { name: id, in: path, required: true, description: Which., schema: { type: string }, example: b1 }
      responses:
        "200":
          description: The book.
          headers:
            shelf: { description: Where it stands., schema: { type: integer }, example: 4 }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Book" }
              examples:
                long: { value: { id: b1, parts: [{ pages: 3 }], author: null } }
                other: { value: { id: b2, parts: [], author: { name: Ann } } }
components:
  schemas:
    Book:
      description: A book.
      type: object
      properties:
        id: { type: string, description: Identifies it. }
        parts:
          type: array
          description: In their order.
          items: { $ref: "#/components/schemas/Part" }
        author:
          description: Who wrote it.
          anyOf: [{ $ref: "#/components/schemas/Author" }, { type: "null" }]
    Part:
      description: A part.
      type: object
      properties:
        pages: { type: integer, description: How many. }
    Author:
      description: An author.
      type: object
      properties:
        name: { type: string, description: In full. }
"""


def problems(folder: Path, text: str) -> list[str]:
    """What is missing, as a person reads it."""
    (folder / "books.yaml").write_text(text, "utf-8")
    return [str(problem) for problem in missing(load(folder / "books.yaml", "books.yaml"))]


def test_a_whole_fragment_lacks_nothing(tmp_path: Path) -> None:
    """A reference needs no description of its own; a field may be in any one of the examples."""
    assert problems(tmp_path, FRAGMENT) == []


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("      description: Finds a book.\n", 5, "get"),
        (" description: Which.,", 9, "0"),
        ("          description: The book.\n", 11, "200"),
        (" description: Where it stands.,", 14, "shelf"),
        ("      description: A part.\n", 35, "Part"),
        (", description: How many.", 39, "pages"),
        ("          description: Who wrote it.\n", 32, "author"),
    ],
)
def test_each_thing_needs_a_description(text: str, line: int, name: str, tmp_path: Path) -> None:
    """Operations, parameters, answers, headers, schemas and fields, each with its line."""
    said = [f"books.yaml:{line}: `{name}` has no description: write one in words of your own"]

    assert problems(tmp_path, FRAGMENT.replace(text, "")) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (", example: b1", "", "9: `0` has no example: add one"),
        (", example: 4", "", "14: `shelf` has no example: add one"),
        ("{ pages: 3 }", "", "39: no example shows `pages`: add it to one"),
        ("author: { name: Ann }", "author: null", "44: no example shows `name`: add it to one"),
        (", author: null", "", None),
    ],
)
def test_each_thing_needs_an_example(old: str, new: str, said: str | None, tmp_path: Path) -> None:
    """Parameters and headers have their own; of the fields of an answer each is in one of its examples."""
    assert problems(tmp_path, FRAGMENT.replace(old, new)) == ([f"books.yaml:{said}"] if said else [])


def test_an_answer_without_an_example_is_one_gap(tmp_path: Path) -> None:
    """Its fields are not listed one by one."""
    head, _, tail = FRAGMENT.partition("              examples:\n")
    text = head + tail[tail.index("components:") :]

    assert problems(tmp_path, text) == ["books.yaml:16: `application/json` has no example: add one"]
