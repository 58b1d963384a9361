"""The one door to the generated package: no other module imports its code.

A generated function builds its request, asks its client to send it, and parses the answer. Its client is ours
here and sends nothing: once it keeps the request, once it hands over an answer that came in another way.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, TypeVar, cast

from anthropic_models_api import AuthenticatedClient
from anthropic_models_api import models as models
from anthropic_models_api.api.models import retrieve_model
from anthropic_models_api.models import AnthropicBeta as AnthropicBeta
from anthropic_models_api.models import ModelInfo as ModelInfo
from anthropic_models_api.types import UNSET as UNSET
from anthropic_models_api.types import Model as Model
from anthropic_models_api.types import Unset as Unset
from anthropic_models_api.types import parse_datetime as parse_datetime

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from anthropic_models_api.types import Response

RetrieveOptions = retrieve_model.Options

T = TypeVar("T", bound=Model)


class _BuiltError(Exception):
    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request


class _Recorder(AuthenticatedClient):
    def get_httpx_client(self) -> httpx.Client:
        return cast("httpx.Client", self)

    def request(self, **request: Any) -> NoReturn:
        raise _BuiltError(request)


class _Replay(AuthenticatedClient):
    def __init__(self, answer: Decoded) -> None:
        self.raise_on_unexpected_status = False
        self._answer = answer

    def get_httpx_client(self) -> httpx.Client:
        return cast("httpx.Client", self)

    def request(self, **_: Any) -> Decoded:
        return self._answer


class Decoded:
    """As much of an `httpx.Response` as a generated parser reads; its JSON is decoded already."""

    content = b""
    headers: ClassVar[dict[str, str]] = {}

    def __init__(self, status_code: int, value: object) -> None:
        self.status_code = status_code
        self._value = value

    def json(self) -> object:
        """The decoded body."""
        return self._value


_SENT = frozenset(("method", "url", "params", "headers"))
_RECORDER = _Recorder(base_url="", token="")


class Operation(Generic[T]):
    """A generated function, in its two halves that send nothing.

    Args:
        function: The generated `sync_detailed`.
        result: What a success is parsed into.
    """

    def __init__(self, function: Callable[..., Response[Any]], result: type[T]) -> None:
        self._function = function
        self.result = result

    def build(self, *path: str, **options: Any) -> dict[str, Any]:
        """The request, as keyword arguments for `httpx.Client.request`."""
        try:
            self._function(*path, client=_RECORDER, **options)
        except _BuiltError as built:
            if unknown := built.request.keys() - _SENT:
                raise NotImplementedError(f"requests with {', '.join(sorted(unknown))} are not sent yet") from None
            return built.request
        raise AssertionError("the generated function returned without asking its client for anything")

    @functools.cached_property
    def default_headers(self) -> dict[str, str]:
        """The headers that a request has when nothing but its path is given."""
        try:
            return dict(self.build("-").get("headers", {}))
        except TypeError:  # another argument is required: there is no such request
            return {}

    def parse(self, answer: Decoded, *path: str, **options: Any) -> object:
        """What the generated parser makes of an answer; None where it has nothing for its status."""
        return self._function(*path, client=_Replay(answer), **options).parsed


RETRIEVE = Operation(retrieve_model.sync_detailed, ModelInfo)
