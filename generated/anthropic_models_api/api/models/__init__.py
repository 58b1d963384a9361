# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

"""The operations of one tag, as methods of the resources of a client."""

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
    """The operations with the tag `models`."""

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

        Returns the details of a model. Given an alias, it returns the model to which the alias currently
        refers.

        Args:
            model_id: The id of a model, or an alias.
            anthropic_version: The version of the API that the program was written for.
            betas: Beta features to switch on. Values other than the known ones are allowed.
            extra_headers: Headers of this request. They replace headers of the same name; `Omit()` removes a header.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Ignored; accepted for compatibility. The request has no body.
            timeout: Seconds for each whole attempt, or an `httpx.Timeout`; None: no timeout. Default: the client's.

        Raises:
            ValueError, TypeError: An argument is invalid. Nothing was sent.
            APIStatusError: The API returned an error status; each common status has a subclass.
            APIResponseValidationError: The response does not match the expected schema.
            APIConnectionError: There was no complete response.
            APITimeoutError: There was no complete response within the timeout.
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
        """The same methods; each returns the response itself, whose `parse()` returns the result."""
        return ModelsWithRawResponse(self._sender)

    @property
    def with_streaming_response(self) -> ModelsWithStreamingResponse:
        """The same methods; each returns a context manager that reads the body on demand."""
        return ModelsWithStreamingResponse(self._sender)


class ModelsWithRawResponse:
    """The operations with the tag `models`. They return the response, already read."""

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

        Returns the details of a model. Given an alias, it returns the model to which the alias currently
        refers.

        Args:
            model_id: The id of a model, or an alias.
            anthropic_version: The version of the API that the program was written for.
            betas: Beta features to switch on. Values other than the known ones are allowed.
            extra_headers: Headers of this request. They replace headers of the same name; `Omit()` removes a header.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Ignored; accepted for compatibility. The request has no body.
            timeout: Seconds for each whole attempt, or an `httpx.Timeout`; None: no timeout. Default: the client's.

        Raises:
            ValueError, TypeError: An argument is invalid. Nothing was sent.
            APIStatusError: The API returned an error status; each common status has a subclass.
            APIResponseValidationError: The response does not match the expected schema.
            APIConnectionError: There was no complete response.
            APITimeoutError: There was no complete response within the timeout.
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
    """The operations with the tag `models`. They return a context manager that reads the response on demand."""

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

        Returns the details of a model. Given an alias, it returns the model to which the alias currently
        refers.

        Args:
            model_id: The id of a model, or an alias.
            anthropic_version: The version of the API that the program was written for.
            betas: Beta features to switch on. Values other than the known ones are allowed.
            extra_headers: Headers of this request. They replace headers of the same name; `Omit()` removes a header.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Ignored; accepted for compatibility. The request has no body.
            timeout: Seconds for each whole attempt, or an `httpx.Timeout`; None: no timeout. Default: the client's.

        Raises:
            ValueError, TypeError: An argument is invalid. Nothing was sent.
            APIStatusError: The API returned an error status; each common status has a subclass.
            APIResponseValidationError: The response does not match the expected schema.
            APIConnectionError: There was no complete response.
            APITimeoutError: There was no complete response within the timeout.
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
    """The operations with the tag `models`."""

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

        Returns the details of a model. Given an alias, it returns the model to which the alias currently
        refers.

        Args:
            model_id: The id of a model, or an alias.
            anthropic_version: The version of the API that the program was written for.
            betas: Beta features to switch on. Values other than the known ones are allowed.
            extra_headers: Headers of this request. They replace headers of the same name; `Omit()` removes a header.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Ignored; accepted for compatibility. The request has no body.
            timeout: Seconds for each whole attempt, or an `httpx.Timeout`; None: no timeout. Default: the client's.

        Raises:
            ValueError, TypeError: An argument is invalid. Nothing was sent.
            APIStatusError: The API returned an error status; each common status has a subclass.
            APIResponseValidationError: The response does not match the expected schema.
            APIConnectionError: There was no complete response.
            APITimeoutError: There was no complete response within the timeout.
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
        """The same methods; each returns the response itself, whose `parse()` returns the result."""
        return AsyncModelsWithRawResponse(self._sender)

    @property
    def with_streaming_response(self) -> AsyncModelsWithStreamingResponse:
        """The same methods; each returns a context manager that reads the body on demand."""
        return AsyncModelsWithStreamingResponse(self._sender)


class AsyncModelsWithRawResponse:
    """The operations with the tag `models`. They return the response, already read."""

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

        Returns the details of a model. Given an alias, it returns the model to which the alias currently
        refers.

        Args:
            model_id: The id of a model, or an alias.
            anthropic_version: The version of the API that the program was written for.
            betas: Beta features to switch on. Values other than the known ones are allowed.
            extra_headers: Headers of this request. They replace headers of the same name; `Omit()` removes a header.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Ignored; accepted for compatibility. The request has no body.
            timeout: Seconds for each whole attempt, or an `httpx.Timeout`; None: no timeout. Default: the client's.

        Raises:
            ValueError, TypeError: An argument is invalid. Nothing was sent.
            APIStatusError: The API returned an error status; each common status has a subclass.
            APIResponseValidationError: The response does not match the expected schema.
            APIConnectionError: There was no complete response.
            APITimeoutError: There was no complete response within the timeout.
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
    """The operations with the tag `models`. They return a context manager that reads the response on demand."""

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

        Returns the details of a model. Given an alias, it returns the model to which the alias currently
        refers.

        Args:
            model_id: The id of a model, or an alias.
            anthropic_version: The version of the API that the program was written for.
            betas: Beta features to switch on. Values other than the known ones are allowed.
            extra_headers: Headers of this request. They replace headers of the same name; `Omit()` removes a header.
            extra_query: Query parameters of this request. Lists are joined by commas.
            extra_body: Ignored; accepted for compatibility. The request has no body.
            timeout: Seconds for each whole attempt, or an `httpx.Timeout`; None: no timeout. Default: the client's.

        Raises:
            ValueError, TypeError: An argument is invalid. Nothing was sent.
            APIStatusError: The API returned an error status; each common status has a subclass.
            APIResponseValidationError: The response does not match the expected schema.
            APIConnectionError: There was no complete response.
            APITimeoutError: There was no complete response within the timeout.
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
