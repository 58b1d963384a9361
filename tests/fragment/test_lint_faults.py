"""The lint tells what is wrong with a fragment, each fault in one line with its place."""

from collections.abc import Callable
from pathlib import Path

from cases import each
from facts import API_VERSION

Complaints = Callable[..., list[str]]

FRAGMENT = Path(__file__).resolve().parents[2] / "openapi" / "models.yaml"
LINES = FRAGMENT.read_text(encoding="utf-8").splitlines()

# (what is wrong, text of the fragment, what stands there instead, the line that says so, the complaint)
FAULTS = [
    (
        "a misspelt keyword of a schema",
        "      required: [id, ",
        "      requried: [id, ",
        "`requried` is not a keyword of the Schema Object: did you mean `required`?",
    ),
    (
        "a misspelt format keyword",
        "          format: date-time",
        "          formt: date-time",
        "`formt` is not a keyword of the Schema Object: did you mean `format`?",
    ),
    (
        "a misspelt keyword of a parameter",
        "      style: simple",
        "      stile: simple",
        "`stile` is not a keyword of the Parameter Object: did you mean `style`?",
    ),
    (
        "a misspelt keyword of the document",
        "servers:",
        "sevrers:",
        "`sevrers` is not a keyword of the OpenAPI Object: did you mean `servers`?",
    ),
    (
        "a status that is none",
        '        "400": {',
        '        "40": {',
        "`40` is not a keyword of the Responses Object: expected `^[1-5](?:[0-9]{2}|XX)$`",
    ),
    ("an unknown type", "        type: array", "        type: aray", "`aray` is not a type: did you mean `array`?"),
    (
        "an unknown format",
        "          format: date-time",
        "          format: datetime",
        "`datetime` is not a known format: did you mean `date-time`?",
    ),
    (
        "a reference to nothing",
        '          $ref: "#/components/schemas/ErrorDetail"',
        '          $ref: "#/components/schemas/ErrorDetial"',
        "`#/components/schemas/ErrorDetial` leads to nothing in this file: "
        "did you mean `#/components/schemas/ErrorDetail`?",
    ),
    (
        "a reference to another file",
        '          $ref: "#/components/schemas/ErrorDetail"',
        '          $ref: "errors.yaml#/ErrorDetail"',
        "`errors.yaml#/ErrorDetail` leads to nothing in this file",
    ),
    (
        "a reference to a thing of another kind",
        '        "400": { $ref: "#/components/responses/BadRequest" }',
        '        "400": { $ref: "#/components/schemas/ErrorResponse" }',
        "`#/components/schemas/ErrorResponse` leads to something else than a response",
    ),
    (
        "a required entry without a property",
        "      required: [type, error]",
        "      required: [type, eror]",
        "required `eror` is no property: did you mean `error`?",
    ),
    (
        "an example of the wrong type",
        "                    display_name: Claude Sonnet 4",
        "                    display_name: 4",
        "does not fit the schema: 4 is not of type 'string'",
    ),
    (
        "an example that is no date-time",
        '                    created_at: "2025-02-19T00:00:00Z"',
        '                    created_at: "2025-02-19"',
        "does not fit the schema: '2025-02-19' is not a 'date-time'",
    ),
    (
        "an example of a header that does not fit",
        "      example: 49",
        "      example: many",
        "does not fit the schema: 'many' is not of type 'integer'",
    ),
    (
        "an example of a parameter that does not fit",
        "      example: [context-1m-2025-08-07, skills-2025-10-02]",
        "      example: context-1m-2025-08-07",
        "does not fit the schema: 'context-1m-2025-08-07' is not of type 'array'",
    ),
    (
        "a default that does not fit",
        f'        default: "{API_VERSION}"',
        "        default: 20230601",
        "does not fit the schema: 20230601 is not of type 'string'",
    ),
    (
        "a listed value of another type",
        "        - skills-2025-10-02",
        "        - 5",
        "does not fit the schema: 5 is not of type 'string'",
    ),
    (
        "a security scheme that is not declared",
        "        - ApiKey: []",
        "        - ApiKye: []",
        "`ApiKye` is no declared security scheme: did you mean `ApiKey`?",
    ),
    (
        "a missing title",
        "info:\n  title: Anthropic Models API",
        "info:\n  x-title: none",
        "not OpenAPI 3.1: 'title' is a required property",
    ),
    (
        "a value of the wrong kind",
        "      required: [type, error]",
        "      required: type",
        "not OpenAPI 3.1: must be array, is a string",
    ),
    ("another OpenAPI", "openapi: 3.1.0", "openapi: 3.0.3", "not OpenAPI 3.1: '3.0.3' does not match"),
    (
        "a style that is not written",
        "      style: simple",
        "      style: matrix",
        "not OpenAPI 3.1: 'simple' was expected",
    ),
    (
        "a duplicate key",
        "      tags: [models]",
        "      tags: [models]\n      tags: [more]",
        "`tags` is there twice, first on line ",
    ),
    (
        "a date without quotes",
        f'        default: "{API_VERSION}"',
        "        default: 2023-06-01",
        "`2023-06-01` means different things to different readers of YAML: put it in quotes",
    ),
    (
        "a number to some readers",
        "      summary: Retrieve a model",
        "      summary: 1e3",
        "`1e3` means different things to different readers of YAML: put it in quotes",
    ),
    (
        "a switch without quotes",
        "      summary: Retrieve a model",
        "      summary: on",
        "`on` means different things to different readers of YAML: put it in quotes",
    ),
    ("a status without quotes", '        "400": {', "        400: {", "a key is not a string: put it in quotes"),
    (
        "an alias",
        "    BadRequest:",
        "    More: *some\n    BadRequest:",
        "is not YAML: aliases are not supported, use `$ref`",
    ),
    ("a broken list", "      tags: [models]", "      tags: [models", "is not YAML: while parsing a flow"),
    ("a tab", "      tags: [models]", "\t tags: [models]", "is not YAML: while scanning for the next token"),
]


def line_of(text: str) -> int:
    """The line on which the text stands in the fragment."""
    return next(number for number, line in enumerate(LINES, 1) if line.startswith(text.split("\n")[0]))


@each(("fault", "old", "new", "said"), FAULTS)
def test_a_fault_is_told_with_its_line(complaints: Complaints, fault: str, old: str, new: str, said: str) -> None:
    """File, line, what is wrong and what was probably meant."""
    lines = complaints(old, new)
    shift = {"`tags` is there twice, first on line ": 1, "is not YAML: while parsing a flow": 1}.get(said, 0)

    assert any(line.startswith(f"models.yaml:{line_of(old) + shift}: {said}") for line in lines), lines
