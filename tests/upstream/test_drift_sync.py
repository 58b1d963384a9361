"""Moving the fragment along: only what is additive, in the fragment's own style, whole or not at all."""

import difflib
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).with_name("data")
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


@pytest.fixture
def grown_sdk(sdk: Path) -> Path:
    """The small SDK, with more fields, one more beta value and one more parameter."""
    (sdk / "anthropic" / "types" / "model_info.py").write_text(GROWN, "utf-8")
    known = sdk / "anthropic" / "types" / "known.py"
    known.write_text(known.read_text("utf-8").replace("'pdfs", "'new-2026-01-01', 'pdfs"), "utf-8")
    resource = sdk / "anthropic" / "resources" / "models.py"
    text = resource.read_text("utf-8").replace(
        "        timeout: ", "        tier: str | Omit = omit,\n        timeout: "
    )
    resource.write_text(text.replace('",".join(betas)', '",".join(betas), "x-tier": tier'), "utf-8")
    return sdk


def test_what_is_written_is_what_a_person_would_have_edited(grown_sdk: Path, fragment: Path, run):
    """The difference is only the lines that had to change: in place, in order, in style, with every comment kept."""
    before = fragment.read_text("utf-8")
    code, _, _ = run("--write", "--sdk-path", grown_sdk)
    after = fragment.read_text("utf-8")
    diff = "\n".join(difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", "", "", 1, ""))

    assert (diff + "\n", code) == ((DATA / "grown.diff").read_text("utf-8"), 0)


def test_writing_twice_changes_nothing_the_second_time(newer_sdk: Path, fragment: Path, run):
    """After a sync there is nothing left to write."""
    run("--write", "--sdk-path", newer_sdk)
    once = fragment.read_bytes()
    code, output, _ = run("--write", "--sdk-path", newer_sdk)

    assert (fragment.read_bytes(), code) == (once, 0)
    assert ": 0 differences from anthropic 2.12.0" in output


def test_what_is_not_additive_is_listed_and_not_written(newer_sdk: Path, fragment: Path, run, told):
    """A parameter that is gone, a default that has changed, another form of the method: all are left for a person."""
    written = run("--write", "--sdk-path", newer_sdk)[1]
    lines = fragment.read_text("utf-8").splitlines()

    assert [one[:3] for one in told("--sdk-path", newer_sdk)] == [
        ("field", "ModelCapabilities.compaction", "added"),
        ("field", "ModelInfo.allowed_fallback_models", "added"),
        ("credential", "x-api-key", "gone"),
        ("parameter", "anthropic-version", "changed"),
        ("parameter", "anthropic-beta", "gone"),
    ]
    for component in ("AnthropicVersion", "AnthropicBetas"):
        assert f"{fragment}:{lines.index(f'    {component}:') + 1} " in written


def test_no_line_of_the_fragment_is_lost(newer_sdk: Path, fragment: Path, run):
    """Every line that was there is there after a sync: what is new is only added."""
    before = fragment.read_text("utf-8").splitlines()
    run("--write", "--sdk-path", newer_sdk)
    after = fragment.read_text("utf-8").splitlines()

    lost = [line[2:] for line in difflib.ndiff(before, after) if line.startswith("- ")]
    assert lost == []


def test_known_values_of_an_answer_become_an_open_set(newer_sdk: Path, fragment: Path, run):
    """A closed set of the SDK becomes any string or one of the known values, which are a schema of their own."""
    run("--write", "--sdk-path", newer_sdk)
    schemas = yaml.safe_load(fragment.read_text("utf-8"))["components"]["schemas"]

    assert schemas["ModelInfo"]["properties"]["lifecycle"] == {
        "anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/ModelInfoLifecycle"}, {"type": "null"}]
    }
    assert schemas["ModelInfoLifecycle"] == {"type": "string", "enum": ["active", "deprecated", "retired"]}


def test_name_that_is_taken_is_left_for_a_person(grown_sdk: Path, fragment: Path, run, told):
    """A new type whose name means something else in the fragment is not written; the rest is."""
    text = fragment.read_text("utf-8").replace("    Unrelated:", "    Limits:")
    fragment.write_text(text, "utf-8")
    run("--write", "--sdk-path", grown_sdk)

    assert ("field", "ModelInfo.limits", "added", "", "Limits") in told("--sdk-path", grown_sdk)
    assert "        until:\n" in fragment.read_text("utf-8")


def test_new_field_of_a_known_type_is_one_difference(grown_sdk: Path, fragment: Path, run, told):
    """The fields of a type that is in the fragment already are not told again where a new field is of that type."""
    run("--write", "--sdk-path", grown_sdk)
    info = grown_sdk / "anthropic" / "types" / "model_info.py"
    info.write_text(f"{info.read_text('utf-8')}    more: Optional[Limits] = None\n", "utf-8")
    rows = told("--sdk-path", grown_sdk)
    run("--write", "--sdk-path", grown_sdk)

    assert rows == [("field", "ModelInfo.more", "added", "", "Limits or null")]
    assert (run("--sdk-path", grown_sdk)[0], fragment.read_text("utf-8").count("    Limits:\n")) == (0, 1)


def test_parameter_of_two_operations_is_written_once_and_named_by_both(grown_sdk: Path, fragment: Path, run):
    """A parameter that two operations have gained is one component, and each of them refers to it."""
    resource = grown_sdk / "anthropic" / "resources" / "models.py"
    text = resource.read_text("utf-8")
    method = text[text.index("    def retrieve") : text.index("class AsyncModels")]
    more = method.replace("def retrieve", "def more").replace("/v1/models/{model_id}", "/v1/models/{model_id}/more")
    resource.write_text(text.replace("class AsyncModels", f"{more}class AsyncModels"), "utf-8")
    text = fragment.read_text("utf-8")
    path = text[text.index("  /v1/models/{model_id}:") : text.index("components:")]
    more = path.replace("{model_id}:", "{model_id}/more:").replace("retrieve_model", "retrieve_more")
    fragment.write_text(text.replace("components:\n", f"{more}components:\n", 1), "utf-8")
    run("--write", "--sdk-path", grown_sdk)
    text = fragment.read_text("utf-8")

    assert (text.count("    XTier:\n"), text.count("#/components/parameters/XTier")) == (1, 2)
    assert run("--sdk-path", grown_sdk)[0] == 0


def test_parameter_that_is_required_is_left_for_a_person(grown_sdk: Path, fragment: Path, run):
    """A new parameter that callers would have to give breaks them, so it is not written."""
    resource = grown_sdk / "anthropic" / "resources" / "models.py"
    resource.write_text(resource.read_text("utf-8").replace("tier: str | Omit = omit", "tier: str"), "utf-8")
    output = run("--write", "--sdk-path", grown_sdk)[1]

    assert "x-tier" not in fragment.read_text("utf-8")
    assert "required header, string" in output


def test_what_does_not_read_back_as_meant_is_not_written(grown_sdk: Path, fragment: Path, run, monkeypatch):
    """The new text is compared with upstream before it takes the fragment's place."""
    before = fragment.read_bytes()
    monkeypatch.setattr("drift.write.schema", lambda *_: {"type": "array", "items": {"type": "integer"}})
    code, output, error = run("--write", "--sdk-path", grown_sdk)

    assert (code, output, fragment.read_bytes()) == (2, "", before)
    assert "does not read back as it was meant" in error


def test_page_can_be_written_too(page: Path, fragment: Path, run):
    """A field that the page has more is written as one of the SDK is."""
    text = page.read_text("utf-8").replace("  - `type: L", "  - `max_tokens: Optional[int]`\n\n  - `type: L")
    page.write_text(text, "utf-8")
    run("--write", "--page", page)

    assert '        max_tokens:\n          type: [integer, "null"]\n' in fragment.read_text("utf-8")
    assert run("--page", page)[0] == 0


@pytest.mark.parametrize("step", ["os.fsync", "shutil.copymode", "pathlib.Path.replace"])
def test_kill_leaves_the_fragment_as_it_was(step, grown_sdk: Path, fragment: Path):
    """A process that is killed before the last step of writing has not touched the fragment."""
    before = fragment.read_bytes()
    module, _, name = step.rpartition(".")
    program = (
        f"import os, pathlib, shutil, signal, sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); import upstream\n"
        f"{module}.{name} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "upstream.main(sys.argv[1:])"
    )
    arguments = ["--fragment", fragment, "--write", "--sdk-path", grown_sdk]
    done = subprocess.run([sys.executable, "-c", program, *map(str, arguments)], capture_output=True, timeout=50)

    assert (done.returncode, fragment.read_bytes()) == (-signal.SIGKILL, before)


def test_error_leaves_nothing_behind(grown_sdk: Path, fragment: Path, run, monkeypatch):
    """A write that fails is exit code 2; the fragment is as it was and nothing lies beside it."""
    before, files = fragment.read_bytes(), sorted(fragment.parent.iterdir())
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("no space left")))
    code, output, error = run("--write", "--sdk-path", grown_sdk)

    assert (code, output, "no space left" in error) == (2, "", True)
    assert (fragment.read_bytes(), sorted(fragment.parent.iterdir())) == (before, files)
