"""Arguments: marks and parameters, and what is said of those that will not do."""

from __future__ import annotations

import copy
import pickle

import pytest

from anthropic_models import NOT_GIVEN, NotGiven, Omit, not_given, omit


def test_marks_are_false_and_say_what_they_are():
    """`if value:` takes them for nothing, and a `repr` or a signature shows their name."""
    assert [bool(not_given), bool(omit), repr(not_given), repr(omit)] == [False, False, "NOT_GIVEN", "OMIT"]
    assert isinstance(not_given, NotGiven)
    assert isinstance(omit, Omit)
    assert NOT_GIVEN is not_given


def test_not_given_is_the_same_everywhere():
    """A copy or a pickle of it is the very same: `is` goes on working. One `Omit()` is as good as another."""
    assert isinstance(pickle.loads(pickle.dumps(omit)), Omit)
    for twin in (copy.copy(not_given), copy.deepcopy([not_given])[0], pickle.loads(pickle.dumps(not_given))):
        assert twin is not_given


def test_betas_have_one_name(api):
    """The header's own name is no second argument for them."""
    with pytest.raises(TypeError, match="anthropic_beta"):
        api.retrieve(anthropic_beta="b")


def test_a_parameter_that_cannot_be_sent_is_told_by_its_own_name(api, server):
    """Not by that of its header, and before anything is sent."""
    told = {}
    for value in ("a\nb", "é", 5, None):
        with pytest.raises((TypeError, ValueError)) as caught:
            api.retrieve(anthropic_version=value)
        told[value] = str(caught.value)

    wrong = "`anthropic_version` contains characters that are not allowed in a header; only visible ASCII is"
    assert told == {
        "a\nb": wrong,
        "é": wrong,
        5: "`anthropic_version`: expected a string, got 5",
        None: "`anthropic_version`: expected a string, got None",
    }
    assert server.requests == []
