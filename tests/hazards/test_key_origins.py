"""A redirect to another origin carries no key along: nothing reaches the other origin."""

from __future__ import annotations

from typing import Any

import pytest
from hostile import answer
from outcomes import asked, by_name

from anthropic_models import APIConnectionError, APIStatusError

LEAVES = [
    "http://{other}/v1/models/m",
    "//{other}/v1/models/m",
    "http://u:p@{other}/x",
    "https://{here}/x",
    "http://u@{here}/x",
]


def moved(location: str, status: int = 302) -> bytes:
    """A redirect."""
    return answer(b"", status, [("location", location)])


@pytest.mark.parametrize("follow", [True, False])
def test_no_request_reaches_another_origin(any_api: Any, serve: Any, follow: bool) -> None:
    """Whatever the redirect's status and the http_client's own setting, the other server is never connected to."""
    other, names = serve(), ["301", "302", "303", "307", "308"]
    server = serve(by_name({name: moved(f"{other.url}/v1/models/m", int(name)) for name in names}))

    errors = any_api.outcomes(any_api.client(server.url, http={"follow_redirects": follow}), names)

    assert [name for name, error in errors.items() if not isinstance(error, APIStatusError)] == []
    assert {name: str(error.status_code) for name, error in errors.items()} == {name: name for name in names}
    assert not follow or [name for name, error in errors.items() if other.url not in str(error)] == []
    assert (other.connections, asked(server)) == (0, dict.fromkeys(names, 1))


def test_every_spelling_of_another_origin_is_refused(any_api: Any, serve: Any) -> None:
    """Another port, another scheme, a protocol-relative address, user information: all are another origin."""
    other, server = serve(), serve()
    server.scripts = [by_name({each: moved(each.format(other=other.origin, here=server.origin)) for each in LEAVES})]

    errors = any_api.outcomes(any_api.client(server.url, max_retries=2), LEAVES)

    assert [name for name, error in errors.items() if not isinstance(error, APIStatusError)] == []
    assert (other.connections, len(server.requests)) == (0, len(LEAVES))


def test_another_scheme_on_the_same_port_is_another_origin(any_api: Any, serve: Any, tls: Any) -> None:
    """From https to http of the same host and port nothing goes: the key would be in the clear."""
    server = serve(context=tls)
    server.scripts = [moved(server.url.replace("https", "http") + "/v1/models/m")]
    client = any_api.client(server.url, max_retries=2)

    assert isinstance(any_api.error(client), APIStatusError)
    assert len(server.requests) == 1


def test_a_location_that_is_no_url_is_one_error(any_api: Any, serve: Any) -> None:
    """It is never retried. httpx fails on some even when it follows nothing, and then the answer itself is lost."""
    locations = ["http://[", "http://h:99999/", "http://h:x/", "data:,x", "http://\xff\xfe/"]
    server = serve(by_name({each: moved(each) for each in locations}))

    errors = any_api.outcomes(any_api.client(server.url, max_retries=2), locations)

    allowed = (APIStatusError, APIConnectionError)
    assert {name: error for name, error in errors.items() if not isinstance(error, allowed)} == {}
    assert len(server.requests) == len(locations)


def test_what_the_caller_put_in_headers_and_query_stays_too(any_api: Any, serve: Any) -> None:
    """default_headers, extra_headers and the query do not cross to another origin either."""
    other = serve()
    server = serve(moved(f"{other.url}/"))
    client = any_api.client(server.url, default_headers={"x-mine": "mine"}, default_query={"a": "b"})
    any_api.error(client, extra_headers={"x-more": "more"}, extra_query={"c": "d"})

    assert other.connections == 0


@pytest.mark.breaks_contract("the redirect leads to another path")
def test_a_redirect_to_the_same_origin_is_followed(any_api: Any, serve: Any, key: str) -> None:
    """Inside the origin the call goes on, with its one credential."""
    server = serve(moved("/elsewhere?x=1"), answer())

    assert any_api.retrieve(any_api.client(server.url)).type == "model"
    assert [each.target for each in server.requests] == ["/v1/models/m", "/elsewhere?x=1"]
    assert server.requests[1].values("x-api-key") == [key]


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.breaks_contract("the redirects lead to other paths")
def test_redirects_end(any_api: Any, serve: Any, count: int) -> None:
    """A circle ends at once, a chain after ten steps; neither is retried."""
    server = serve(*(moved(f"/{number}") for number in range(count)), moved("/0"))

    error = any_api.error(any_api.client(server.url, max_retries=2))

    assert isinstance(error, APIStatusError)
    assert len(server.requests) == {1: 2, 20: 11}[count]
