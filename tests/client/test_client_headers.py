"""What is sent in headers and query, and whose value wins. How a query is written, `tests/differential` compares."""

import pytest
from cases import each
from facts import API_VERSION

from anthropic_models import NOT_GIVEN, Omit, __version__

LAYERS = each("layer", ["default_headers", "extra_headers"])


def _retrieve(api, **layers):
    api.retrieve(api.client(default_headers=layers.get("default_headers")), extra_headers=layers.get("extra_headers"))


def test_these_headers_are_sent_and_no_others(api, server):
    """A request has these headers, each once: what HTTP needs, what the API needs, one credential, the attempt."""
    _retrieve(api)

    assert sorted((name.lower(), value) for name, value in server.last.headers) == [
        ("accept", "application/json"),
        ("accept-encoding", "gzip, deflate"),
        ("anthropic-version", API_VERSION),
        ("connection", "keep-alive"),
        ("host", api.url.removeprefix("http://")),
        ("user-agent", f"anthropic-models/{__version__} ({api.client_class.__name__})"),
        ("x-api-key", "sk-test-key"),
        ("x-stainless-retry-count", "0"),
    ]


def test_default_headers_suit_a_client_of_another_server(api, server):
    """They do not name the server."""
    api.retrieve(api.client(default_headers=api.client(base_url="http://other.invalid").default_headers))

    assert server.last.header("host") == api.url.removeprefix("http://")


@pytest.mark.breaks_contract("no version is sent")
@LAYERS
@each("name", ["Accept", "User-Agent", "anthropic-version", "Accept-Encoding", "X-Stainless-Retry-Count", "Host"])
def test_the_callers_headers_win_over_the_clients_own(api, server, layer, name):
    """Each can be replaced, in any spelling, and is sent once; `Omit()` leaves it out, but for what HTTP needs."""
    for value, sent in (("mine", ["mine"]), *([(Omit(), [])] if name != "Host" else [])):
        _retrieve(api, **{"default_headers": {name: "default"}, layer: {name.swapcase(): value}})

        assert server.last.values(name) == sent


@LAYERS
@each(
    ("headers", "message"),
    [
        *(({name: "x"}, "contains an invalid header name") for name in ("bad name", "", "é", 1, "x:y")),
        *(({"X-Foo": text}, r"X-Foo.*use visible ASCII") for text in ("a\r\nX-Bar: b", "é", "\x00", " y")),
        ({"X-Foo": b"y"}, r"X-Foo.*must be a string or Omit\(\), not bytes"),
        ({"X-Foo": 5}, r"X-Foo.*must be a string or Omit\(\), not int"),
        ({"X-Foo": None}, r"X-Foo.*must be a string or Omit\(\), not NoneType"),
        ({"Content-Length": "5"}, "would make the request invalid"),
        ({"Transfer-Encoding": "chunked"}, "would make the request invalid"),
        ({"Host": Omit()}, "would make the request invalid"),
        ({"X-Api-Key": ""}, "is empty"),
        ([("x", "y")], "must be a mapping, not list"),
        ("X-Foo: bar", "must be a mapping, not str"),
    ],
)
def test_headers_that_cannot_be_sent_are_refused(api, server, layer, headers, message):
    """A header that would make the request invalid is refused by name before anything is sent."""
    with pytest.raises((TypeError, ValueError), match=f"`{layer}.*{message}"):
        _retrieve(api, **{layer: headers})

    assert server.requests == []


def test_the_callers_mappings_are_left_alone(api, server):
    """What a caller gives as headers and query is neither changed nor kept: changing it later changes nothing."""
    headers, query = {"X-Foo": "before"}, {"a": "before"}
    client = api.client(default_headers=headers, default_query=query)
    api.retrieve(client, extra_headers=headers, extra_query=query)
    assert (headers, query) == ({"X-Foo": "before"}, {"a": "before"})
    headers["X-Foo"] = query["a"] = "after"
    api.retrieve(client)

    assert (server.last.header("x-foo"), server.last.query) == ("before", "a=before")
    assert (client.default_headers["X-Foo"], client.default_query) == ("before", {"a": "before"})


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
