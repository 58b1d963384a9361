# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

"""The resources of the clients: one for each tag of the document, blocking and asynchronous."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from . import models as _models

if TYPE_CHECKING:
    from anthropic_models.sender import AsyncSender, Sender

DEFAULT_HEADERS: Final[dict[str, Any]] = {
    "anthropic-version": "2023-06-01",
}
"""The headers that have a default in the document, which every request sends."""


class Resources:
    """The resources of the blocking client."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @cached_property
    def models(self) -> _models.Models:
        """The operations with the tag `models`."""
        return _models.Models(self._sender)

    @property
    def with_raw_response(self) -> ResourcesWithRawResponse:
        """The same resources and methods; each returns the response itself, whose `parse()` returns the result."""
        return ResourcesWithRawResponse(self._sender)

    @property
    def with_streaming_response(self) -> ResourcesWithStreamingResponse:
        """The same resources and methods; each returns a context manager that reads the body on demand."""
        return ResourcesWithStreamingResponse(self._sender)


class ResourcesWithRawResponse:
    """The same resources, whose methods return responses."""

    def __init__(self, sender: Sender) -> None:
        self.models: _models.ModelsWithRawResponse = _models.ModelsWithRawResponse(sender)


class ResourcesWithStreamingResponse:
    """The same resources, whose methods return responses."""

    def __init__(self, sender: Sender) -> None:
        self.models: _models.ModelsWithStreamingResponse = _models.ModelsWithStreamingResponse(sender)


class AsyncResources:
    """The resources of the asynchronous client."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @cached_property
    def models(self) -> _models.AsyncModels:
        """The operations with the tag `models`."""
        return _models.AsyncModels(self._sender)

    @property
    def with_raw_response(self) -> AsyncResourcesWithRawResponse:
        """The same resources and methods; each returns the response itself, whose `parse()` returns the result."""
        return AsyncResourcesWithRawResponse(self._sender)

    @property
    def with_streaming_response(self) -> AsyncResourcesWithStreamingResponse:
        """The same resources and methods; each returns a context manager that reads the body on demand."""
        return AsyncResourcesWithStreamingResponse(self._sender)


class AsyncResourcesWithRawResponse:
    """The same resources, whose methods return responses."""

    def __init__(self, sender: AsyncSender) -> None:
        self.models: _models.AsyncModelsWithRawResponse = _models.AsyncModelsWithRawResponse(sender)


class AsyncResourcesWithStreamingResponse:
    """The same resources, whose methods return responses."""

    def __init__(self, sender: AsyncSender) -> None:
        self.models: _models.AsyncModelsWithStreamingResponse = _models.AsyncModelsWithStreamingResponse(sender)
