"""The generated functions and clients alone, against a real server on loopback."""

import asyncio
from typing import Any

import httpx
import pytest
from anthropic_models_api import AuthenticatedClient
from anthropic_models_api.api.models import retrieve_model
from anthropic_models_api.errors import UnexpectedStatus
from anthropic_models_api.models import ErrorResponse, ModelInfo
from anthropic_models_api.types import Response
from cases import each
from facts import API_VERSION, FRAGMENT
from recording import MODEL, Answer
from trust import TLS

KEY = "sk-planted-0123456789"
WAYS = each("way", ["sync", "asyncio"])


def connect(url: str, **settings: Any) -> AuthenticatedClient:
    """A client with a planted key."""
    return AuthenticatedClient(url, token=KEY, prefix="", auth_header_name="x-api-key", verify_ssl=TLS, **settings)


def call(way: str, client: AuthenticatedClient, **options: Any) -> Response[ErrorResponse | ModelInfo]:
    """Retrieve a model by the synchronous or by the asynchronous function; the client is closed afterwards."""
    if way == "sync":
        with client:
            return retrieve_model.sync_detailed("claude-a/b", client=client, **options)

    async def run() -> Response[ErrorResponse | ModelInfo]:
        async with client:
            return await retrieve_model.asyncio_detailed("claude-a/b", client=client, **options)

    return asyncio.run(run())


@WAYS
def test_a_model_is_retrieved(server, way):
    """The request matches the fragment, the result is the model, and an argument that is not given is not sent."""
    response = call(way, connect(server.url), anthropic_beta="a,b")
    call(way, connect(server.url))
    request, without = server.requests

    assert (response.status_code, response.parsed) == (200, ModelInfo.from_dict(MODEL))
    assert (request.target, request.header("x-api-key")) == ("/v1/models/claude-a%2Fb", KEY)
    assert (request.header("anthropic-version"), request.header("anthropic-beta")) == (API_VERSION, "a,b")
    assert without.header("anthropic-beta") is None


@WAYS
def test_every_status_is_returned(server, way):
    """A documented status has an ErrorResponse; any other has its bytes, or raises an error if so configured."""
    item = FRAGMENT["paths"]["/v1/models/{model_id}"]
    declared, responses = item["get"]["responses"], FRAGMENT["components"]["responses"]
    names = {int(status): each["$ref"].rpartition("/")[2] for status, each in declared.items() if "$ref" in each}
    assert 529 in names
    for status, name in names.items():
        body = responses[name]["content"]["application/json"]["example"]
        server.plan(Answer(status, body))
        response = call(way, connect(server.url))
        assert isinstance(response.parsed, ErrorResponse)
        assert (response.status_code, response.parsed.to_dict(mode="json")) == (status, body)
    for status in (299, 418, 499, 520, 599, 999):
        server.plan(Answer(status, b"<html>"), Answer(status, b"oh"))
        response = call(way, connect(server.url))
        with pytest.raises(UnexpectedStatus) as caught:
            call(way, connect(server.url, raise_on_unexpected_status=True))
        assert (response.status_code, response.content, response.parsed) == (status, b"<html>", None)
        assert (caught.value.status_code, caught.value.content) == (status, b"oh")


def test_the_key_is_in_no_repr():
    """No repr has the key, before and after the httpx client is made, or in a copy."""
    client = connect("https://user:secret@api.example/v1", headers={"x-other": KEY}, cookies={"c": KEY})
    with client:
        copied = client.with_headers({"x-more": KEY})
        shown = "".join(map(repr, (client, copied, client.get_httpx_client()))) + str(client)

    assert KEY not in shown
    assert "secret" not in shown


def test_copies_do_not_change_their_parent():
    """A copy changes neither its parent, which has the default timeouts, nor the caller's dictionaries."""
    headers = {"x-mine": "1"}
    parent = connect("http://host", headers=headers)
    copy = parent.with_headers({"x-more": "2"}).with_cookies({"c": "3"}).with_timeout(httpx.Timeout(1))
    with parent, copy:
        old, new = parent.get_httpx_client(), copy.get_httpx_client()

    assert headers == {"x-mine": "1"}
    assert ("x-more" in old.headers, new.headers["x-mine"]) == (False, "1")
    assert (old.timeout, new.timeout) == (httpx.Timeout(60.0, connect=5.0), httpx.Timeout(1))
