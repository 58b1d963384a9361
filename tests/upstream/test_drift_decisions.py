"""What was decided to stay is told and is no reason to look again, until upstream moves once more."""

import json
from pathlib import Path

import pytest
from cases import each

INFO, CLIENT = "types/model_info.py", "_client.py"
DECIDED = """# Kept by hand.
release: # the one last looked at
  version: "1.0"
  sha256: "00"
decided:
  - what: parameter
    name: anthropic-version
    change: changed
    upstream: default 2024-01-01
    reason: The page of record has the older one.
"""


@pytest.fixture
def decided(fragment: Path) -> Path:
    """The file beside the fragment, with one decision."""
    file = fragment.with_name("upstream.yaml")
    file.write_text(DECIDED, "utf-8")
    return file


@pytest.fixture
def edit(sdk: Path):
    """Change one place of one file of the SDK; gives the folder."""

    def edit(name: str, old: str, new: str) -> Path:
        file = sdk / "anthropic" / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        return sdk

    return edit


def test_decided_difference_is_told_with_its_reason_and_exit_0(edit, decided: Path, run):
    """A difference that was decided to stay is no reason to look again."""
    code, output, _ = run("--sdk-path", edit(CLIENT, "2023-06-01", "2024-01-01"))

    assert (code, "but for what was decided" in output) == (0, True)
    assert "The page of record has the older one." in output


def test_decision_ends_when_upstream_moves_on(edit, decided: Path, run):
    """A decision is about what upstream said then; what it says now is undecided."""
    assert run("--sdk-path", edit(CLIENT, "2023-06-01", "2025-01-01"))[0] == 1


def test_undecided_difference_beside_a_decided_one_is_exit_1(edit, decided: Path, run):
    """Each is told as what it is."""
    edit(CLIENT, "2023-06-01", "2024-01-01")
    code, output, _ = run("--json", "--sdk-path", edit(INFO, "    id: str", "    id: int"))
    facts = json.loads(output)

    assert code == 1
    assert (facts["moved"], facts["decided"], facts["undecided"], facts["written"]) == (True, 1, 1, 0)
    assert {(one["name"], one["state"]) for one in facts["differences"]} == {
        ("anthropic-version", "decided"),
        ("ModelInfo.id", "undecided"),
    }


def test_what_was_decided_is_not_written(edit, decided: Path, fragment: Path, run):
    """A field that was decided to stay out stays out; a sync writes the one beside it."""
    entry = "  - what: field\n    name: ModelInfo.tier\n    change: added\n    reason: Not ours.\n"
    decided.write_text(DECIDED + entry, "utf-8")
    code, _, _ = run("--write", "--sdk-path", edit(INFO, "    id: str", "    tier: str\n    size: int\n    id: str"))
    text = fragment.read_text("utf-8")

    assert (code, "tier" in text, "        size:\n" in text) == (0, False, True)


WRONG = {
    "a key that is not known": ("    change: changed", "    chagne: changed", ":6: "),
    "no reason": ("    reason: The page of record has the older one.\n", "", ":6: 'reason' is a required property"),
    "a key at the top": ("decided:", "descided:", ":2: "),
    "no list": ("  - what", "    what", ":5: "),
    "not YAML": ("decided:", "decided: [", "is not YAML"),
    "a date": ("    reason: The", "    reason: 2024-01-01 #", ":10: `2024-01-01` means different things"),
}


@each("case", WRONG)
def test_file_that_is_wrong_is_exit_2(case, sdk: Path, decided: Path, run):
    """A mistake in the decisions is told with its line, and is no decision."""
    old, new, message = WRONG[case]
    assert old in DECIDED
    decided.write_text(DECIDED.replace(old, new), "utf-8")
    code, output, error = run("--sdk-path", sdk)

    assert (code, output, f"{decided}" in error, message in error) == (2, "", True, True), error


def test_sync_names_the_release_and_its_hash(newer_sdk: Path, fragment: Path, decided: Path, run):
    """What a sync prints and what it writes beside the fragment name the release; nothing else moves there."""
    code, output, error = run("--write", "--report", "json", "--sdk-path", newer_sdk)
    facts = json.loads(output)
    version, sha256 = facts["release"]["version"], facts["release"]["sha256"]
    expected = DECIDED.replace('"1.0"', version).replace('"00"', sha256)

    assert (code, facts["release"]["name"], version) == (0, "anthropic", "2.12.0")
    assert decided.read_text("utf-8") == expected
    assert facts["files"] == [str(fragment), str(decided)]
    assert facts["written"] > 50 and f"anthropic {version} (sha256 {sha256}) written" in error


def test_sync_makes_the_file_where_there_is_none(newer_sdk: Path, fragment: Path, run):
    """The first sync writes the release; the second one finds nothing to write."""
    run("--write", "--sdk-path", newer_sdk)
    once = fragment.with_name("upstream.yaml").read_text("utf-8")
    facts = json.loads(run("--write", "--json", "--sdk-path", newer_sdk)[1])

    assert once.startswith("release:\n  version: 2.12.0\n  sha256: ")
    assert (facts["files"], facts["written"], facts["moved"]) == ([], 0, True)
    assert fragment.with_name("upstream.yaml").read_text("utf-8") == once


def test_folder_is_no_release(sdk: Path, fragment: Path, decided: Path, run):
    """A folder has no hash: it is compared, and it is not the release that was looked at."""
    facts = json.loads(run("--write", "--json", "--sdk-path", sdk)[1])

    assert (facts["release"], decided.read_text("utf-8")) == (None, DECIDED)
