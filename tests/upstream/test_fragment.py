"""Drift can read every fragment that regeneration accepts; it reports what it cannot compare, and compares the rest."""

import re

import pytest

INFO = "types/model_info.py"
PART, OBJECT = '{ $ref: "#/components/schemas/Part" }', "{ type: object, properties: { note: { type: string } } }"
SAME = [
    ('type: [array, "null"], items: { type: string }', "Optional[List[str]] = None"),
    ('type: [object, "null"], additionalProperties: { type: integer }', "Optional[Dict[str, int]] = None"),
    ("type: object, additionalProperties: true", "Dict[str, object]"),
    (f"allOf: [{PART}]", "Part"),
    (f"allOf: [{PART}, {OBJECT}]", "NotedPart"),
    ("type: integer, exclusiveMinimum: 0, multipleOf: 8, maximum: 64", "int"),
    ("type: integer, enum: [1, 2]", "Literal[1, 2]"),
    ("const: 3", "Literal[3]"),
    ("const: true", "Literal[True]"),
    ('type: [string, "null"], enum: [a, b, null]', 'Optional[Literal["a", "b"]] = None'),
    ("type: string, x-shown: true, x-order: [1]", "str"),
    ("type: [string, integer]", "Union[str, int]"),
    ("type: string", "Annotated[str, PropertyInfo(format='x')]"),
    ('type: [string, "null"]', '"str | None"'),
    ("anyOf: [{ const: a }, { type: 'null' }]", 'Literal["a", None]'),
    ("type: object, properties: { data: { type: array, items: { type: string } } }", "Page[str]"),
    ('type: [string, integer, "null"]', "Union[Optional[str], int]"),
    ("oneOf: [{ type: string }, { type: integer }]", "Union[int, str]"),
]
SCHEMAS = """  schemas:
    Part: { type: object, properties: { label: { type: string } } }
"""
PARTS = """class Part(BaseModel):
    label: str
class NotedPart(Part):
    note: str
class Page(BaseModel, Generic[T]):
    data: List[T]
    def next(self): ...
"""


@pytest.fixture
def field(sdk, fragment):
    """Add fields to both sides, as schemas and as annotations; returns the line of the first one in the fragment."""
    before = fragment.read_text("utf-8").replace("  schemas:\n", SCHEMAS)

    def put(*pairs):
        lines = "".join(f"        extra_{number}: {{ {schema} }}\n" for number, (schema, _) in enumerate(pairs))
        after = before.replace("        display_name:\n", f"{lines}        display_name:\n")
        fragment.write_text(after, "utf-8")
        fields = "".join(f"    extra_{number}: {annotation}\n" for number, (_, annotation) in enumerate(pairs))
        sdk((INFO, "\nclass", f"{PARTS}\nclass"), (INFO, '["model"]\n', f'["model"]\n{fields}'))
        return after[: after.index(lines)].count("\n") + 1

    return put


def test_schema_equals_an_annotation_with_the_same_meaning(field, tmp_path, differences):
    """A schema equals the annotation that means the same; with another annotation, its field is a difference."""
    field(*SAME)
    assert differences("--sdk-path", tmp_path / "sdk") == []
    field(*((schema, "Dict[str, List[datetime]]") for schema, _ in SAME))
    rows = {row[1] for row in differences("--sdk-path", tmp_path / "sdk") if row[0] == "field"}
    assert rows == {f"ModelInfo.extra_{number}" for number in range(len(SAME))}


def test_schema_that_cannot_be_compared_is_reported_with_its_line(field, tmp_path, fragment, run, differences):
    """Exit code 2, with the line in the fragment; the other fields are still compared and written."""
    line, path = field(('$ref: "#/components/schemas/ModelInfo"', "str\n    more: int")), tmp_path / "sdk"
    extra, more = sorted(differences("--sdk-path", path))

    assert (run("--sdk-path", path)[0], extra[:3]) == (2, ("field", "ModelInfo.extra_0", "not compared"))
    assert more[:3] == ("field", "ModelInfo.more", "added")
    assert f"{fragment}:{line}: not understood: a recursive schema" in extra[3]
    code, output, _ = run("--write", "--sdk-path", path)
    assert (code, "        more:" in fragment.read_text("utf-8").splitlines(), extra[3] in output) == (0, True, True)


def test_fragment_that_regeneration_refuses_is_exit_2(field, tmp_path, fragment, refused):
    """The error has the line and the message of regeneration."""
    line = field(("not: { type: string }", "str"))

    assert f"{fragment}:{line}: `not` is not supported: " in refused("--sdk-path", tmp_path / "sdk")


def test_an_operation_without_json_cannot_be_compared(fragment, sdk, run):
    """Exit code 2, with its line."""
    bodiless = re.sub(
        r'"200"(?s:.*)\ncomponents', '"204": { description: None. }\ncomponents', fragment.read_text("utf-8")
    )
    fragment.write_text(bodiless, "utf-8")
    code, _, error = run("--sdk-path", sdk())

    assert (code, f"{fragment}:6: not understood: an operation without a response in JSON" in error) == (2, True), error
