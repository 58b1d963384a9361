"""The planted key is in nothing that a client shows, nor in an error about a setting or an argument."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from outcomes import outcome, types
from showing import leaks, shown

from anthropic_models import Anthropic, AsyncAnthropic


@pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])
def test_a_client_does_not_show_its_key(kind: Any, key: str) -> None:
    """Neither its repr nor those of its attributes hold it; the client cannot be pickled or copied."""
    client = kind(api_key=key, auth_token=key)

    assert key not in f"{client!r} {client} {vars(client)!r} {client.models!r} {client.default_headers!r}"
    assert client.api_key == client.auth_token == key
    assert key not in f"{[client.api_key, client.auth_token]!r} {pickle.loads(pickle.dumps(client.api_key))}"
    for dump in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled or copied"):
            dump(client)


@pytest.mark.parametrize("name", ["api_key", "auth_token"])
@pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])
def test_a_key_is_stripped_or_refused_without_showing_it(kind: Any, name: str, key: str) -> None:
    """White space at the ends goes; what a header cannot hold is a ValueError that names the setting alone."""
    assert [getattr(kind(**{name: value}), name) for value in (f"{key}\n", f" \t{key}\r\n")] == [key, key]
    refused = [f"{key}\nx", f"x{key}é", f"{key}\x00", f"{key}\ud800", f"{key}\tx\x7f", f"\r\n{key}\r\nx: y"]
    errors = {bad: outcome(kind, **{name: bad}) for bad in refused}

    assert types(errors) == dict.fromkeys(refused, ValueError)
    assert [bad for bad, error in errors.items() if name not in str(error)] == []
    assert leaks(errors, key) == {}


@pytest.mark.parametrize("variable", ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"])
def test_a_bad_key_in_the_environment_is_refused_by_name(
    api: Any, monkeypatch: pytest.MonkeyPatch, variable: str, key: str
) -> None:
    """The message names the variable and does not show its value."""
    monkeypatch.setenv(variable, f"{key}\né")
    with pytest.raises(ValueError, match=variable) as caught:
        api.kind()

    assert [text for text in shown(caught.value) if key in text] == []


def test_a_refused_argument_does_not_show_the_key(any_api: Any, key: str) -> None:
    """Errors that are raised before anything is sent show no credential."""
    client = any_api.client("http://127.0.0.1:1")
    errors = {
        repr(arguments): any_api.error(client, **arguments)
        for arguments in (
            {"model_id": ""},
            {"model_id": "\ud800"},
            {"betas": ["a b"]},
            {"extra_headers": {"x": "é"}},
            {"extra_query": {"x": "\ud800"}},
            {"timeout": -1},
            {"anthropic_version": 7},
            {"no_such": 1},
            {"extra_headers": {"authorization": "a", "x-api-key": "b"}},
        )
    }

    assert {name: error for name, error in errors.items() if not isinstance(error, (ValueError, TypeError))} == {}
    assert leaks(errors, key) == {}
