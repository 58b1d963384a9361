"""The descriptions and examples that the fragment needs for a release."""

from cases import each
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
      parameters: [{ name: id, in: path, required: true, description: Which., schema: {}, example: b1 }]
      responses:
        "200":
          description: The book.
          headers: { shelf: { description: Where it stands., schema: {}, example: 4 } }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Book" }
              examples:
                one: { value: { parts: [{ pages: 3 }], author: null } }
                two: { value: { parts: [], author: { name: Ann } } }
components:
  schemas:
    Book:
      description: A book.
      properties:
        parts: { description: In order., items: { $ref: "#/components/schemas/Part" } }
        author: { description: Who., anyOf: [{ $ref: "#/components/schemas/Author" }, { type: "null" }] }
    Part: { description: A part., properties: { pages: { type: integer, description: How many. } } }
    Author:
      description: An author.
      properties:
        name: { type: string, description: In full. }
"""
NO_DESCRIPTION = "has no description: write one in words of your own"
MEDIA = '{ application/json: { schema: { $ref: "#/components/schemas/Book" }, example: { parts: [] } } }'
ANOTHER = f'"201": {{ description: Another., content: {MEDIA} }}'
EXAMPLES = FRAGMENT[FRAGMENT.index("              examples") : FRAGMENT.index("components:")]


@each(
    ("old", "new", "message"),
    [
        ("      description: Finds a book.\n", "", f"5: `get` {NO_DESCRIPTION}"),
        (" description: Which.,", "", f"8: `0` {NO_DESCRIPTION}"),
        ("          description: The book.\n", "", f"10: `200` {NO_DESCRIPTION}"),
        ("description: Where it stands.", 'description: " "', f"12: `shelf` {NO_DESCRIPTION}"),
        (" description: A part.,", "", f"26: `Part` {NO_DESCRIPTION}"),
        (", description: How many.", "", f"26: `pages` {NO_DESCRIPTION}"),
        (" description: Who.,", "", f"25: `author` {NO_DESCRIPTION}"),
        (", example: b1", "", "8: `0` has no example: add one"),
        (", example: 4", "", "12: `shelf` has no example: add one"),
        (EXAMPLES, "", "14: `application/json` has no example: add one"),
        ("{ pages: 3 }", "", "26: no example shows `pages`: add it to one"),
        ("author: { name: Ann }", "author: null", "30: no example shows `name`: add it to one"),
        ("", "", ""),  # the unchanged fragment is complete
        (", author: null", "", ""),  # a field has to be in only one example of any response
        ("components:", f"        {ANOTHER}\ncomponents:", ""),
    ],
)
def test_each_gap_is_reported_with_its_line(old, new, message, tmp_path):
    """Everything needs a description; parameters, headers and bodies need examples, which have to show every field."""
    books = tmp_path / "books.yaml"
    books.write_text(FRAGMENT.replace(old, new, 1), "utf-8")

    assert [str(problem) for problem in missing(load(books, "books.yaml"))] == [f"books.yaml:{message}"] * bool(message)
