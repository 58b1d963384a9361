"""The two halves of a generated function, whatever the function makes of its client."""

from __future__ import annotations

from typing import Any, cast

import pytest

from anthropic_models import APIResponseValidationError
from anthropic_models._generated import ModelInfo, Operation
from anthropic_models.responses import parse
from anthropic_models.transport.messages import Origin, Reply, Request


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


def test_what_cannot_be_parsed_is_told() -> None:
    """Where the generated parser fails at what has passed every check: the answer is no model, and says why not."""
    given = Reply(Request("GET", Origin("http", "h", 80, "h"), "/", {}), 200, [], {})
    given.body = b'{"type": "model", "id": "m", "display_name": "M", "created_at": "2025-01-01T00:00:00Z"}'
    told = {}
    for failure in (KeyError("x"), TypeError("x"), ValueError("x"), AttributeError("x"), RecursionError("x")):

        def fail(*_: Any, failure: Exception = failure, **__: Any) -> None:
            raise failure

        with pytest.raises(APIResponseValidationError) as caught:
            parse(operation(fail), given, (), {})
        told[type(failure)] = "the body cannot be parsed: " in str(caught.value)
    with pytest.raises(APIResponseValidationError, match="the API describes no such success"):
        parse(operation(lambda **_: type("Answer", (), {"parsed": None})), given, (), {})

    assert set(told.values()) == {True}


def test_a_function_that_needs_more_arguments_has_no_default_headers() -> None:
    """There is no request without them."""

    def needs(path: str, *, client: Any, tenant: str) -> None:
        client.get_httpx_client().request(method="get", url=path, headers={"tenant": tenant})

    assert operation(needs).default_headers == {}
    assert operation(needs).build("x", tenant="t")["headers"] == {"tenant": "t"}
