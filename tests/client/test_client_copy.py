"""`copy` and `with_options`: a client with a few changed settings that uses the connections of its parent."""

import httpx
import pytest
from cases import each

from anthropic_models import Anthropic, AsyncAnthropic, Timeout

BOTH = each("kind", [Anthropic, AsyncAnthropic])
CHANGES = {
    "api_key": "other", "auth_token": "other", "base_url": httpx.URL("http://localhost:7/"), "timeout": 3,
    "max_retries": 0,
}  # fmt: skip
MERGED = [("default_headers", "X-Foo", "X-Bar"), ("default_query", "foo", "bar")]


@BOTH
@each(("name", "value"), [*CHANGES.items(), ("timeout", None), ("timeout", Timeout(4))])
def test_a_copy_changes_one_setting_and_keeps_the_others(kind, name, value):
    """A copy has the given setting and its parent's other settings; the parent is not changed."""
    parent = kind(api_key="key", auth_token="token", base_url="http://localhost:5/", timeout=9, max_retries=5)
    names = ("auth_token", "api_key", "base_url", "timeout", "max_retries")
    before = {each: getattr(parent, each) for each in names}
    child = parent.copy(**{name: value})
    # A new credential of either kind replaces both, because exactly one is sent.
    replaced = {"api_key": None, "auth_token": None} if name in ("api_key", "auth_token") else {}

    assert {each: getattr(child, each) for each in names} == {**before, **replaced, name: value}
    assert {each: getattr(parent, each) for each in names} == before


@BOTH
def test_a_copy_is_another_client_of_the_same_class(kind):
    """A copy of a subclass has that class, and a copy can be copied."""

    class Mine(kind):
        pass

    parent = Mine(api_key="k")
    first = parent.with_options(max_retries=7)
    second = first.copy(max_retries=6)

    assert (type(first), parent.max_retries, first.max_retries, second.max_retries) == (Mine, 2, 7, 6)


@BOTH
@each(("setting", "old", "new"), MERGED)
def test_defaults_are_merged_or_replaced(kind, setting, old, new):
    """`default_…` is merged into the parent's, `set_default_…` replaces them, and both together are refused."""
    parent = kind(api_key="k", **{setting: {old: "parent"}})

    def made(**settings):
        values = getattr(parent.copy(**settings), setting)
        return values.get(old), values.get(new)

    assert made() == ("parent", None)
    assert made(**{setting: {new: "x"}}) == ("parent", "x")
    assert made(**{setting: {old: "y"}}) == ("y", None)
    assert made(**{f"set_{setting}": {}}) == (None, None)
    assert made(**{f"set_{setting}": {new: "x"}}) == (None, "x")
    assert getattr(parent, setting)[old] == "parent"
    with pytest.raises(ValueError, match=f"The `{setting}` and `set_{setting}` arguments are mutually exclusive"):
        made(**{setting: {"a": "b"}, f"set_{setting}": {}})


def test_closing_a_copy_leaves_its_parent_open(api, server):
    """A copy may be closed, garbage-collected or left by `with`; a closed parent closes its copies."""
    parent = api.client()
    api.retrieve(parent.copy(max_retries=0))
    api.run(parent.copy().close())
    with api.entered(parent.copy()):
        pass
    parent.copy()

    assert not parent.is_closed()
    assert api.retrieve(parent).id == "claude-sonnet-4-20250514"
    assert [request.connection for request in server.requests] == [0, 0]
    child = parent.copy()
    api.run(parent.close())
    assert child.is_closed()


def test_a_copy_shares_the_http_client_or_has_its_own(api, server):
    """Copies share the caller's `http_client` and do not close it; `copy(http_client=…)` does not change the parent."""
    mine = api.http_class(headers={"X-Mine": "yes"})
    child = api.client(http_client=mine).copy(timeout=1)
    api.retrieve(child)
    api.run(child.close())
    parent = api.client()
    for client in (api.keep(parent.copy(http_client=api.http_class(headers={"X-Mine": "other"}))), parent):
        api.retrieve(client)

    assert [request.header("x-mine") for request in server.requests] == ["yes", "other", None]
    assert not mine.is_closed


@BOTH
def test_a_copy_does_not_read_the_environment_again(kind):
    """A copy keeps its parent's credential, or has none like its parent, whatever the environment contains by then."""
    clients = [kind(), kind(api_key="key"), kind(auth_token="token")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANTHROPIC_API_KEY", "from-env")
        patch.setenv("ANTHROPIC_AUTH_TOKEN", "from-env")
        copies = [client.copy(timeout=3) for client in clients]

    assert [(copy.api_key, copy.auth_token) for copy in copies] == [(None, None), ("key", None), (None, "token")]
