"""An operation that is added to the fragment is as complete as `retrieve`, without hand-written code."""

from __future__ import annotations

from pathlib import Path

import pytest
from facts import API_VERSION
from regeneration.copies import ROOT, result_of

pytestmark = pytest.mark.timeout(240)  # the first test regenerates for all of them


@pytest.fixture(scope="session")
def found(copy):
    """The results of the calls."""
    return result_of(copy.folder, Path(__file__).with_name("calls.py").read_text(encoding="utf-8"))


def test_each_form_of_the_client_has_it(found):
    """It is blocking, asynchronous, raw and streaming; each schema is a type; the local server knows the operation."""
    assert found["results"] == [[*[found["models"][:2]] * 3, ["claude-new-2"]]] * 2
    assert {"ModelPage", "Thing", "ModelInfo", "AnthropicBeta"} <= set(found["types"])
    assert not any(errors for _, _, errors in found["sent"])
    assert found["status"] == 400


def test_arguments_reach_the_wire(found):
    """Arguments are escaped in the query and joined in headers; the options are those of `retrieve`."""
    half = len(found["sent"]) // 2
    queries = ["limit=2&more=1%2C2", "limit=2", "limit=2", "after_id=claude-new-1&limit=20"]
    headers = [{name.lower(): value for name, value in each.items()} for each in found["headers"]]

    for part, sent in ((found["sent"][:half], headers[:half]), (found["sent"][half:], headers[half:])):
        assert [each[:2] for each in part] == [["/v1/models", query] for query in queries]
        assert (sent[0]["x-more"], sent[0]["anthropic-version"]) == ("a", API_VERSION)
        assert sent[3]["anthropic-beta"] == "one,two"


def test_docstrings_have_the_descriptions_of_the_fragment(found):
    """Each form of the method has the descriptions of the operation and of each parameter."""
    words = ["List models.", "The models that an account can use, the newest first, one page of them at a time."]
    words += ["after_id: The page begins after this model.", "limit: How many models a page has at most."]
    words += ["betas: Beta features to switch on", "timeout:", "extra_headers:", "extra_query:"]
    for form, docstring in found["docstrings"].items():
        assert [each for each in words if each not in " ".join(docstring.split())] == [], form


def test_the_client_does_not_name_the_operation():
    """No hand-written module names an operation, except in the examples of docstrings."""
    named = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "anthropic_models").glob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "retrieve" in line and 'models.retrieve("' not in line
    ]

    assert named == []
