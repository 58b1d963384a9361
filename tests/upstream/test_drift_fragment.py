"""What regeneration takes in the fragment, drift can read; what cannot be compared is named, and hides nothing else."""

from pathlib import Path

import pytest
from cases import each

SAME = {
    "a list or null": ('type: [array, "null"], items: { type: string }', "Optional[List[str]] = None"),
    "a map or null": (
        'type: [object, "null"], additionalProperties: { type: integer }',
        "Optional[Dict[str, int]] = None",
    ),
    "a map of anything": ("type: object, additionalProperties: true", "Dict[str, object]"),
    "another name for a type": ('allOf: [{ $ref: "#/components/schemas/Part" }]', "Part"),
    "parts that make one object": (
        'allOf: [{ $ref: "#/components/schemas/Part" }, { type: object, properties: { note: { type: string } } }]',
        "NotedPart",
    ),
    "bounds of a number": ("type: integer, exclusiveMinimum: 0, multipleOf: 8, maximum: 64", "int"),
    "known numbers": ("type: integer, enum: [1, 2]", "Literal[1, 2]"),
    "a known number": ("const: 3", "Literal[3]"),
    "a switch that is always on": ("const: true", "Literal[True]"),
    "known values or null": ('type: [string, "null"], enum: [a, b, null]', 'Optional[Literal["a", "b"]] = None'),
    "keys of others": ("type: string, x-shown: true, x-order: [1]", "str"),
    "a text or a number": ("type: [string, integer]", "Union[str, int]"),
    "alternatives": ("oneOf: [{ type: string }, { type: integer }]", "Union[int, str]"),
}
NOT_COMPARED = {
    "patterns of names": (
        'type: object, patternProperties: { "^a": { type: string } }',
        "the schema keyword patternProperties",
    ),
    "a negation": ("not: { type: string }", "the schema keyword not"),
    "places of a list": ("type: array, prefixItems: [{ type: string }]", "the schema keyword prefixItems"),
    "a reference to nothing": ('$ref: "#/components/schemas/Nothing"', "$ref to nothing"),
    "a reference that leads round": ('$ref: "#/components/schemas/Round"', "a $ref that leads round"),
    "parts of two kinds": ("allOf: [{ type: string }, { type: object, properties: {} }]", "allOf of what"),
}
SCHEMAS = """  schemas:
    Part: { type: object, properties: { label: { type: string } } }
    Round: { $ref: "#/components/schemas/Round" }
"""
PARTS = """
class Part(BaseModel):
    label: str
class NotedPart(BaseModel):
    label: str
    note: str
"""


@pytest.fixture
def field(sdk: Path, fragment: Path):
    """Give both sides a field: its schema in the fragment, its annotation in the SDK; gives the schema's line."""
    before = fragment.read_text("utf-8").replace("  schemas:\n", SCHEMAS)
    info = sdk / "anthropic" / "types" / "model_info.py"
    text = info.read_text("utf-8")

    def put(schema: str, annotation: str) -> int:
        after = before.replace("        display_name:\n", f"        extra: {{ {schema} }}\n        display_name:\n")
        fragment.write_text(after, "utf-8")
        info.write_text(f"{PARTS}{text}    extra: {annotation}\n", "utf-8")
        return after.splitlines().index(f"        extra: {{ {schema} }}") + 1

    return put


@each("case", SAME)
def test_schema_that_says_what_the_sdk_says_is_no_difference(case, field, sdk: Path, told):
    """A schema and the annotation that means the same are told to be the same."""
    field(*SAME[case])

    assert told("--sdk-path", sdk) == []


@each("case", SAME)
def test_schema_that_says_something_else_is_a_difference(case, field, sdk: Path, told):
    """The same schema is told to differ from another annotation, as the field that it is."""
    field(SAME[case][0], "Dict[str, List[datetime]]")

    assert {row[:2] for row in told("--sdk-path", sdk)} == {("field", "ModelInfo.extra")}


@each("case", NOT_COMPARED)
def test_schema_that_cannot_be_compared_is_named_with_its_line(case, field, sdk: Path, fragment: Path, run, told):
    """Exit code 2; the line is the fragment's own, and the other fields are compared all the same."""
    schema, message = NOT_COMPARED[case]
    line = field(schema, "str\n    more: int")
    rows = told("--sdk-path", sdk)

    assert sorted(row[:3] for row in rows) == [
        ("field", "ModelInfo.extra", "not compared"),
        ("field", "ModelInfo.more", "added"),
    ]
    text = next(row[3] for row in rows if row[2] == "not compared")
    place, _, what = text.partition(": not understood: ")
    named = {
        f"{fragment}:{line}",
        f"{fragment}:{fragment.read_text('utf-8').splitlines().index(SCHEMAS.splitlines()[2]) + 1}",
    }
    assert (place in named, what.startswith(message)) == (True, True), text
    assert run("--sdk-path", sdk)[0] == 2


def test_sync_leaves_what_cannot_be_compared_for_a_person(field, sdk: Path, fragment: Path, run):
    """A sync writes the fields that are understood, and lists the one that is not with the fragment's own line."""
    field("not: { type: string }", "str\n    more: int")
    code, output, _ = run("--write", "--sdk-path", sdk)
    lines = fragment.read_text("utf-8").splitlines()
    line = lines.index("        extra: { not: { type: string } }") + 1

    assert (code, "        more:" in lines) == (0, True)
    assert f"{fragment}:{line}: not understood: the schema keyword not" in output
