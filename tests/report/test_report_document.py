"""Changes that no Python type shows are read from the OpenAPI document in the package."""

from cases import each

DOCUMENT = """
servers: [{ url: "https://host" }]
security: [{ Key: [] }, { Token: [], Key: [] }]
paths:
  /things/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: X-Names, in: query, schema: { maxLength: 1 } }
    get:
      operationId: Get-Thing
      parameters:
        - { $ref: "#/components/parameters/Names" }
      responses: { "200": { $ref: "#/components/responses/Good" }, 404: {} }
components:
  parameters:
    Names: { name: X-Names, in: query, schema: SCHEMA }
  responses:
    Good: { content: { application/json: { schema: { items: { anyOf: [{ $ref: "#/components/schemas/Word" }] } } } } }
  schemas:
    Word: { title: Thing, enum: [a, 1] }
  securitySchemes:
    Key: { type: apiKey, in: header, name: x-key }
    Token: { $ref: "#/components/securitySchemes/Http" }
    Http: { type: http, scheme: bearer }
    Open: { type: oauth2, flows: {} }
"""
NAMES = "id: str, *, x_names: str | Unset = UNSET"
WORD = '{ $ref: "#/components/schemas/Word" }'
GOOD = '{ $ref: "#/components/responses/Good" }'
MOVED = "query X-Names is now path x-names"
GET = "client.things.get"
ANY, ONES = "{}", "{ enum: [a, b] }"


def limit(keyword: str, text: str) -> tuple[str, str, str]:
    """A keyword, a schema that is limited by it (itself or its items), and how the report shows the limit."""
    inner = f"{{ type: string, {keyword.removeprefix('items.')}: {text} }}" if text != "any" else ANY
    return keyword, f"{{ items: {inner} }}" if keyword.startswith("items.") else inner, text


@each(
    ("tight", "loose"),
    [
        *((limit(word, "2"), limit(word, "1")) for word in ("minLength", "minimum", "exclusiveMinimum", "minItems")),
        *((limit(word, "1"), limit(word, "2")) for word in ("maxLength", "maximum", "exclusiveMaximum", "maxItems")),
        *((limit(word, "3"), limit(word, "any")) for word in ("minLength", "multipleOf", "pattern", "uniqueItems")),
        (limit("maximum", "3"), limit("maximum", "any")),
        (limit("items.maximum", "1"), limit("items.maximum", "2")),
        (("values", ONES, "a, b"), ("values", ANY, "any")),
        (("values", "{ const: a }", "a"), ("values", ONES, "a, b")),
        (
            ("values", f"{{ items: {WORD} }}", "1, a"),
            ("values", "{ items: { enum: [a, 1, b] } }", "1, a, b"),
        ),
        (("values", f"{{ oneOf: [{WORD}, {{ anyOf: [{ONES}] }}] }}", "1, a, b"), ("values", ANY, "any")),
    ],
)
def test_limits_of_a_parameter(tight, loose, small, compared):
    """A tighter limit is breaking and a looser one is not; a closed set of values is a limit too."""
    (keyword, _, less), (_, _, more) = tight, loose
    before, after = (small(params=NAMES, document=DOCUMENT.replace("SCHEMA", text)) for _, text, _ in (loose, tight))
    name = f"{GET}(x_names=): {keyword}"

    assert compared(before, after) == [f"breaking  {name}: {less}, was: {more}; the API rejects values that were valid"]
    assert compared(after, before) == [f"additive  {name}: {more}, was: {less}; existing values remain valid"]


@each(
    ("old", "new", "kinds"),
    [
        ("{ pattern: a }", "{ pattern: b }", ["breaking"]),
        ("{ multipleOf: 2 }", "{ multipleOf: 3 }", ["breaking"]),
        (ONES, "{ enum: [b, c] }", ["breaking"]),
        (f"{{ anyOf: [{WORD}, {{ type: string }}] }}", ANY, []),
        ("{ title: x, description: x, default: x }", ANY, []),
        ("{ enum: [] }", ANY, []),
    ],
)
def test_another_limit_breaks_and_a_description_does_not(old, new, kinds, small, compared):
    """A different limit breaks in both directions; a set of values that allows others is not a limit."""
    packages = [small(params=NAMES, document=DOCUMENT.replace("SCHEMA", text)) for text in (old, new)]

    for lines in (compared(*packages), compared(*reversed(packages))):
        assert [line.split("  ")[0] for line in lines] == kinds


def test_limits_that_the_type_shows_are_listed_once(small, compared):
    """Known values that are in the Python type are not listed again from the document."""
    old, new = (
        small(params=NAMES.replace("str |", f"list[Literal[{shown}]] |"), document=DOCUMENT.replace("SCHEMA", schema))
        for shown, schema in (("'a'", "{ enum: [a] }"), ("'a', 'b'", ONES))
    )

    assert [line.split("  ")[0] for line in compared(old, new)] == ["additive"]


@each(
    ("old", "new", "lines"),
    [
        ("true, schema: { type: string", "true, schema: { pattern: a", [f"breaking  {GET}(id): pattern: a, was: any"]),
        ("X-Names, in: query", "x-names, in: path", [f"breaking  {GET}(x_names=): {MOVED}"]),
        ("Key: [] }", "Open: [] }", [
            f"breaking  {GET}(): no longer accepts a credential of http bearer and a key in header `x-key`",
            f"breaking  {GET}(): no longer accepts a key in header `x-key`",
            f"additive  {GET}(): accepts a credential of http bearer and a credential of oauth2",
            f"additive  {GET}(): accepts a credential of oauth2",
        ]),
        ("{ Key: [] }, ", "{ Key: [] }, {}, ", [f"additive  {GET}(): accepts nothing"]),
        ("      responses", "      security: [{ Key: [] }, { Key: [], Http: [] }]\n      responses", []),
        ("https://host", "https://other", [
            "breaking  base URL: `https://host` is no longer a server of the API",
            "additive  base URL: `https://other` is now a server of the API",
        ]),
        ("404: {}", f"404: {GOOD}", [f"breaking  {GET}(): status 404 is parsed as Thing"]),
    ],
)  # fmt: skip
def test_changes_that_only_the_document_shows(old, new, lines, small, compared):
    """It shows limits of a path's parameters, locations, credentials, hosts and bodies of errors."""
    document = DOCUMENT.replace("SCHEMA", ANY)
    packages = [small(params=NAMES, document=text) for text in (document, document.replace(old, new))]

    assert [line.split("; ")[0] for line in compared(*packages)] == lines


def test_locations_and_credentials_are_not_compared_without_a_document(small, compared):
    """If one package lacks its document, locations and credentials are not reported as changed."""
    packages = [small(params=NAMES, document=DOCUMENT.replace("SCHEMA", ANY)) for _ in range(2)]
    del packages[0]["package/openapi.yaml"]

    for lines in (compared(*packages), compared(*reversed(packages))):
        assert [line for line in lines if "base URL" not in line and "status" not in line] == []
