"""A call before and after it is sent: its headers in their layers, its target, and what the log says of it."""

from __future__ import annotations

from typing import Any, cast

from calling import made
from telling import told

from anthropic_models import Anthropic, Omit, __version__
from anthropic_models._generated import RETRIEVE, ModelInfo, Operation
from anthropic_models.calls import Call, _credential, _is_asked
from anthropic_models.secrets import Secret


def asking(**request: Any) -> Operation[ModelInfo]:
    """The halves of a generated function that asks for this request."""

    def function(*path: str, client: Any, **options: Any) -> None:
        whole = {"method": "get", "url": "/v1/x", **request}
        client.get_httpx_client().request(**{**whole, "url": "/".join([whole["url"], *path, *options])})

    return Operation(cast("Any", function), ModelInfo)


def headers(call: Call[Any], retries: int = 0) -> list[tuple[str, str]]:
    """The headers of an attempt, in their order."""
    return list(call.request(call.target, retries).headers.items())


def test_a_plain_call_has_these_headers_in_this_order():
    """As they are spelled here: where it goes, what the client is, the version of the API, the key, the count."""
    client = Anthropic(api_key="k", auth_token="t", base_url="http://h:81")

    assert headers(client._call(RETRIEVE, ("m",), {}), 3) == [
        ("Host", "h:81"),
        ("Accept", "application/json"),
        ("Accept-Encoding", "gzip, deflate"),
        ("Connection", "keep-alive"),
        ("User-Agent", f"anthropic-models/{__version__} (Anthropic)"),
        ("anthropic-version", "2023-06-01"),
        ("X-Api-Key", "k"),
        ("x-stainless-retry-count", "3"),
    ]
    client.api_key = None
    assert dict(headers(client._call(RETRIEVE, ("m",), {})))["Authorization"] == "Bearer t"


def test_a_later_layer_of_headers_wins():
    """The described ones over the client's own, the defaults over those, what was asked for over them, then extras."""
    operation = asking(headers={"a": "described", "b": "described", "c": "described", "d": "described"})
    operation.__dict__["default_headers"] = {"a": "described", "b": "described", "c": "described", "d": "usual"}
    own = dict.fromkeys("abcde", "own")
    call = made(
        operation,
        header_layers=(own, dict.fromkeys("bcd", "default"), {"c": "extra", "E": Omit()}),
        parameters={"b": "given"},
    )

    assert dict(headers(call)) == {
        "Host": "h:444",
        "a": "described",
        "b": "described",
        "c": "extra",
        "d": "described",
        "X-Api-Key": "planted",
        "x-stainless-retry-count": "0",
    }


def test_a_header_is_asked_for_by_its_name_or_by_another_value():
    """What a request always has is not; nor is anything where no request can be had without arguments."""
    usual, none = asking(headers={"A-B": "1"}), asking()
    cases = [
        (usual, "A-B", "1", {"a_b": "1"}, True),
        (usual, "A-B", "1", {"A-B": "1"}, False),
        (usual, "A-B", "2", {}, True),
        (usual, "C", "2", {}, True),
        (none, "A-B", "2", {}, False),
        (none, "A-B", "2", {"a_b": "2"}, True),
    ]

    assert [_is_asked(name, value, given, which) for which, name, value, given, _ in cases] == [
        expected for *_, expected in cases
    ]


def test_the_target_is_what_the_function_asks_for_below_the_base():
    """With the query of the function before that of the caller; the method is in capitals."""
    targets = {
        "plain": made(asking(url="/X/y/")).target,
        "query": made(asking(url="//v1", params={"a": 1, "b": None}), query="c=d").target,
        "the caller's alone": made(asking(params={}), query="c=d").target,
        "the function's alone": made(asking(params={"a": ["x", "y"]}), path=()).target,
        "options": made(asking(), parameters={"p": 1, "q": 2}).target,
    }

    assert targets == {
        "plain": "/base/X/y//m",
        "query": "/base/v1/m?a=1&c=d",
        "the caller's alone": "/base/v1/x/m?c=d",
        "the function's alone": "/base/v1/x?a=x%2Cy",
        "options": "/base/v1/x/m/p/q",
    }
    request = made(asking(method="head")).request("/t", 0)
    assert (request.method, request.url, request.origin.port) == ("HEAD", "https://h:444/t", 444)


def test_a_credential_is_the_first_that_is_not_left_out():
    """The caller's own, in any layer and spelling, leaves none of the client's; without any that is told."""
    both = {"X-Api-Key": Secret("k"), "Authorization": Secret("t")}
    layers: list[Any] = [{}, {"AUTHORIZATION": Omit()}, {"x-api-KEY": Omit()}, {"X-API-KEY": "own"}, {"other": "x"}]

    assert [_credential(both, ({}, layer)) for layer in layers] == [
        {"X-Api-Key": "k"},
        {"X-Api-Key": "k"},
        {"Authorization": "t"},
        {},
        {"X-Api-Key": "k"},
    ]
    assert _credential({}, ({"x-api-key": Omit()},)) == {}
    assert _credential(both, ({"x-api-key": Omit(), "authorization": Omit()},)) == {}
    assert str(told(_credential, {}, ({"other": "x"},))).startswith(
        "TypeError: Could not resolve authentication method. Expected either api_key or auth_token to be set: give"
    )


def test_the_callers_own_count_of_retries_stands():
    """In whatever layer and spelling; `Omit` sends none."""
    for layers in (({}, {"X-Stainless-Retry-Count": "9"}, {}), ({}, {}, {"x-stainless-retry-count": "9"})):
        assert [value for name, value in headers(made(header_layers=layers), 1) if "count" in name.lower()] == ["9"]
    assert len(headers(made(header_layers=({}, {}, {"x-stainless-retry-COUNT": Omit()})))) == 3
