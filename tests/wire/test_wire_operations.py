"""The two halves of a generated function, whatever the function makes of its client."""

from __future__ import annotations

from typing import Any, cast

import pytest

from anthropic_models._generated import ModelInfo, Operation


def operation(function: Any) -> Operation[ModelInfo]:
    """The halves of a function of the test's own."""
    return Operation(cast("Any", function), ModelInfo)


def sending(**request: Any) -> Any:
    """A generated function that asks for this request."""
    return lambda *_, client, **__: client.get_httpx_client().request(**request)


def test_a_request_is_built_from_what_the_function_asks_for() -> None:
    """Its method, address, query and headers, as they are."""
    request = {"method": "get", "url": "/v1/x", "params": {"a": 1}, "headers": {"b": "c"}}

    assert operation(sending(**request)).build() == request
    assert operation(sending(**request)).default_headers == {"b": "c"}
    assert operation(sending(method="get", url="/v1/x")).default_headers == {}


def test_a_request_that_could_not_be_sent_whole_is_refused() -> None:
    """A function that asks for a body, which nothing here would send: that is told, and which parts they are."""
    wants_more = operation(sending(method="post", url="/", json={}, files=[]))

    with pytest.raises(NotImplementedError, match="requests with files, json are not sent yet"):
        wants_more.build()


def test_a_function_that_asks_for_nothing_is_an_error() -> None:
    """It would otherwise be taken for a call that was sent."""
    with pytest.raises(AssertionError, match="returned without asking its client"):
        operation(lambda *_, client: None).build()


def test_a_function_that_needs_more_arguments_has_no_default_headers() -> None:
    """There is no request without them."""

    def needs(path: str, *, client: Any, tenant: str) -> None:
        client.get_httpx_client().request(method="get", url=path, headers={"tenant": tenant})

    assert operation(needs).default_headers == {}
    assert operation(needs).build("x", tenant="t")["headers"] == {"tenant": "t"}
