"""`copy` and `with_options`: a client with a few settings changed, on the connections of its parent."""

import inspect

import httpx
import pytest
from cases import each

from anthropic_models import Anthropic, APIConnectionError, AsyncAnthropic, Timeout

BOTH = each("kind", [Anthropic, AsyncAnthropic])
COPIES = each("method", ["copy", "with_options"])
MERGED = [("default_headers", "X-Foo", "X-Bar"), ("default_query", "foo", "bar")]


@BOTH
@COPIES
@each(
    ("name", "value"),
    [
        ("api_key", "other"),
        ("auth_token", "other"),
        ("base_url", httpx.URL("http://localhost:7/")),
        ("timeout", 3),
        ("timeout", None),
        ("timeout", Timeout(4)),
        ("max_retries", 7),
        ("max_retries", 0),
    ],
)
def test_a_copy_changes_one_setting_and_keeps_the_others(kind, method, name, value):
    """A copy has the setting that was given, and every other of its parent, whose own stay as they were."""
    parent = kind(api_key="key", auth_token="token", base_url="http://localhost:5/", timeout=9, max_retries=5)
    names = ("auth_token", "api_key", "base_url", "timeout", "max_retries")
    before = {each: getattr(parent, each) for each in names}
    child = getattr(parent, method)(**{name: value})
    # A new credential of one kind replaces both: exactly one is meant.
    replaced = {"api_key": None, "auth_token": None} if name in ("api_key", "auth_token") else {}

    assert {each: getattr(child, each) for each in names} == {**before, **replaced, name: value}
    assert {each: getattr(parent, each) for each in names} == before


@BOTH
def test_a_copy_is_another_client_of_the_same_class(kind):
    """A copy is another object, of its parent's class, subclasses included."""

    class Mine(kind):
        pass

    parent = Mine(api_key="k")
    child = parent.copy()

    assert child is not parent
    assert type(child) is Mine


@BOTH
def test_a_copy_of_a_copy_leaves_both_alone(kind):
    """Copies can be copied; each keeps its own settings."""
    parent = kind(api_key="k")
    first = parent.copy(max_retries=7)
    second = first.copy(max_retries=6)

    assert (parent.max_retries, first.max_retries, second.max_retries) == (2, 7, 6)


@BOTH
@each(("setting", "old", "new"), MERGED)
def test_defaults_are_merged(kind, setting, old, new):
    """`default_headers` and `default_query` of a copy are merged with those of its parent; the newer value wins."""
    parent = kind(api_key="k", **{setting: {old: "parent"}})
    same, more, other = parent.copy(), parent.copy(**{setting: {new: "x"}}), parent.copy(**{setting: {old: "y"}})

    assert getattr(same, setting)[old] == "parent"
    assert (getattr(more, setting)[old], getattr(more, setting)[new]) == ("parent", "x")
    assert getattr(other, setting)[old] == "y"
    assert getattr(parent, setting)[old] == "parent"


@BOTH
@each(("setting", "old", "new"), MERGED)
def test_set_defaults_replace(kind, setting, old, new):
    """`set_default_headers` and `set_default_query` replace what the parent had, an empty mapping all of it."""
    parent = kind(api_key="k", **{setting: {old: "parent"}})
    emptied, replaced = parent.copy(**{f"set_{setting}": {}}), parent.copy(**{f"set_{setting}": {new: "x"}})

    assert old not in getattr(emptied, setting)
    assert old not in getattr(replaced, setting)
    assert getattr(replaced, setting)[new] == "x"


@BOTH
@each("setting", ["default_headers", "default_query"])
def test_merging_and_replacing_at_once_is_refused(kind, setting):
    """Both at once is a ValueError, in the official words."""
    message = f"The `{setting}` and `set_{setting}` arguments are mutually exclusive"
    with pytest.raises(ValueError, match=message):
        kind(api_key="k").copy(**{setting: {"a": "b"}, f"set_{setting}": {}})


@BOTH
def test_copy_takes_every_argument_of_the_constructor(kind):
    """Whatever the constructor takes, `copy` takes too; `with_options` is the same method."""
    arguments = inspect.signature(kind).parameters.keys()

    assert arguments - inspect.signature(kind.copy).parameters.keys() == set()
    assert kind.with_options is kind.copy


def test_a_copy_sends_on_the_connection_of_its_parent(api, server):
    """Parent and copy share their connections: two calls, one after the other, come on one."""
    parent = api.client()
    api.retrieve(parent)
    api.retrieve(parent.copy(max_retries=0))

    assert [request.connection for request in server.requests] == [0, 0]


def test_closing_a_copy_leaves_its_parent_open(api, server):
    """Closed, dropped or left by `with`, a copy never closes its parent."""
    parent = api.client()
    api.run(parent.copy().close())
    api.inside(parent.copy(), lambda _: None)
    parent.copy()

    assert not parent.is_closed()
    assert api.retrieve(parent).id == "claude-sonnet-4-20250514"


def test_a_closed_parent_closes_its_copies(api):
    """What a copy shares is closed with its parent, and the copy says so."""
    parent = api.client()
    child = parent.copy()
    api.run(parent.close())

    assert child.is_closed()


def test_a_copy_shares_the_http_client_that_was_given(api, server):
    """The caller's own `http_client` serves the copies too; closing one of them does not close it."""
    mine = api.http_class(headers={"X-Mine": "yes"})
    child = api.client(http_client=mine).copy(timeout=1)
    api.retrieve(child)
    api.run(child.close())

    assert server.last.header("x-mine") == "yes"
    assert not mine.is_closed


def test_a_copy_may_have_an_http_client_of_its_own(api, server):
    """`copy(http_client=…)` sends through that one; the parent's way stays as it was."""
    parent = api.client()
    child = api.keep(parent.copy(http_client=api.http_class(headers={"X-Mine": "yes"})))
    api.retrieve(child)
    api.retrieve(parent)

    assert [request.header("x-mine") for request in server.requests] == ["yes", None]


def test_options_of_one_call(api, server, naps):
    """`client.with_options(max_retries=5).models.retrieve(…)` holds for that call alone."""
    server.fallback = b""
    client = api.client(max_retries=0)
    for attempt in (client.with_options(max_retries=3), client):
        with pytest.raises(APIConnectionError):
            api.retrieve(attempt)

    assert len(server.requests) == 4 + 1


def test_a_copy_does_not_read_the_environment_again(api, monkeypatch):
    """A copy keeps its parent's credential, whatever the environment says by then."""
    client = api.client()
    monkeypatch.setenv("ANTHROPIC_API_KEY", "bad\nkey")

    assert client.copy(timeout=3).api_key == client.api_key
