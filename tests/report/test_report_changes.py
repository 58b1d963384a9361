"""Changes to the fragment are classified as a reviewer would classify them, and docs/report.md lists them."""

import re
from pathlib import Path

import pytest
from facts import read_yaml

ROOT = Path(__file__).resolve().parents[2]
CHANGES = read_yaml(Path(__file__).with_name("data") / "changes.yaml")


@pytest.mark.parametrize("change", CHANGES, ids=[change["change"] for change in CHANGES])
def test_a_change_is_classified(change, generated, compared):
    """The report of an edit has the expected lines and no others."""
    assert compared(generated([]), generated(change["edits"])) == change["lines"]


def test_the_docs_list_the_changes():
    """docs/report.md lists each change with each of its lines, in the same order, and no others."""
    expected = []
    for change in CHANGES:
        for line in change["lines"] or ["none  no change for callers"]:
            kind, text = line.split("  ", 1)
            expected.append([change["change"], kind, text.replace("|", r"\|")])
    docs = (ROOT / "docs" / "report.md").read_text(encoding="utf-8").split("## The changes")[1]
    rows = [re.split(r" (?<!\\)\| ", line.strip("| ")) for line in docs.splitlines() if line.startswith("| ")]

    assert rows[1:] == expected
