"""The generated functions and clients against a real server on loopback."""

import asyncio
import json
import threading
from typing import Any

import httpx
import pytest
from anthropic_models_api import AuthenticatedClient, Client
from anthropic_models_api.api.models import retrieve_model
from anthropic_models_api.errors import UnexpectedStatus
from anthropic_models_api.models import ErrorResponse, ModelInfo
from anthropic_models_api.types import Response
from cases import each
from facts import API_VERSION
from trust import TLS

KEY = "sk-planted-0123456789"


def call(way: str, client: AuthenticatedClient, **options: Any) -> Response[ErrorResponse | ModelInfo]:
    """Retrieve a model by the synchronous or by the asynchronous function; the client is closed afterwards."""
    if way == "sync":
        with client:
            return retrieve_model.sync_detailed("claude-a/b", client=client, **options)

    async def run() -> Response[ErrorResponse | ModelInfo]:
        async with client:
            return await retrieve_model.asyncio_detailed("claude-a/b", client=client, **options)

    return asyncio.run(run())


@pytest.fixture(params=["sync", "asyncio"])
def way(request: pytest.FixtureRequest) -> str:
    """Both ways to call."""
    return str(request.param)


def connect(url: str, **settings: Any) -> AuthenticatedClient:
    """A client with a planted key."""
    return AuthenticatedClient(url, token=KEY, prefix="", auth_header_name="x-api-key", verify_ssl=TLS, **settings)


def test_a_model_is_retrieved(loopback: Any, model_body: Any, way: str) -> None:
    """One request, as the fragment says; the answer is the model."""
    loopback.body = json.dumps(model_body).encode()
    answer = call(way, connect(loopback.url), anthropic_beta="a,b")
    (request,) = loopback.requests
    path, headers = request.target, {name.lower(): value for name, value in request.headers}

    assert (answer.status_code, type(answer.parsed)) == (200, ModelInfo)
    assert path == "/v1/models/claude-a%2Fb"
    assert {name: headers[name] for name in ("x-api-key", "anthropic-version", "anthropic-beta")} == {
        "x-api-key": KEY,
        "anthropic-version": API_VERSION,
        "anthropic-beta": "a,b",
    }


def test_absent_betas_send_no_header(loopback: Any, model_body: Any, way: str) -> None:
    """What is not given is not sent."""
    loopback.body = json.dumps(model_body).encode()
    call(way, connect(loopback.url))

    assert loopback.requests[0].header("anthropic-beta") is None


def test_every_documented_error_gets_through(loopback: Any, error_bodies: dict[int, bytes], way: str) -> None:
    """Each status of the fragment, 529 too, gives its number and its body as an ErrorResponse."""
    assert 529 in error_bodies
    for status, body in error_bodies.items():
        loopback.status, loopback.body = status, body
        answer = call(way, connect(loopback.url))

        assert (answer.status_code, type(answer.parsed)) == (status, ErrorResponse)
        assert isinstance(answer.parsed, ErrorResponse)
        assert answer.parsed.to_dict(mode="json") == json.loads(body)


@each("status", [299, 418, 499, 520, 599, 999])
def test_any_other_status_gets_through_unparsed(loopback: Any, way: str, status: int) -> None:
    """A status that is not in the document is a number with the bytes of the body, and no error by default."""
    loopback.status, loopback.body = status, b"<html>"
    answer = call(way, connect(loopback.url))

    assert (answer.status_code, answer.content, answer.parsed) == (status, b"<html>", None)


def test_an_unknown_status_can_be_made_an_error(loopback: Any, way: str) -> None:
    """`raise_on_unexpected_status` raises with status and body."""
    loopback.status, loopback.body = 599, b"oh"
    with pytest.raises(UnexpectedStatus) as caught:
        call(way, connect(loopback.url, raise_on_unexpected_status=True))

    assert (caught.value.status_code, caught.value.content) == (599, b"oh")


def test_the_key_is_in_no_repr() -> None:
    """Neither before nor after the httpx client is made, nor in that of a copy."""
    client = connect("https://user:secret@api.example/v1", headers={"x-other": KEY}, cookies={"c": KEY})
    with client:
        copied = client.with_headers({"x-more": KEY})
        shown = "".join(map(repr, (client, copied, client.get_httpx_client()))) + str(client)

    assert KEY not in shown
    assert "secret" not in shown


def test_copies_leave_their_parent_alone() -> None:
    """A copy with other settings changes neither its parent nor the dictionaries that the caller gave."""
    headers = {"x-mine": "1"}
    parent = connect("http://host", headers=headers)
    copy = parent.with_headers({"x-more": "2"}).with_cookies({"c": "3"}).with_timeout(httpx.Timeout(1))
    with parent, copy:
        pass

    assert headers == {"x-mine": "1"}
    assert "x-more" not in parent.get_httpx_client().headers
    assert copy.get_httpx_client().headers["x-mine"] == "1"
    assert parent.get_httpx_client().timeout != httpx.Timeout(1)


def test_there_is_a_timeout_by_default() -> None:
    """A minute, and five seconds to connect."""
    with Client("http://host") as client:
        assert client.get_httpx_client().timeout == httpx.Timeout(60.0, connect=5.0)


def test_threads_share_one_loopback(loopback: Any, model_body: Any) -> None:
    """One client used by several threads at once gives each its answer."""
    loopback.body = json.dumps(model_body).encode()
    answers: list[Any] = []
    with connect(loopback.url) as client:
        client.get_httpx_client()
        work = [
            threading.Thread(target=lambda: answers.append(retrieve_model.sync("m", client=client))) for _ in range(4)
        ]
        for thread in work:
            thread.start()
        for thread in work:
            thread.join()

    assert answers == [ModelInfo.from_dict(model_body)] * 4
