"""The planted key is in nothing that a client shows, nor in an error about a setting or an argument."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from showing import shown

from anthropic_models import Anthropic, AsyncAnthropic


@pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])
def test_a_client_does_not_show_its_key(kind: Any, key: str) -> None:
    """Neither its repr nor those of its attributes hold it; it cannot be pickled or copied by the copy module."""
    client = kind(api_key=key, auth_token=key)

    assert key not in f"{client!r} {client} {vars(client)!r} {client.models!r} {client.default_headers!r}"
    for dump in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled or copied"):
            dump(client)


@pytest.mark.parametrize(
    "bad", ["{key}\n", "{key}\nx", "x{key}é", "{key}\x00", "{key}\ud800", "{key}\tx\x7f", "\r\n{key}\r\nx: y"]
)
@pytest.mark.parametrize("name", ["api_key", "auth_token"])
@pytest.mark.parametrize("kind", [Anthropic, AsyncAnthropic])
def test_a_key_is_stripped_or_refused_without_showing_it(kind: Any, name: str, bad: str, key: str) -> None:
    """White space at the ends goes; what a header cannot hold is a ValueError that names the setting alone."""
    value = bad.format(key=key)
    if value.strip() == key:
        assert getattr(kind(**{name: value}), name) == key
        return
    with pytest.raises(ValueError, match=name) as caught:
        kind(**{name: value})

    assert [text for text in shown(caught.value) if key in text] == []


@pytest.mark.parametrize("variable", ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"])
def test_a_bad_key_in_the_environment_is_refused_by_name(
    api: Any, monkeypatch: pytest.MonkeyPatch, variable: str, key: str
) -> None:
    """The message names the variable and does not show its value."""
    monkeypatch.setenv(variable, f"{key}\né")
    with pytest.raises(ValueError, match=variable) as caught:
        api.kind()

    assert [text for text in shown(caught.value) if key in text] == []


@pytest.mark.parametrize(
    "arguments",
    [
        {"model_id": ""},
        {"model_id": "\ud800"},
        {"betas": ["a b"]},
        {"extra_headers": {"x": "é"}},
        {"extra_query": {"x": "\ud800"}},
        {"timeout": -1},
        {"anthropic_version": 7},
        {"no_such": 1},
        {"extra_headers": {"authorization": "a", "x-api-key": "b"}},
    ],
)
def test_a_refused_argument_does_not_show_the_key(any_api: Any, arguments: dict[str, Any], key: str) -> None:
    """Errors that are raised before anything is sent have no frame whose local variables show the credential."""
    client = any_api.client("http://127.0.0.1:1")
    with pytest.raises((ValueError, TypeError)) as caught:
        any_api.run(client.models.retrieve(**{"model_id": "m", **arguments}))

    assert [text for text in shown(caught.value) if key in text] == []
