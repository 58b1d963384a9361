"""A difference with a decision is reported but does not fail, until upstream moves again."""

from pathlib import Path

import pytest
import upstream
import yaml
from cases import each

ROOT = Path(__file__).resolve().parents[2]
INFO, CLIENT = "types/model_info.py", "_client.py"
DECIDED = """# Kept by hand.
release: # the one last compared
  version: "1.0"
  sha256: "00"
decided:
  - what: parameter
    name: anthropic-version
    change: changed
    upstream: default 2024-01-01
    reason: The page of record has the older one.
"""
MOVED = (CLIENT, "2023-06-01", "2024-01-01")


@pytest.fixture
def decided(fragment):
    """The file beside the fragment, with one decision."""
    file = Path(fragment.parent, "upstream.yaml")
    file.write_text(DECIDED, "utf-8")
    return file


def test_only_undecided_differences_are_exit_1(sdk, decided, run, report):
    """A decided difference is listed with its reason; if upstream's value has changed since, it is undecided."""
    code, output, _ = run("--sdk-path", sdk(MOVED))
    assert (code, "except for the decisions" in output) == (0, True)
    assert "The page of record has the older one." in output
    assert run("--sdk-path", sdk((CLIENT, "2023-06-01", "2025-01-01")))[0] == 1
    path = sdk(MOVED, (INFO, "    id: str", "    id: int"))
    found = report("--sdk-path", path)

    assert run("--sdk-path", path)[0] == 1
    assert (found["moved"], found["decided"], found["undecided"], found["written"]) == (True, 1, 1, 0)
    states = {one["name"]: one["state"] for one in found["differences"]}
    assert states == {"anthropic-version": "decided", "ModelInfo.id": "undecided"}


def test_decided_field_is_not_written(sdk, decided, fragment, run):
    """A sync skips a decided field and writes the one beside it; a folder is not recorded as a release."""
    entry = "  - what: field\n    name: ModelInfo.tier\n    change: added\n    reason: Not ours.\n"
    decided.write_text(DECIDED + entry, "utf-8")
    code = run("--write", "--sdk-path", sdk((INFO, "    id: str", "    tier: str\n    size: int\n    id: str")))[0]
    text = fragment.read_text("utf-8")

    assert (code, "tier" in text, "        size:\n" in text) == (0, False, True)
    assert decided.read_text("utf-8") == DECIDED + entry


REASON = "reason: The page of record has the older one."


@each(
    ("old", "new", "message"),
    [
        ("    change: changed", "    chagne: changed", ":6: "),
        (f"    {REASON}\n", "", ":6: 'reason' is a required property"),
        (REASON, 'reason: ""', ":10: '' should be non-empty"),
        ("decided:", "descided:", ":2: "),
        ("  - what", "    what", ":5: "),
        ("decided:", "decided: [", "is not YAML"),
        (REASON, "reason: 2024-01-01", ":10: `2024-01-01` means different things"),
    ],
)
def test_invalid_decisions_are_exit_2(old, new, message, sdk, decided, refused):
    """A mistake in the decisions is reported with its line."""
    assert old in DECIDED
    decided.write_text(DECIDED.replace(old, new), "utf-8")
    error = refused("--sdk-path", sdk())

    assert str(decided) in error and message in error


def test_release_with_another_hash_is_exit_2(wheel, decided, refused):
    """A release whose wheel was replaced since it was compared is refused, with the line of the recorded hash."""
    assert f"{decided}:4: anthropic 1.0 now has the sha256" in refused("--sdk-path", wheel("1.0"))


@each("before", [DECIDED, ""])
def test_sync_records_the_release_and_its_hash(before, wheel, fragment, run, report):
    """A sync prints and records the release and its hash; a second sync writes nothing."""
    decided = fragment.with_name("upstream.yaml")
    if before:
        decided.write_text(before, "utf-8")
    release = wheel("2.12.0", MOVED, (INFO, "    id: str", "    tier: str\n    size: int\n    id: str"))
    output = run("--write", "--sdk-path", release)[1]
    once, text = decided.read_text("utf-8"), fragment.read_text("utf-8")
    again = report("--write", "--sdk-path", release)
    version, sha256 = again["release"]["version"], again["release"]["sha256"]

    assert (again["release"]["name"], version, len(sha256)) == ("anthropic", "2.12.0", 64)
    assert f"2 differences from anthropic {version} (sha256 {sha256}) written" in output
    if before:
        assert once == DECIDED.replace('"1.0"', version).replace('"00"', sha256)
    else:
        assert once.startswith(f"release:\n  version: {version}\n  sha256: {sha256}\n")
    assert (again["files"], again["written"], again["moved"]) == ([], 0, not before)
    assert (decided.read_text("utf-8"), fragment.read_text("utf-8")) == (once, text)


def test_fragment_matches_the_recorded_release(capsys):
    """Each difference of this repository's fragment from the release in openapi/upstream.yaml has a decision there."""
    release = yaml.safe_load((ROOT / "openapi" / "upstream.yaml").read_text("utf-8"))["release"]
    code = upstream.main(["--sdk", release["version"]])
    output, error = capsys.readouterr()

    if (code, error) != (0, ""):
        pytest.fail(output + error, pytrace=False)
    assert release["sha256"] in output
