"""Which headers and query are sent, and whose value wins; `tests/differential` tests how a query is encoded."""

import pytest
from cases import each
from facts import API_VERSION

from anthropic_models import NOT_GIVEN, Omit, __version__

LAYERS = each("layer", ["default_headers", "extra_headers"])


def _retrieve(api, **layers):
    api.retrieve(api.client(default_headers=layers.get("default_headers")), extra_headers=layers.get("extra_headers"))


def test_these_headers_are_sent_and_no_others(api, server):
    """A request has the headers that HTTP and the API need, one credential and the attempt, each once."""
    for given in (None, api.client(base_url="http://other.invalid").default_headers):  # these name no server
        _retrieve(api, default_headers=given)

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


@pytest.mark.breaks_contract("no version is sent")
@LAYERS
@each("name", ["Accept", "User-Agent", "anthropic-version", "Accept-Encoding", "X-Stainless-Retry-Count", "Host"])
def test_the_callers_headers_win_over_the_clients_own(api, server, layer, name):
    """Each is replaced, in upper or lower case, and sent once; `Omit()` removes it, except Host, which HTTP needs."""
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
def test_invalid_headers_are_refused(api, server, layer, headers, message):
    """The error names the argument and the header, and nothing is sent."""
    with pytest.raises((TypeError, ValueError), match=f"`{layer}.*{message}"):
        _retrieve(api, **{layer: headers})

    assert server.requests == []


def test_the_callers_mappings_are_copied(api, server):
    """The client does not change the caller's headers and query, and later changes of them have no effect."""
    headers, query = {"X-Foo": "before"}, {"a": "before"}
    client = api.client(default_headers=headers, default_query=query)
    api.retrieve(client, extra_headers=headers, extra_query=query)
    assert (headers, query) == ({"X-Foo": "before"}, {"a": "before"})
    headers["X-Foo"] = query["a"] = "after"
    api.retrieve(client)

    assert (server.last.header("x-foo"), server.last.query) == ("before", "a=before")
    assert (client.default_headers["X-Foo"], client.default_query) == ("before", {"a": "before"})


def test_sentinels_in_a_query_are_not_sent_and_names_are_escaped(api, server):
    """`Omit()`, `NOT_GIVEN` and `{}` in a list send nothing; special characters in a name are escaped."""
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
def test_an_invalid_query_is_refused(api, server, layer, query, error, message):
    """A query that is not a mapping with string keys, or cannot be encoded, is an error that names the argument."""
    with pytest.raises(error, match=f"`{layer}` .*{message}"):
        api.retrieve(api.client(**({layer: query} if layer == "default_query" else {})), extra_query=query)

    assert server.requests == []
