"""The types of models and generic classes, checked and never run; `tests/surface` pins the others."""

from __future__ import annotations

import datetime
from typing import Literal, assert_type

import httpx
from anthropic_models_api import AuthenticatedClient
from anthropic_models_api.api.models import retrieve_model

import anthropic_models
from anthropic_models import Anthropic, AsyncAnthropic, RawAPIResponse
from anthropic_models.types import ModelInfo


def model(info: ModelInfo) -> None:
    """A model, field by field."""
    assert_type(info.id, str)
    assert_type(info.created_at, datetime.datetime)
    assert_type(info.type, Literal["model"])
    assert_type(info._request_id, str | None)  # pyright: ignore[reportPrivateUsage]  # public, as in the official SDK
    assert_type(info.to_json(), str)


def responses(client: Anthropic) -> None:
    """Raw and streaming responses parse into models, and copies keep their class."""
    assert_type(client.copy().models.retrieve("m"), ModelInfo)
    raw = client.models.with_raw_response.retrieve("m")
    assert_type(raw, RawAPIResponse[ModelInfo])
    assert_type(raw.parse(), ModelInfo)
    assert_type(raw.http_response, httpx.Response)
    assert_type(raw.headers, httpx.Headers)
    assert_type(raw.request_id, str | None)
    with client.models.with_streaming_response.retrieve("m") as response:
        assert_type(response, anthropic_models.APIResponse[ModelInfo])
        assert_type(response.parse(), ModelInfo)


async def asynchronous(client: AsyncAnthropic) -> None:
    """The same for the asynchronous client."""
    assert_type(await client.with_options(timeout=None).models.retrieve("m"), ModelInfo)
    assert_type(await client.models.with_raw_response.retrieve("m"), RawAPIResponse[ModelInfo])
    async with client.models.with_streaming_response.retrieve("m") as response:
        assert_type(response, anthropic_models.AsyncAPIResponse[ModelInfo])
        assert_type(await response.parse(), ModelInfo)


def mistakes(client: Anthropic, alone: AuthenticatedClient, info: ModelInfo) -> None:
    """Mistakes that a type checker reports; an unnecessary `type: ignore` is an error too."""
    Anthropic("key")  # type: ignore[call-arg]  # keyword-only
    Anthropic(http_client=httpx.AsyncClient())  # type: ignore[arg-type]  # the other kind
    AsyncAnthropic(http_client=httpx.Client())  # type: ignore[arg-type]  # the other kind
    Anthropic(max_retries=None)  # type: ignore[arg-type]  # a number is needed
    client.models.retrieve(5)  # type: ignore[arg-type]  # ids are strings
    client.models.retrieve("m", beta=["a"])  # type: ignore[call-arg]  # misspelt
    client.models.retrieve("m", extra_headers={"a": 5})  # type: ignore[dict-item]  # header values are strings
    info.nothing  # type: ignore[attr-defined]  # noqa: B018  # no such field
    info.type = "model"  # type: ignore[misc]  # read-only
    retrieve_model.sync(7, client=alone)  # type: ignore[arg-type]  # the generated function
