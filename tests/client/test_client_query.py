"""`extra_query` and `default_query`: whose value wins, and how values are written."""

from urllib.parse import parse_qsl

import pytest
from cases import each

from anthropic_models import NOT_GIVEN, Omit


def _query(api, server, default=None, extra=None) -> list[tuple[str, str]]:
    api.retrieve(api.client(default_query=default), extra_query=extra)
    return parse_qsl(server.last.query, keep_blank_values=True)


@each(
    ("default", "extra", "sent"),
    [
        (None, None, []),
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
        ("text", [("a", "text")]),
        (5, [("a", "5")]),
        (2.5, [("a", "2.5")]),
        (True, [("a", "true")]),
        (False, [("a", "false")]),
        (None, []),
        ("", []),
        ({}, []),
        (["x", "y"], [("a", "x,y")]),
        (("x", 1, True), [("a", "x,1,true")]),
        (["x", None, "y"], [("a", "x,y")]),
        ({"b": "c"}, [("a[b]", "c")]),
        ({"b": {"c": ["d", "e"]}}, [("a[b][c]", "d,e")]),
        ({"b": None, "c": {}, "d": False}, [("a[d]", "false")]),
        ("ü &=#?/+%", [("a", "ü &=#?/+%")]),
    ],
)
def test_a_value_is_written_like_this(api, server, value, sent):
    """Lists are joined by commas, mappings become `a[b]=c`, booleans are lower-case, None and nothing are dropped."""
    assert _query(api, server, extra={"a": value}) == sent


def test_a_name_is_escaped(api, server):
    """A name with signs in it stays one name, and cannot reach the path."""
    assert _query(api, server, extra={"a&b=c#": "d"}) == [("a&b=c#", "d")]
    assert server.last.path == "/v1/models/m"


@each("layer", ["default_query", "extra_query"])
@each(
    ("query", "error"),
    [("a=b", TypeError), ([("a", "b")], TypeError), ({1: "a"}, TypeError), ({"a": "\ud800"}, ValueError)],
)
def test_a_query_that_cannot_be_sent_is_refused(api, server, layer, query, error):
    """A query that is no mapping of names, or cannot be encoded, is refused by name before anything is sent."""
    with pytest.raises(error, match="_query`"):
        _query(api, server, **{layer.removesuffix("_query"): query})

    assert server.requests == []


def test_a_query_without_end_is_refused(api, server):
    """One that holds itself is told by name, in the client's settings and in a call, before anything is sent."""
    endless: dict[str, object] = {}
    endless["a"] = endless
    for refuse in (lambda: api.client(default_query=endless), lambda: _query(api, server, extra=endless)):
        with pytest.raises(ValueError, match="_query` contains itself, or is nested too deeply"):
            refuse()

    assert server.requests == []


def test_the_callers_query_is_left_alone(api, server):
    """The mapping that a caller gives is neither changed nor kept."""
    mine = {"a": "before"}
    client = api.client(default_query=mine)
    mine["a"] = "after"
    api.retrieve(client, extra_query={"b": 1})

    assert (mine, server.last.query) == ({"a": "after"}, "a=before&b=1")
