"""The `models` resource: a few lines for each operation, and its twins that give raw and streaming responses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

import httpx

from . import options, wrapped
from ._generated import RETRIEVE, AnthropicBeta, Model, ModelInfo, RetrieveOptions
from .sentinels import NotGiven, Omit, not_given, omit

if TYPE_CHECKING:
    from .async_client import AsyncAnthropic
    from .base_client import BaseClient
    from .calls import Call
    from .client import Anthropic

T = TypeVar("T", bound=Model)


def _retrieve(
    client: BaseClient[Any], model_id: str, betas: Iterable[str] | Omit, parameters: RetrieveOptions, **extra: Any
) -> Call[ModelInfo]:
    path = (options.path_segment("model_id", model_id),)
    for name in parameters.keys() - RetrieveOptions.__annotations__.keys():
        raise TypeError(f"retrieve() got an unexpected keyword argument {name!r}")
    values = dict(parameters)
    if not isinstance(betas, Omit):
        if "anthropic_beta" in values:
            raise TypeError("`anthropic_beta` and `betas` are the same header; give one of them")
        if joined := options.header_tokens("betas", betas):
            values["anthropic_beta"] = joined
    return client._call(RETRIEVE, path, values, **extra)


class Models:
    """Information about models, for `Anthropic`."""

    def __init__(self, client: Anthropic, finish: Callable[[Call[Any]], Any] | None = None) -> None:
        self._client = client
        self._finish = finish  # not the method: a circle of references would keep the client's connections open

    def _parsed(self, call: Call[T]) -> T:
        reply, _ = self._client._send(call)
        return call.parse(reply)

    def retrieve(
        self,
        model_id: str,
        *,
        betas: Iterable[AnthropicBeta | str] | Omit = omit,
        extra_headers: Mapping[str, str | Omit] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: object | None = None,  # noqa: ARG002  # part of the official signature
        timeout: float | httpx.Timeout | NotGiven | None = not_given,
        **parameters: Unpack[RetrieveOptions],
    ) -> ModelInfo:
        """Describe a model, or the model that an alias stands for.

        Args:
            model_id: The identifier of a model, or an alias.
            betas: Beta features to switch on, known ones or others; none sends no header.
            extra_headers: Sent with this request; they win over every other, and `Omit()` leaves a header out.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Taken for compatibility; a GET has no body.
            timeout: Seconds for each attempt as a whole, or an `httpx.Timeout`; None waits for ever.
            parameters: The API's other parameters, as the generated function names them: `anthropic_version`.

        Raises:
            ValueError, TypeError: An argument cannot be sent; nothing was.
            APIStatusError: The API refused: `NotFoundError`, `AuthenticationError`, `RateLimitError`, …
            APIResponseValidationError: It answered, but not with a model.
            APIConnectionError, APITimeoutError: It did not answer, or not in time.

        Source: https://docs.claude.com/en/api/models
        """
        extra = {"extra_headers": extra_headers, "extra_query": extra_query, "timeout": timeout}
        finish = self._finish or self._parsed
        info: ModelInfo = finish(_retrieve(self._client, model_id, betas, parameters, **extra))
        return info

    @property
    def with_raw_response(self) -> ModelsWithRawResponse:
        """The same methods; they give the response itself, whose `parse()` gives the model."""
        return ModelsWithRawResponse(self._client)

    @property
    def with_streaming_response(self) -> ModelsWithStreamingResponse:
        """The same, for a `with` block, in which the body is read when it is asked for."""
        return ModelsWithStreamingResponse(self._client)


class AsyncModels:
    """Information about models, for `AsyncAnthropic`."""

    def __init__(self, client: AsyncAnthropic, finish: Callable[[Call[Any]], Awaitable[Any]] | None = None) -> None:
        self._client = client
        self._finish = finish  # not the method: a circle of references would keep the client's connections open

    async def _parsed(self, call: Call[T]) -> T:
        reply, _ = await self._client._send(call)
        return call.parse(reply)

    async def retrieve(
        self,
        model_id: str,
        *,
        betas: Iterable[AnthropicBeta | str] | Omit = omit,
        extra_headers: Mapping[str, str | Omit] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: object | None = None,  # noqa: ARG002  # part of the official signature
        timeout: float | httpx.Timeout | NotGiven | None = not_given,
        **parameters: Unpack[RetrieveOptions],
    ) -> ModelInfo:
        """Describe a model, or the model that an alias stands for. Arguments and errors are those of `Models`."""
        extra = {"extra_headers": extra_headers, "extra_query": extra_query, "timeout": timeout}
        finish = self._finish or self._parsed
        info: ModelInfo = await finish(_retrieve(self._client, model_id, betas, parameters, **extra))
        return info

    @property
    def with_raw_response(self) -> AsyncModelsWithRawResponse:
        """The same methods; they give the response itself, whose `parse()` gives the model."""
        return AsyncModelsWithRawResponse(self._client)

    @property
    def with_streaming_response(self) -> AsyncModelsWithStreamingResponse:
        """The same, for an `async with` block, in which the body is read when it is asked for."""
        return AsyncModelsWithStreamingResponse(self._client)


class ModelsWithRawResponse:
    """The methods of `Models`, giving a `RawAPIResponse`."""

    def __init__(self, client: Anthropic) -> None:
        self.retrieve = wrapped.raw(Models(client, wrapped.raw_finish(client)).retrieve)


class ModelsWithStreamingResponse:
    """The methods of `Models`, for a `with` block."""

    def __init__(self, client: Anthropic) -> None:
        self.retrieve = wrapped.streaming(Models(client, wrapped.streaming_finish(client)).retrieve)


class AsyncModelsWithRawResponse:
    """The methods of `AsyncModels`, giving a `RawAPIResponse`."""

    def __init__(self, client: AsyncAnthropic) -> None:
        self.retrieve = wrapped.async_raw(AsyncModels(client, wrapped.async_raw_finish(client)).retrieve)


class AsyncModelsWithStreamingResponse:
    """The methods of `AsyncModels`, for an `async with` block."""

    def __init__(self, client: AsyncAnthropic) -> None:
        self.retrieve = wrapped.async_streaming(AsyncModels(client, wrapped.async_streaming_finish(client)).retrieve)
