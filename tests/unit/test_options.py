"""Arguments of an operation, checked before they are sent."""

import pytest
from anthropic_models_api.types import UNSET, Operation, Parameter

from anthropic_models import options


def operation(annotation):
    """An operation with one query parameter of this type."""
    parameter = Parameter("limit", "limit", "query", "limit", annotation, is_joined=False)
    return Operation(dict, lambda status, data: data, successes=(), parameters=(parameter,))


def test_a_query_parameter_is_sent_unchanged_or_refused():
    """A number stays a number, and an argument that was not given is omitted; the error has the argument's name."""
    assert options.parameters(operation(int), {"limit": 5}) == {"limit": 5}
    assert options.parameters(operation(int), {"limit": UNSET}) == {}
    with pytest.raises(TypeError, match=r"^`limit`: expected an integer"):
        options.parameters(operation(int), {"limit": "5"})
    with pytest.raises(ValueError, match=r"^`limit` contains lone surrogates"):
        options.parameters(operation(str), {"limit": "\ud800"})
