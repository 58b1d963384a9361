"""The draft of a changelog entry: it adds what is missing and keeps what a person wrote."""

from typing import Literal

from cases import each
from codegen.report.model import Change
from releasing.changelog import DRAFT, drafted, entry, unfinished

HEAD = "# Changelog\n\nFor people.\n"
OLD = "\n## 0.1.0 - 2026-01-01\n\n### Wire\n\n- All of it.\n"


def change(where: str, kind: Literal["breaking", "additive"] = "additive") -> Change:
    """One change of the report."""
    return Change(kind, where, "new", "nothing breaks")


@each("old", ["", OLD])
def test_an_entry_is_added_above_the_last_release(old):
    """Breaking changes are marked, and the rest of the file is unchanged."""
    text = drafted(HEAD + old, [change("A.b", "breaking"), change("f(c=)")])
    lines = "- **Breaking:** `A.b`: new; nothing breaks.\n- `f(c=)`: new; nothing breaks.\n"

    assert text == f"{HEAD}\n## Unreleased\n\n{DRAFT}\n\n### Wire\n\n{lines}{old}"
    assert [str(problem) for problem in unfinished(text)] == [
        "CHANGELOG.md:7: the entry is a draft: complete it, then delete this line"
    ]


@each("heading", ["## Unreleased", "## Unreleased: 0.2.0"])
def test_what_a_person_wrote_stays_and_what_is_missing_is_added(heading):
    """A change counts as described if the last part of its name occurs, however the sentence is worded."""
    entry = "### Added\n\n- A command.\n\n### Wire\n\n- `retrieve(locale=...)`: a language.\n"
    before, named = f"{HEAD}\n{heading}\n\n{entry}{OLD}", change("retrieve_model(locale=)")
    text = drafted(before, [named, change("ModelInfo.family")])

    assert text.replace(f"{DRAFT}\n\n", "").replace("- `ModelInfo.family`: new; nothing breaks.\n", "") == before
    assert drafted(text, [named, change("ModelInfo.family")]) == text
    assert drafted(text, [change("ModelInfo.edition")]).count(DRAFT) == 1
    assert drafted(before, [named]) == before
    assert unfinished(before) == []


def test_an_empty_entry_is_a_draft():
    """An empty entry stays a draft if the API has not changed, and if only the draft's line is deleted."""
    text = drafted(HEAD + OLD, [])

    assert entry(text) == DRAFT
    assert drafted(text.replace(f"{DRAFT}\n", ""), []) == text
