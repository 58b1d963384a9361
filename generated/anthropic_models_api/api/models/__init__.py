# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

"""The operations of one tag as methods of a resource, for a client that sends them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import httpx

from ...types import UNSET, Bounds, SequenceNotStr, Unset

from . import retrieve_model
from ...models.anthropic_beta import AnthropicBeta
from ...models.model_info import ModelInfo

if TYPE_CHECKING:
    from anthropic_models.api_response import AsyncStreamManager, RawAPIResponse, StreamManager
    from anthropic_models.sender import AsyncSender, Sender

_list = list  # a method may be called `list`


class Models:
    """The operations of `models`."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def retrieve(
        self,
        model_id: Annotated[str, Bounds(minLength=1)],
        *,
        anthropic_version: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
        betas: SequenceNotStr[AnthropicBeta | str] | Unset = UNSET,
        extra_headers: Mapping[str, str | Unset] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: object | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> ModelInfo:
        """Retrieve a model.

        Describes one model. An alias is answered with the model that it currently stands for, so this is
        also the way to resolve one.

        Args:
            model_id: The identifier of a model, or an alias of one.
            anthropic_version: The version of the API that the caller is written for.
            betas: Beta features to switch on: one comma-separated header, or the header repeated. Values
                that are not known here are passed on.
            extra_headers: Headers of this request. They replace all others of the same name; `Omit()` removes one.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Accepted for compatibility; a request of this operation has no body.
            timeout: Seconds for each attempt as a whole, or an `httpx.Timeout`; None waits without end.

        Raises:
            ValueError, TypeError: An argument cannot be sent. Nothing was sent.
            APIStatusError: The API refused; its subclasses stand for the statuses.
            APIResponseValidationError: The API answered with something that its description does not allow.
            APIConnectionError, APITimeoutError: No answer arrived, or not in time.
        """
        result: ModelInfo = self._sender.parsed(
            retrieve_model.OPERATION,
            {
                "model_id": model_id,
                "anthropic_version": anthropic_version,
                "betas": betas,
            },
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )
        return result

    @property
    def with_raw_response(self) -> ModelsWithRawResponse:
        """The same methods, returning the response itself, whose `parse()` returns the result."""
        return ModelsWithRawResponse(self._sender)

    @property
    def with_streaming_response(self) -> ModelsWithStreamingResponse:
        """The same methods, for a `with` block in which the body is read on demand."""
        return ModelsWithStreamingResponse(self._sender)


class ModelsWithRawResponse:
    """The operations of `models`, giving the response."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def retrieve(
        self,
        model_id: Annotated[str, Bounds(minLength=1)],
        *,
        anthropic_version: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
        betas: SequenceNotStr[AnthropicBeta | str] | Unset = UNSET,
        extra_headers: Mapping[str, str | Unset] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: object | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RawAPIResponse[ModelInfo]:
        """Retrieve a model.

        Describes one model. An alias is answered with the model that it currently stands for, so this is
        also the way to resolve one.

        Args:
            model_id: The identifier of a model, or an alias of one.
            anthropic_version: The version of the API that the caller is written for.
            betas: Beta features to switch on: one comma-separated header, or the header repeated. Values
                that are not known here are passed on.
            extra_headers: Headers of this request. They replace all others of the same name; `Omit()` removes one.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Accepted for compatibility; a request of this operation has no body.
            timeout: Seconds for each attempt as a whole, or an `httpx.Timeout`; None waits without end.

        Raises:
            ValueError, TypeError: An argument cannot be sent. Nothing was sent.
            APIStatusError: The API refused; its subclasses stand for the statuses.
            APIResponseValidationError: The API answered with something that its description does not allow.
            APIConnectionError, APITimeoutError: No answer arrived, or not in time.
        """
        result: RawAPIResponse[ModelInfo] = self._sender.raw(
            retrieve_model.OPERATION,
            {
                "model_id": model_id,
                "anthropic_version": anthropic_version,
                "betas": betas,
            },
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )
        return result


class ModelsWithStreamingResponse:
    """The operations of `models`, giving a response to read in a `with` block."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def retrieve(
        self,
        model_id: Annotated[str, Bounds(minLength=1)],
        *,
        anthropic_version: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
        betas: SequenceNotStr[AnthropicBeta | str] | Unset = UNSET,
        extra_headers: Mapping[str, str | Unset] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: object | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> StreamManager[ModelInfo]:
        """Retrieve a model.

        Describes one model. An alias is answered with the model that it currently stands for, so this is
        also the way to resolve one.

        Args:
            model_id: The identifier of a model, or an alias of one.
            anthropic_version: The version of the API that the caller is written for.
            betas: Beta features to switch on: one comma-separated header, or the header repeated. Values
                that are not known here are passed on.
            extra_headers: Headers of this request. They replace all others of the same name; `Omit()` removes one.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Accepted for compatibility; a request of this operation has no body.
            timeout: Seconds for each attempt as a whole, or an `httpx.Timeout`; None waits without end.

        Raises:
            ValueError, TypeError: An argument cannot be sent. Nothing was sent.
            APIStatusError: The API refused; its subclasses stand for the statuses.
            APIResponseValidationError: The API answered with something that its description does not allow.
            APIConnectionError, APITimeoutError: No answer arrived, or not in time.
        """
        result: StreamManager[ModelInfo] = self._sender.streaming(
            retrieve_model.OPERATION,
            {
                "model_id": model_id,
                "anthropic_version": anthropic_version,
                "betas": betas,
            },
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )
        return result


class AsyncModels:
    """The operations of `models`."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    async def retrieve(
        self,
        model_id: Annotated[str, Bounds(minLength=1)],
        *,
        anthropic_version: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
        betas: SequenceNotStr[AnthropicBeta | str] | Unset = UNSET,
        extra_headers: Mapping[str, str | Unset] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: object | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> ModelInfo:
        """Retrieve a model.

        Describes one model. An alias is answered with the model that it currently stands for, so this is
        also the way to resolve one.

        Args:
            model_id: The identifier of a model, or an alias of one.
            anthropic_version: The version of the API that the caller is written for.
            betas: Beta features to switch on: one comma-separated header, or the header repeated. Values
                that are not known here are passed on.
            extra_headers: Headers of this request. They replace all others of the same name; `Omit()` removes one.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Accepted for compatibility; a request of this operation has no body.
            timeout: Seconds for each attempt as a whole, or an `httpx.Timeout`; None waits without end.

        Raises:
            ValueError, TypeError: An argument cannot be sent. Nothing was sent.
            APIStatusError: The API refused; its subclasses stand for the statuses.
            APIResponseValidationError: The API answered with something that its description does not allow.
            APIConnectionError, APITimeoutError: No answer arrived, or not in time.
        """
        result: ModelInfo = await self._sender.parsed(
            retrieve_model.OPERATION,
            {
                "model_id": model_id,
                "anthropic_version": anthropic_version,
                "betas": betas,
            },
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )
        return result

    @property
    def with_raw_response(self) -> AsyncModelsWithRawResponse:
        """The same methods, returning the response itself, whose `parse()` returns the result."""
        return AsyncModelsWithRawResponse(self._sender)

    @property
    def with_streaming_response(self) -> AsyncModelsWithStreamingResponse:
        """The same methods, for a `with` block in which the body is read on demand."""
        return AsyncModelsWithStreamingResponse(self._sender)


class AsyncModelsWithRawResponse:
    """The operations of `models`, giving the response."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    async def retrieve(
        self,
        model_id: Annotated[str, Bounds(minLength=1)],
        *,
        anthropic_version: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
        betas: SequenceNotStr[AnthropicBeta | str] | Unset = UNSET,
        extra_headers: Mapping[str, str | Unset] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: object | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RawAPIResponse[ModelInfo]:
        """Retrieve a model.

        Describes one model. An alias is answered with the model that it currently stands for, so this is
        also the way to resolve one.

        Args:
            model_id: The identifier of a model, or an alias of one.
            anthropic_version: The version of the API that the caller is written for.
            betas: Beta features to switch on: one comma-separated header, or the header repeated. Values
                that are not known here are passed on.
            extra_headers: Headers of this request. They replace all others of the same name; `Omit()` removes one.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Accepted for compatibility; a request of this operation has no body.
            timeout: Seconds for each attempt as a whole, or an `httpx.Timeout`; None waits without end.

        Raises:
            ValueError, TypeError: An argument cannot be sent. Nothing was sent.
            APIStatusError: The API refused; its subclasses stand for the statuses.
            APIResponseValidationError: The API answered with something that its description does not allow.
            APIConnectionError, APITimeoutError: No answer arrived, or not in time.
        """
        result: RawAPIResponse[ModelInfo] = await self._sender.raw(
            retrieve_model.OPERATION,
            {
                "model_id": model_id,
                "anthropic_version": anthropic_version,
                "betas": betas,
            },
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )
        return result


class AsyncModelsWithStreamingResponse:
    """The operations of `models`, giving a response to read in a `with` block."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def retrieve(
        self,
        model_id: Annotated[str, Bounds(minLength=1)],
        *,
        anthropic_version: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
        betas: SequenceNotStr[AnthropicBeta | str] | Unset = UNSET,
        extra_headers: Mapping[str, str | Unset] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: object | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AsyncStreamManager[ModelInfo]:
        """Retrieve a model.

        Describes one model. An alias is answered with the model that it currently stands for, so this is
        also the way to resolve one.

        Args:
            model_id: The identifier of a model, or an alias of one.
            anthropic_version: The version of the API that the caller is written for.
            betas: Beta features to switch on: one comma-separated header, or the header repeated. Values
                that are not known here are passed on.
            extra_headers: Headers of this request. They replace all others of the same name; `Omit()` removes one.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Accepted for compatibility; a request of this operation has no body.
            timeout: Seconds for each attempt as a whole, or an `httpx.Timeout`; None waits without end.

        Raises:
            ValueError, TypeError: An argument cannot be sent. Nothing was sent.
            APIStatusError: The API refused; its subclasses stand for the statuses.
            APIResponseValidationError: The API answered with something that its description does not allow.
            APIConnectionError, APITimeoutError: No answer arrived, or not in time.
        """
        result: AsyncStreamManager[ModelInfo] = self._sender.streaming(
            retrieve_model.OPERATION,
            {
                "model_id": model_id,
                "anthropic_version": anthropic_version,
                "betas": betas,
            },
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )
        return result
