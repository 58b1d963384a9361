"""Credentials: which one is sent, and what happens with two or none."""

import pytest
from cases import each

from anthropic_models import Omit

BOTH = {"api_key": "key", "auth_token": "token"}
KEY, TOKEN = ("x-api-key", "key"), ("authorization", "Bearer token")


def _sent(request):
    return [(name.lower(), value) for name, value in request.headers if name.lower() in ("x-api-key", "authorization")]


def test_two_credentials_are_refused(api, server):
    """Two in one mapping of headers raise a ValueError, and nothing is sent."""
    with pytest.raises(ValueError, match="two credentials"):
        api.retrieve(extra_headers={"X-Api-Key": "a", "Authorization": "Bearer b"})

    assert server.requests == []


@each(
    ("settings", "extra_headers", "sent"),
    [
        ({"api_key": " key\n"}, {}, KEY),
        ({"api_key": None, "auth_token": "token"}, {}, TOKEN),
        (BOTH, {}, KEY),
        (BOTH, {"X-Api-Key": Omit()}, TOKEN),
        ({}, {"authorization": "Bearer token"}, TOKEN),
        ({}, {"X-API-KEY": "key"}, KEY),
        ({"default_headers": {"authorization": "Bearer token"}}, {}, TOKEN),
        ({"default_headers": {"X-API-KEY": "key"}}, {}, KEY),
        ({"default_headers": {"X-Api-Key": "default"}}, {"Authorization": "Bearer token"}, TOKEN),
    ],
)
def test_exactly_one_credential_is_sent(api, server, settings, extra_headers, sent):
    """The key wins over the token; headers of the call win over default headers, and those over the arguments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANTHROPIC_API_KEY", "from-env")
        patch.setenv("ANTHROPIC_AUTH_TOKEN", "from-env")
        api.retrieve(api.client(**settings), extra_headers=extra_headers)

    assert _sent(server.last) == [sent]


@pytest.mark.breaks_contract("no credential is sent")
@each("name", ["X-Api-Key", "Authorization", "x-api-key"])
@each("where", ["extra_headers", "default_headers"])
def test_omit_sends_a_request_without_a_credential(api, server, name, where):
    """`Omit()` for either credential header, in the call or in `default_headers`, allows a request with none."""
    omitted = {where: {name: Omit()}}
    client = api.client(api_key=None, default_headers=omitted.get("default_headers"))
    api.retrieve(client, extra_headers=omitted.get("extra_headers"))

    assert _sent(server.last) == []


def test_a_credential_that_is_set_later_is_sent(api, server):
    """`client.api_key = …` and `client.auth_token = …` change what the next request sends."""
    client = api.client()
    client.api_key = "key"
    api.retrieve(client)
    client.api_key, client.auth_token = None, "token"
    api.retrieve(client)

    assert [_sent(request) for request in server.requests] == [[KEY], [TOKEN]]
