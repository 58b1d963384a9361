"""Settings: what is said of those that cannot be, and where the bounds are."""

from __future__ import annotations

import httpx
import pytest
from telling import told

from anthropic_models import Timeout, not_given, settings
from anthropic_models.secrets import Secret


def test_a_credential_that_cannot_be_is_told():
    """By its name and without its value."""
    found = [told(settings.secret, "api_key", Secret(value)) for value in (7, b"planted", "  ", "pl\nanted", "plänted")]  # type: ignore[arg-type]

    assert found == [
        "TypeError: `api_key` must be a string, not int",
        "TypeError: `api_key` must be a string, not bytes",
        "ValueError: `api_key` is empty",
        "ValueError: `api_key` has characters that cannot stand in a header; only visible ASCII can",
        "ValueError: `api_key` has characters that cannot stand in a header; only visible ASCII can",
    ]
    good = settings.secret("api_key", Secret(" a  b "))
    assert (good and good.value, settings.secret("api_key", None)) == ("a  b", None)


def test_a_credential_of_the_environment_is_stripped(monkeypatch: pytest.MonkeyPatch):
    """A bad one is told by the name of its variable; an unset or blank one is none."""
    monkeypatch.setenv("GIVEN", "\tkey\n")
    monkeypatch.setenv("BLANK", " ")
    monkeypatch.setenv("BAD", "a\x01b")
    given = settings.secret_from("GIVEN")

    assert (given and given.value, settings.secret_from("BLANK"), settings.secret_from("UNSET")) == ("key", None, None)
    assert told(settings.secret_from, "BAD") == (
        "ValueError: `BAD` has characters that cannot stand in a header; only visible ASCII can"
    )


def test_seconds_that_cannot_be_are_told():
    """Not zero, not beyond a hundred million, no infinity, no truth value; each bound by the name of its step."""
    words = "must be more than 0 and finite seconds, or None to wait for ever"
    values = (0, -1.5, float("inf"), float("nan"), 100_000_001, 10**400, True, "1", Timeout(1, read=0), Timeout(-1))

    assert [told(settings.timeout, "timeout", value) for value in values] == [
        f"ValueError: `timeout` {words}: 0",
        f"ValueError: `timeout` {words}: -1.5",
        f"ValueError: `timeout` {words}: inf",
        f"ValueError: `timeout` {words}: nan",
        f"ValueError: `timeout` {words}: 100000001",
        f"ValueError: `timeout` {words}: {10**400}",
        "TypeError: `timeout` must be seconds, an httpx.Timeout or None, not bool",
        "TypeError: `timeout` must be seconds, an httpx.Timeout or None, not str",
        f"ValueError: `timeout.read` {words}: 0",
        f"ValueError: `timeout.connect` {words}: -1",
    ]


def test_seconds_that_can_be_become_four_bounds():
    """A hundred million of them too; an `httpx.Timeout` stays itself."""
    own = Timeout(None, read=1)

    assert settings.timeout("timeout", own) is own
    assert [settings.timeout("timeout", value) for value in (1e8, 0.001, None)] == [
        Timeout(1e8),
        Timeout(0.001),
        Timeout(None),
    ]


def test_the_timeout_of_a_given_client_counts_unless_httpx_chose_it():
    """What the caller says beats it, None included."""
    clients = {seconds: httpx.Client(timeout=seconds, verify=False) for seconds in (5, 6, None)}
    found = {seconds: settings.effective_timeout(not_given, client) for seconds, client in clients.items()}

    assert found == {5: settings.DEFAULT_TIMEOUT, 6: Timeout(6), None: Timeout(None)}
    assert [settings.effective_timeout(own, clients[6]) for own in (None, 7)] == [None, 7]
    assert settings.effective_timeout(not_given, None) == Timeout(60, connect=5)


def test_retries_that_cannot_be_are_told():
    """None, what is no whole number, and less than none."""
    assert [told(settings.max_retries, "max_retries", value) for value in (None, True, 1.0, "2", -1, 0, 10)] == [
        "TypeError: max_retries cannot be None: give 0 for no retries, or leave it out for 2",
        "TypeError: `max_retries` must be a whole number, not bool",
        "TypeError: `max_retries` must be a whole number, not float",
        "TypeError: `max_retries` must be a whole number, not str",
        "ValueError: `max_retries` must be 0 or more: -1",
        0,
        10,
    ]


def test_another_kind_of_client_is_told():
    """With the kind that was expected and the one that came."""
    assert [told(settings.http_client, value, httpx.AsyncClient) for value in (None, "x")] == [
        None,
        "TypeError: Invalid `http_client` argument; Expected an instance of `httpx.AsyncClient` but got <class 'str'>",
    ]


def test_merged_settings_leave_both_alone():
    """The newer wins; what replaces does so whole; both at once are refused."""
    old = {"a": 1, "b": 1}

    assert [settings.merged(old, {"b": 2}, None, "x"), settings.merged(old, None, {"c": 3}, "x")] == [
        {"a": 1, "b": 2},
        {"c": 3},
    ]
    assert (settings.merged(old, None, None, "x"), settings.merged(old, None, {}, "x"), old) == (
        old,
        {},
        {"a": 1, "b": 1},
    )
    assert told(settings.merged, old, {}, {}, "x") == (
        "ValueError: The `x` and `set_x` arguments are mutually exclusive"
    )
