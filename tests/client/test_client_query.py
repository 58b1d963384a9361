"""`extra_query` and `default_query`. How values are merged and written, `tests/differential` compares."""

import pytest
from cases import each

from anthropic_models import NOT_GIVEN, Omit


def test_marks_are_no_values_and_names_stay_names(api, server):
    """`Omit()` and `NOT_GIVEN` send nothing, nor does `{}` in a list; a name with signs in it cannot reach the path."""
    client = api.client(default_query={"a": Omit(), "b": "default"})
    api.retrieve(client, extra_query={"b": NOT_GIVEN, "c&d=e#": {"f?": 1}, "g": [{}, "h"]})

    assert server.last.target == "/v1/models/m?b=default&c%26d%3De%23%5Bf%3F%5D=1&g=h"


ENDLESS: dict[str, object] = {}
ENDLESS["a"] = ENDLESS


@each("layer", ["default_query", "extra_query"])
@each(
    ("query", "error", "message"),
    [
        ("a=b", TypeError, "must be a mapping"),
        ([("a", "b")], TypeError, "must be a mapping"),
        ({1: "a"}, TypeError, "string keys"),
        ({"a": "\ud800"}, ValueError, "lone surrogates"),
        (ENDLESS, ValueError, "contains itself, or is nested too deeply"),
    ],
)
def test_a_query_that_cannot_be_sent_is_refused(api, server, layer, query, error, message):
    """A query that is no mapping of names, or cannot be encoded, is refused by name before anything is sent."""
    with pytest.raises(error, match=f"`{layer}` .*{message}"):
        api.retrieve(api.client(**({layer: query} if layer == "default_query" else {})), extra_query=query)

    assert server.requests == []
