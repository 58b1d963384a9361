"""What callers notice though no type in Python shows it: it is read from the document in the package."""

from collections.abc import Callable

from cases import each

Small = Callable[..., dict[str, bytes | None]]
Compared = Callable[..., list[str]]

DOCUMENT = """
servers: [{{ url: "https://host" }}]
security: [{{ Key: [] }}]
paths:
  /things/{{id}}:
    parameters:
      - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
    get:
      operationId: get_thing
      parameters:
        - {{ name: X-Names, in: {place}, schema: {schema} }}
components:
  securitySchemes:
    Key: {{ type: apiKey, in: header, name: x-key }}
"""
NAMES = "id: str, *, client: Client, x_names: str | Unset = UNSET"


@each(
    ("old", "new", "kind", "what"),
    [
        ("{ type: string }", "{ type: string, minLength: 1 }", "breaking", "minLength: 1, was: any"),
        ("{ type: string, maxLength: 5 }", "{ type: string, maxLength: 9 }", "additive", "maxLength: 9, was: 5"),
        ("{ type: string, maxLength: 9 }", "{ type: string, maxLength: 5 }", "breaking", "maxLength: 5, was: 9"),
        ("{ type: string, minLength: 2 }", "{ type: string, minLength: 1 }", "additive", "minLength: 1, was: 2"),
        ("{ type: string, pattern: a }", "{ type: string, pattern: b }", "breaking", "pattern: b, was: a"),
        ("{ type: string, pattern: a }", "{ type: string }", "additive", "pattern: any, was: a"),
        ("{ exclusiveMinimum: 2 }", "{ exclusiveMinimum: 1 }", "additive", "exclusiveMinimum: 1, was: 2"),
        ("{ minimum: 1 }", "{ minimum: 2 }", "breaking", "minimum: 2, was: 1"),
        ("{ exclusiveMaximum: 2 }", "{ exclusiveMaximum: 1 }", "breaking", "exclusiveMaximum: 1, was: 2"),
        ("{ items: { maximum: 1 } }", "{ items: { maximum: 2 } }", "additive", "items.maximum: 2, was: 1"),
        ("{ minItems: 1 }", "{ minItems: 2 }", "breaking", "minItems: 2, was: 1"),
        ("{ maxItems: 2 }", "{ maxItems: 1 }", "breaking", "maxItems: 1, was: 2"),
        ("{}", "{ multipleOf: 2 }", "breaking", "multipleOf: 2, was: any"),
        ("{ uniqueItems: true }", "{}", "additive", "uniqueItems: any, was: True"),
        ("{ enum: [a] }", "{}", "additive", "values: any, was: known ones only"),
        ("{}", "{ enum: [a] }", "breaking", "values: known ones only, was: any"),
        ("{ items: { enum: [a] } }", "{ items: { enum: [a, b] } }", "additive", "values: also b"),
        ("{ items: { enum: [a, b] } }", "{ items: { enum: [b, c] } }", "breaking", "values: no longer a, also c"),
    ],
)
def test_limits_of_a_parameter(old: str, new: str, kind: str, what: str, small: Small, compared: Compared) -> None:
    """Tighter ones break; the types in Python do not show them, the document does."""
    packages = [small(arguments=NAMES, document=DOCUMENT.format(place="header", schema=text)) for text in (old, new)]

    assert [line.split("; ")[0] for line in compared(*packages)] == [f"{kind}  get_thing(x_names=): {what}"]


def test_limits_of_a_parameter_of_the_whole_path(small: Small, compared: Compared) -> None:
    """Parameters that all operations of a path share count for each of them."""
    old = DOCUMENT.format(place="query", schema="{}")
    new = old.replace("required: true, schema: { type: string }", "required: true, schema: { minLength: 1 }")

    assert compared(small(document=old), small(document=new)) == [
        "breaking  get_thing(id): minLength: 1, was: any; the API refuses values that were right"
    ]


def test_limits_that_the_type_shows_are_told_once(small: Small, compared: Compared) -> None:
    """A set of known values that callers see in Python is not told again from the document."""
    arguments = NAMES.replace("str | Unset", "Literal[{}] | Unset")
    old = small(arguments=arguments.format("'a'"), document=DOCUMENT.format(place="header", schema="{ enum: [a] }"))
    new = small(
        arguments=arguments.format("'a', 'b'"), document=DOCUMENT.format(place="header", schema="{ enum: [a, b] }")
    )

    assert len(compared(old, new)) == 1


def test_a_parameter_that_moves_in_the_request_breaks(small: Small, compared: Compared) -> None:
    """The call looks the same and sends something else."""
    old, new = (
        small(arguments=NAMES, document=DOCUMENT.format(place=place, schema="{}")) for place in ("header", "query")
    )

    assert compared(old, new) == [
        "breaking  get_thing(x_names=): header X-Names is now query X-Names; "
        "the same call is sent differently, which mocks and proxies notice"
    ]


def test_another_way_in_is_additive_and_one_less_breaks(small: Small, compared: Compared) -> None:
    """Security of the whole document counts for an operation that has none of its own."""
    old = DOCUMENT.format(place="query", schema="{}")
    new = old.replace("name: x-key", "name: x-token")

    assert compared(small(document=old), small(document=new)) == [
        "breaking  get_thing(): no longer takes a key in header `x-key`; calls with that credential are refused",
        "additive  get_thing(): takes a key in header `x-token`; credentials that were right still are",
    ]


def test_a_package_without_its_document_says_nothing_of_places_and_credentials(
    small: Small, compared: Compared
) -> None:
    """What is not known is not compared."""
    packages = [small(arguments=NAMES, document=DOCUMENT.format(place="header", schema="{}")) for _ in range(2)]
    del packages[0]["package/openapi.yaml"]

    assert [line for line in compared(*packages) if not line.startswith("additive  base URL")] == []
    assert [line for line in compared(*reversed(packages)) if not line.startswith("breaking  base URL")] == []
