"""An operation that is added to the fragment is as complete as `retrieve`, without a line of hand-written code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from regeneration.copies import ROOT, result_of

if TYPE_CHECKING:
    from conftest import Copy

ALL = ["claude-sonnet-4-20250514", "claude-example-1", "claude-new-1"]


@pytest.fixture(scope="session")
def found(copy: Copy) -> Any:
    """What came of the calls."""
    return result_of(copy.folder, Path(__file__).with_name("calls.py").read_text(encoding="utf-8"))


def test_each_form_of_the_client_has_it(found: Any) -> None:
    """Blocking, asynchronous, raw and streaming; a second tag is a resource of its own."""
    assert found["results"] == [[ALL[:2], ALL[:2], ALL[:2], ALL[2:], ["Ada"]]] * 2


def test_the_local_server_answers_it(found: Any) -> None:
    """It holds the requests to the fragment, lists what `add_model` has added, and gives planned answers."""
    assert not any(errors for _, _, errors in found["sent"])
    assert found["status"] == 400


def test_arguments_reach_the_wire(found: Any) -> None:
    """In path and query, escaped; in headers, joined. The options of a call are those of `retrieve`."""
    half = len(found["sent"]) // 2
    paths = ["/v1/models"] * 4 + ["/v1/organizations/a%2Fb%20%3F/members"]
    queries = ["limit=2&more=1%2C2", "limit=2", "limit=2", "after_id=claude-example-1&limit=20", "query=x%26y+%C3%BC"]
    headers = [{name.lower(): value for name, value in each.items()} for each in found["headers"]]

    for part in (found["sent"][:half], found["sent"][half:]):
        assert [path for path, _, _ in part] == paths
        assert [query for _, query, _ in part] == queries
    for first in (headers[0], headers[half]):
        assert (first["x-more"], first["anthropic-version"]) == ("a", "2023-06-01")
    assert (headers[3]["anthropic-beta"], headers[half + 3]["anthropic-beta"]) == ("one,two", "one,two")


def test_arguments_are_checked_before_anything_is_sent(found: Any) -> None:
    """As those of `retrieve` are: the error names the argument."""
    expected = [
        ("limit", "TypeError"),
        ("limit", "ValueError"),
        ("before_id", "ValueError"),
        ("before_id", "TypeError"),
        ("after_id", "ValueError"),
        ("betas", "TypeError"),
        ("betas[0]", "ValueError"),
        ("timeout", "ValueError"),
        ("extra_headers", "ValueError"),
        *[("organization_id", "ValueError")] * 4,
        ("organization_id", "TypeError"),
    ]

    assert [kind for kind, _ in found["refused"]] == [kind for _, kind in expected]
    assert [
        words for (name, _), (_, words) in zip(expected, found["refused"], strict=True) if f"`{name}" not in words
    ] == []
    assert found["sent for refused"] == 0


def test_docstrings_have_the_words_of_the_fragment(found: Any) -> None:
    """Of the operation and of each parameter, in each form."""
    words = [
        "List models.",
        "The models that an account can use, the newest first, one page of them at a time.",
        "before_id: The page ends before this model.",
        "after_id: The page begins after this model.",
        "limit: How many models a page has at most.",
        "betas: Beta features to switch on",
        "timeout: ",
        "extra_headers: ",
        "extra_query: ",
    ]
    for form, docstring in found["words"].items():
        flat = " ".join(docstring.split())
        assert [each for each in words if each.strip() not in flat] == [], form


def test_each_schema_is_in_the_types(found: Any) -> None:
    """It can be imported from `anthropic_models.types` as soon as it is there."""
    assert {"ModelPage", "Member", "ModelInfo", "AnthropicBeta"} <= set(found["types"])


def test_the_glue_does_not_know_the_operation() -> None:
    """No module of the hand-written package names an operation, but in the examples of docstrings."""
    named = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "anthropic_models").glob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "retrieve" in line and 'models.retrieve("' not in line
    ]

    assert named == []
