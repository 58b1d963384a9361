"""What is sent in the headers, and whose value wins."""

import pytest
from cases import each
from facts import API_VERSION

from anthropic_models import NOT_GIVEN, Omit, __version__

UNVERSIONED = pytest.mark.breaks_contract("no version is sent")
LAYERS = ["default_headers", "extra_headers"]


def _retrieve(api, default=None, extra=None) -> None:
    api.retrieve(api.client(default_headers=default), extra_headers=extra)


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


@each(
    ("default", "extra", "sent"),
    [
        ({"X-Foo": "default"}, None, "default"),
        (None, {"X-Foo": "extra"}, "extra"),
        ({"X-Foo": "default"}, {"X-Foo": "extra"}, "extra"),
        ({"X-Foo": "default"}, {"x-foo": "extra"}, "extra"),
        ({"x-FOO": "default"}, {"X-Foo": Omit()}, None),
        ({"X-Foo": Omit()}, {"X-Foo": "extra"}, "extra"),
        ({"X-Foo": Omit()}, None, None),
        ({"X-Foo": "default"}, {"X-Foo": NOT_GIVEN}, "default"),
        ({"X-Foo": ""}, None, ""),
    ],
)
def test_extra_headers_win_over_default_headers(api, server, default, extra, sent):
    """The call's headers win over the client's; names are compared without case; `Omit()` removes the header."""
    _retrieve(api, default, extra)

    assert server.last.header("x-foo") == sent


@each("layer", LAYERS)
@each("name", ["Accept", "User-Agent", "Host", "anthropic-version", "Accept-Encoding", "X-Stainless-Lang"])
def test_the_callers_headers_win_over_the_clients_own(api, server, layer, name):
    """Every header that the client sends of its own can be replaced, in any spelling, and is sent once."""
    _retrieve(api, **{layer.removesuffix("_headers"): {name.swapcase(): "mine"}})

    assert server.last.values(name) == ["mine"]


@each("layer", LAYERS)
@pytest.mark.parametrize(
    "name", ["User-Agent", pytest.param("anthropic-version", marks=UNVERSIONED), "Accept", "x-stainless-retry-count"]
)
def test_omit_removes_a_header_of_the_clients_own(api, server, layer, name):
    """`Omit()` leaves out what the client would send of its own."""
    _retrieve(api, **{layer.removesuffix("_headers"): {name: Omit()}})

    assert server.last.values(name) == []


def test_extra_headers_may_replace_the_betas(api, server):
    """`anthropic-beta` in `extra_headers` wins over `betas`; in `default_headers` it loses to them."""
    client = api.client(default_headers={"anthropic-beta": "default"})
    api.retrieve(client)
    api.retrieve(client, betas=["argument"])
    api.retrieve(client, betas=["argument"], extra_headers={"Anthropic-Beta": "extra"})
    api.retrieve(client, betas=["argument"], extra_headers={"anthropic-beta": Omit()})

    assert [request.header("anthropic-beta") for request in server.requests] == ["default", "argument", "extra", None]


def test_default_headers_may_replace_the_version(api, server):
    """The version of `default_headers` is sent, unless the call names one itself."""
    client = api.client(default_headers={"anthropic-version": "default"})
    api.retrieve(client)
    api.retrieve(client, anthropic_version="argument")
    api.retrieve(client, extra_headers={"anthropic-version": "extra"}, anthropic_version="argument")

    assert [request.header("anthropic-version") for request in server.requests] == ["default", "argument", "extra"]


@each("layer", LAYERS)
@each(
    ("headers", "message"),
    [
        ({"bad name": "x"}, "contains an invalid header name"),
        ({"": "x"}, "contains an invalid header name"),
        ({"é": "x"}, "contains an invalid header name"),
        ({1: "x"}, "contains an invalid header name"),
        ({"x:y": "x"}, "contains an invalid header name"),
        ({"X-Foo": "a\r\nX-Bar: b"}, r"X-Foo.*only visible ASCII"),
        ({"X-Foo": "é"}, r"X-Foo.*only visible ASCII"),
        ({"X-Foo": "\x00"}, r"X-Foo.*only visible ASCII"),
        ({"X-Foo": " y"}, "X-Foo"),
        ({"X-Foo": b"y"}, r"X-Foo.*must be a string or Omit\(\), not bytes"),
        ([("x", "y")], "must be a mapping, not list"),
        ({"X-Foo": 5}, r"X-Foo.*must be a string or Omit\(\), not int"),
        ({"X-Foo": None}, r"X-Foo.*must be a string or Omit\(\), not NoneType"),
        ({"Content-Length": "5"}, "would make the request invalid"),
        ({"Transfer-Encoding": "chunked"}, "would make the request invalid"),
        ({"Host": Omit()}, "would make the request invalid"),
        ({"X-Api-Key": ""}, "is empty"),
        ("X-Foo: bar", "must be a mapping, not str"),
    ],
)
def test_headers_that_cannot_be_sent_are_refused(api, server, layer, headers, message):
    """A header that would make the request invalid is refused by name before anything is sent."""
    with pytest.raises((TypeError, ValueError), match=f"`{layer}.*{message}"):
        _retrieve(api, **{layer.removesuffix("_headers"): headers})

    assert server.requests == []


@each("layer", LAYERS)
def test_the_callers_mapping_is_left_alone(api, layer):
    """The mappings that a caller gives are neither changed nor kept: changing one later changes nothing."""
    headers = {"X-Foo": "before"}
    client = api.client(default_headers=headers if layer == "default_headers" else None)
    api.retrieve(client, extra_headers=headers if layer == "extra_headers" else None)

    assert headers == {"X-Foo": "before"}

    headers["X-Foo"] = "after"
    kept = client.default_headers.get("X-Foo")

    assert kept == ("before" if layer == "default_headers" else None)
