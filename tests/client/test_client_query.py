"""`extra_query` and `default_query`: whose value wins, and how values are written."""

from urllib.parse import parse_qsl

import pytest
from cases import each

from anthropic_models import NOT_GIVEN, Omit


def _query(api, server, default_query=None, extra_query=None) -> list[tuple[str, str]]:
    api.retrieve(api.client(default_query=default_query), extra_query=extra_query)
    return parse_qsl(server.last.query, keep_blank_values=True)


@each(
    ("default", "extra", "sent"),
    [
        ({}, {}, []),
        ({"a": "default"}, None, [("a", "default")]),
        (None, {"a": "extra"}, [("a", "extra")]),
        ({"a": "default"}, {"a": "extra"}, [("a", "extra")]),
        ({"a": "default"}, {"b": "extra"}, [("a", "default"), ("b", "extra")]),
        ({"a": "default"}, {"a": None}, []),
        ({"a": Omit()}, {"b": NOT_GIVEN}, []),
        ({"a": {"x": 1}}, {"a": {"y": 2}}, [("a[y]", "2")]),
    ],
)
def test_extra_query_wins_over_default_query(api, server, default, extra, sent):
    """The parameters of the call and of the client are merged; the call's value of a name replaces the client's."""
    assert _query(api, server, default, extra) == sent


@each(
    ("value", "sent"),
    [
        ("text", {"a": "text"}),
        (2.5, {"a": "2.5"}),
        (True, {"a": "true"}),
        (False, {"a": "false"}),
        (None, {}),
        ("", {}),
        ({}, {}),
        (("x", 1, True), {"a": "x,1,true"}),
        (["x", None, {}, "y"], {"a": "x,y"}),
        ({"b": {"c": ["d", "e"]}}, {"a[b][c]": "d,e"}),
        ({"b": None, "c": {}, "d": False}, {"a[d]": "false"}),
        ({"b&c=d#": 1}, {"a[b&c=d#]": "1"}),
        ("ü &=#?/+%", {"a": "ü &=#?/+%"}),
    ],
)
def test_a_value_is_written_like_this(api, server, value, sent):
    """Lists are joined by commas, mappings become `a[b]=c`, booleans are lower-case, None and nothing are dropped."""
    assert _query(api, server, extra_query={"a": value}) == [*sent.items()]
    assert server.last.path == "/v1/models/m"


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
        _query(api, server, **{layer: query})

    assert server.requests == []
