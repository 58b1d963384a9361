"""Arguments of an operation, checked before they are sent."""

import pytest
from anthropic_models_api.types import UNSET, Operation, Parameter

from anthropic_models import options


def operation(annotation):
    """An operation with one query parameter of this type."""
    parameter = Parameter("limit", "limit", "query", "limit", annotation, is_joined=False)
    return Operation(dict, lambda status, data: data, successes=(), parameters=(parameter,))


def test_a_query_parameter_is_sent_as_it_is_given():
    """A number stays a number, and one that was not given is left out."""
    assert options.parameters(operation(int), {"limit": 5}) == {"limit": 5}
    assert options.parameters(operation(int), {"limit": UNSET}) == {}


@pytest.mark.parametrize(
    ("annotation", "value", "error"),
    [(int, "5", "`limit`: expected an integer"), (str, "\ud800", "`limit` contains lone surrogates")],
)
def test_a_query_parameter_that_cannot_be_sent_is_refused(annotation, value, error):
    """By its name."""
    with pytest.raises((TypeError, ValueError), match=f"^{error}"):
        options.parameters(operation(annotation), {"limit": value})
