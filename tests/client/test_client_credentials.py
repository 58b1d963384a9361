"""Ways in: which credential is sent, that there is only one, and what happens without any."""

import pytest
from cases import each

from anthropic_models import Omit

NEITHER = {"api_key": None}


def _sent(request) -> list[tuple[str, str]]:
    return [(name.lower(), value) for name, value in request.headers if name.lower() in ("x-api-key", "authorization")]


def test_no_credential_is_an_error_of_the_call(api, server):
    """Without a credential the call, not the constructor, raises a TypeError that names both ways in; none is sent."""
    client = api.client(**NEITHER)
    with pytest.raises(TypeError, match=r"Could not resolve authentication method.*api_key.*auth_token"):
        api.retrieve(client)

    assert server.requests == []


@pytest.mark.breaks_contract("no credential is sent")
@each("name", ["X-Api-Key", "Authorization", "x-api-key"])
@each("where", ["extra_headers", "default_headers"])
def test_an_omitted_credential_says_that_it_is_meant(api, server, name, where):
    """`Omit()` for either credential header, in the call or in `default_headers`, sends the request with none."""
    omitted = {name: Omit()}
    client = api.client(**NEITHER, default_headers=omitted if where == "default_headers" else None)
    api.retrieve(client, extra_headers=omitted if where == "extra_headers" else None)

    assert _sent(server.last) == []


def test_an_api_key_is_sent_as_x_api_key(api, server):
    """`api_key` is sent as `x-api-key`, stripped of white space at its ends."""
    api.retrieve(api.client(api_key=" key\n"))

    assert _sent(server.last) == [("x-api-key", "key")]


def test_an_auth_token_is_sent_as_bearer(api, server):
    """`auth_token` is sent as `Authorization: Bearer`."""
    api.retrieve(api.client(api_key=None, auth_token="token"))

    assert _sent(server.last) == [("authorization", "Bearer token")]


def test_of_two_credentials_the_key_is_sent(api, server):
    """Given both, the client sends the key, and only it."""
    api.retrieve(api.client(api_key="key", auth_token="token"))

    assert _sent(server.last) == [("x-api-key", "key")]


def test_omitting_the_key_falls_back_to_the_token(api, server):
    """Of two credentials, `Omit()` for the preferred one sends the other."""
    api.retrieve(api.client(api_key="key", auth_token="token"), extra_headers={"X-Api-Key": Omit()})

    assert _sent(server.last) == [("authorization", "Bearer token")]


@each(
    ("variable", "given", "expected"),
    [
        ("ANTHROPIC_API_KEY", {"api_key": None, "auth_token": "token"}, ("authorization", "Bearer token")),
        ("ANTHROPIC_AUTH_TOKEN", {"api_key": "key"}, ("x-api-key", "key")),
        ("ANTHROPIC_API_KEY", {"api_key": "key"}, ("x-api-key", "key")),
    ],
)
def test_an_explicit_credential_beats_the_environment(api, server, variable, given, expected):
    """An explicit argument beats the environment, also where the variable holds the other kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(variable, "from-env")
        api.retrieve(api.client(**given))

    assert _sent(server.last) == [expected]


@each("where", ["extra_headers", "default_headers"])
@each(("name", "value"), [("authorization", "Bearer other"), ("X-API-KEY", "other")])
def test_a_credential_among_the_headers_replaces_that_of_the_client(api, server, where, name, value):
    """A credential in `extra_headers` or `default_headers` is sent instead of the client's own, of either kind."""
    headers = {name: value}
    client = api.client(default_headers=headers if where == "default_headers" else None)
    api.retrieve(client, extra_headers=headers if where == "extra_headers" else None)

    assert _sent(server.last) == [(name.lower(), value)]


def test_a_credential_of_the_call_beats_that_of_default_headers(api, server):
    """`extra_headers` with one credential leaves none that `default_headers` had, though it is of another kind."""
    client = api.client(default_headers={"X-Api-Key": "default"})
    api.retrieve(client, extra_headers={"Authorization": "Bearer extra"})

    assert _sent(server.last) == [("authorization", "Bearer extra")]


def test_two_credentials_in_one_mapping_are_refused(api, server):
    """Both credential headers in one mapping are a ValueError: nobody can say which one is meant."""
    with pytest.raises(ValueError, match="two credentials"):
        api.retrieve(extra_headers={"X-Api-Key": "a", "Authorization": "Bearer b"})

    assert server.requests == []


def test_a_credential_that_is_set_later_is_sent(api, server):
    """`client.api_key = …` changes what the next request sends."""
    client = api.client()
    client.api_key = "rotated"
    api.retrieve(client)

    assert _sent(server.last) == [("x-api-key", "rotated")]
