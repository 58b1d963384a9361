"""A sync writes only what is additive, in the fragment's own style, and either all of it or nothing."""

import difflib
from pathlib import Path

import pytest
import yaml
from cases import each

DATA = Path(__file__).with_name("data")
INFO, KNOWN, RESOURCE = "types/model_info.py", "types/known.py", "resources/models.py"
GROWN = """
class Part(BaseModel):
    label: str
class Limits(BaseModel):
    parts: List[Part]
    stage: Optional[Literal["early", "late"]] = None
class ModelInfo(BaseModel):
    first: bool
    id: str
    created_at: datetime
    limits: Limits
    stage: Literal["on", "off"]
    display_name: str
    kind: Literal["one"]
    note: Optional[str]
    type: Literal["model"]
    until: Optional[datetime] = None
"""
TIER = (RESOURCE, "        timeout: ", "        tier: str | Omit = omit,\n        timeout: ")
CHANGES = [
    (INFO, "", GROWN),
    (KNOWN, "'pdfs", "'new-2026-01-01', 'pdfs"),
    TIER,
    (RESOURCE, '",".join(betas)', '",".join(betas), "x-tier": tier'),
]


@pytest.fixture
def grown(sdk):
    """The small SDK with more fields, one more known value and one more parameter, and with further changes."""
    return lambda *changes: sdk(*CHANGES, *changes)


def test_only_necessary_lines_are_changed(grown, fragment, run):
    """Additions have the right place, order and style; a parameter keeps the name that callers use."""
    before = fragment.read_text("utf-8")
    code, _, _ = run("--write", "--sdk-path", grown())
    after = fragment.read_text("utf-8")
    diff = "\n".join(difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", "", "", 1, ""))

    assert (diff + "\n", code) == ((DATA / "grown.diff").read_text("utf-8"), 0)


def test_lists_in_one_line_stay_in_one_line(sdk, fragment, run):
    """A mapping or a list in flow style (braces or brackets) is extended in flow style."""
    text = fragment.read_text("utf-8")
    betas = [line.strip(" -") for line in text.splitlines() if line.startswith("        - ") and "ref" not in line]
    start, end = text.index("      enum:\n"), text.index("    ModelInfo:\n")
    flow = f"{text[:start]}      enum: [{', '.join(betas)}]\n{text[end:]}"
    part = "        part: { type: object, properties: { a: { type: string } } }\n"
    fragment.write_text(flow.replace("      properties:\n", f"      properties:\n{part}"), "utf-8")
    part = "class Part(BaseModel):\n    a: str\n    b: str\n"
    path = sdk((INFO, "\nclass", f"{part}\nclass"), (INFO, "    id", "    part: Part\n    id"), CHANGES[1])

    assert run("--write", "--sdk-path", path)[0] == 0
    after = fragment.read_text("utf-8")
    assert f"{betas[-1]}, new-2026-01-01]\n" in after
    assert '{ a: { type: string }, b: { type: [string, "null"] } } }\n' in after


def test_what_is_not_additive_is_listed_and_not_written(newer_sdk, fragment, run, differences):
    """Removed and changed things are left for a person; no line is removed, and closed sets of values become open."""
    before = fragment.read_text("utf-8").splitlines()
    written = run("--write", "--sdk-path", newer_sdk)[1]
    text = fragment.read_text("utf-8")
    lines, schemas = text.splitlines(), yaml.safe_load(text)["components"]["schemas"]

    assert [one[:3] for one in differences("--sdk-path", newer_sdk)] == [
        ("field", "ModelCapabilities.compaction", "added"),
        ("field", "ModelInfo.allowed_fallback_models", "added"),
        ("credential", "x-api-key", "missing"),
        ("parameter", "anthropic-version", "changed"),
        ("parameter", "anthropic-beta", "missing"),
    ]
    for component in ("AnthropicVersion", "AnthropicBetas"):
        assert f"{fragment}:{lines.index(f'    {component}:') + 1} " in written
    assert [line for line in difflib.ndiff(before, lines) if line.startswith("- ")] == []
    assert schemas["ModelInfo"]["properties"]["lifecycle"] == {
        "anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/ModelInfoLifecycle"}, {"type": "null"}]
    }
    assert schemas["ModelInfoLifecycle"] == {"type": "string", "enum": ["active", "deprecated", "retired"]}


TAKEN = "the fragment has a different {} named {}"
X_TIER = "    XTier: { name: x, in: query, schema: { type: string } }"


@each(
    ("taken", "annotation", "name", "note"),
    [
        ("    Limits:", "str", "ModelInfo.limits", TAKEN.format("schema", "Limits")),
        ("    Part:", "str", "ModelInfo.limits", TAKEN.format("schema", "Part")),
        (X_TIER, "str", "x-tier", TAKEN.format("parameter", "XTier")),
        ("", "Literal[True, False]", "ModelInfo.more", "known values that are neither strings nor integers"),
        ("", "conint(gt=1)", "ModelInfo.more", "not understood"),
        ("", "Union[Part, Limits]", "ModelInfo.more", "a union of objects: what distinguishes them has to be required"),
    ],
)
def test_what_cannot_be_written_is_left_for_a_person(taken, annotation, name, note, grown, fragment, report):
    """A name that the fragment uses for something else and a type that it cannot have are not written; the rest is."""
    old, new = ("\n  parameters:\n", f"\n  parameters:\n{taken}\n") if "in:" in taken else ("    Unrelated:", taken)
    fragment.write_text(fragment.read_text("utf-8").replace(old, new or old), "utf-8")
    path = grown((INFO, "    until:", f"    more: {annotation}\n    until:"))
    notes = {one["name"]: one["note"] for one in report("--write", "--sdk-path", path)["differences"]}
    text = fragment.read_text("utf-8")

    assert (notes[name], notes["ModelInfo.until"], "        until:\n" in text) == (note, "", True)
    assert ("        more:" in text) == (annotation == "str")


def test_new_field_of_a_known_type_is_one_difference(grown, fragment, run, differences):
    """If the fragment already has the type of a new field, the fields of that type are not reported again."""
    run("--write", "--sdk-path", grown())
    path = grown((INFO, "    until:", "    more: Optional[Limits] = None\n    until:"))

    assert differences("--sdk-path", path) == [("field", "ModelInfo.more", "added", "", "Limits or null")]
    run("--write", "--sdk-path", path)
    assert (run("--sdk-path", path)[0], fragment.read_text("utf-8").count("    Limits:\n")) == (0, 1)


def test_parameter_of_two_operations_is_written_once(grown, tmp_path, fragment, run):
    """A parameter that two operations gain is one component, and each of them refers to it."""
    text = (grown() / "anthropic" / RESOURCE).read_text("utf-8")
    method = text[text.index("    def retrieve") : text.index("class AsyncModels")]
    more = method.replace("def retrieve", "def more").replace("/v1/models/{model_id}", "/v1/models/{model_id}/more")
    path = grown((RESOURCE, "", text.replace("class AsyncModels", f"{more}class AsyncModels")))
    text = fragment.read_text("utf-8")
    operation = text[text.index("  /v1/models/{model_id}:") : text.index("components:")]
    more = operation.replace("{model_id}:", "{model_id}/more:").replace("retrieve_model", "retrieve_more")
    fragment.write_text(text.replace("components:\n", f"{more}components:\n", 1), "utf-8")
    run("--write", "--sdk-path", path)
    text = fragment.read_text("utf-8")

    assert (text.count("    XTier:\n"), text.count("#/components/parameters/XTier")) == (1, 2)
    assert run("--sdk-path", path)[0] == 0


def test_required_parameter_is_left_for_a_person(grown, fragment, run):
    """A new required parameter would break callers, so it is not written."""
    output = run("--write", "--sdk-path", grown((RESOURCE, "tier: str | Omit = omit", "tier: str")))[1]

    assert ("x-tier" in fragment.read_text("utf-8"), "required header, string" in output) == (False, True)


def full(*_):
    """Raise the error of a full disk."""
    raise OSError("no space left")


@each(
    ("place", "instead", "message"),
    [
        ("drift.write.schema", lambda *_: {"type": "boolean"}, "does not mean what was intended"),
        ("shutil.copymode", full, "no space left"),
        ("pathlib.Path.replace", full, "no space left"),  # the last step: before it, the fragment is unchanged
    ],
)
def test_failed_write_changes_nothing(place, instead, message, grown, fragment, refused, monkeypatch):
    """If the result cannot be read back or written, the exit code is 2 and all files are as before."""
    path = grown()
    before, files = fragment.read_bytes(), sorted(fragment.parent.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(place, instead)
        assert message in refused("--write", "--sdk-path", path)

    assert (fragment.read_bytes(), sorted(fragment.parent.iterdir())) == (before, files)
