"""A small, typed, code-generated client for the Anthropic API's model information.

    from anthropic_models import Anthropic

    client = Anthropic()
    print(client.models.retrieve("claude-sonnet-4-20250514").display_name)

Names are loaded when they are first used, so importing the package alone takes almost no time.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from . import errors
from ._version import __version__ as __version__
from .errors import *  # noqa: F403  # all that its `__all__` lists is public here

if TYPE_CHECKING:
    from . import types as types
    from .aiohttp_client import DefaultAioHttpClient as DefaultAioHttpClient
    from .api_response import APIResponse as APIResponse
    from .api_response import AsyncAPIResponse as AsyncAPIResponse
    from .api_response import RawAPIResponse as RawAPIResponse
    from .client import Anthropic as Anthropic
    from .client import AsyncAnthropic as AsyncAnthropic
    from .client import AsyncClient as AsyncClient
    from .client import Client as Client
    from .http_clients import DEFAULT_CONNECTION_LIMITS as DEFAULT_CONNECTION_LIMITS
    from .http_clients import DefaultAsyncHttpxClient as DefaultAsyncHttpxClient
    from .http_clients import DefaultHttpxClient as DefaultHttpxClient
    from .sentinels import NOT_GIVEN as NOT_GIVEN
    from .sentinels import NotGiven as NotGiven
    from .sentinels import Omit as Omit
    from .sentinels import not_given as not_given
    from .sentinels import omit as omit
    from .settings import DEFAULT_MAX_RETRIES as DEFAULT_MAX_RETRIES
    from .settings import DEFAULT_TIMEOUT as DEFAULT_TIMEOUT
    from .settings import Timeout as Timeout

_MODULES = {
    "api_response": "APIResponse AsyncAPIResponse RawAPIResponse",
    "aiohttp_client": "DefaultAioHttpClient",
    "client": "Anthropic AsyncAnthropic AsyncClient Client",
    "http_clients": "DEFAULT_CONNECTION_LIMITS DefaultAsyncHttpxClient DefaultHttpxClient",
    "sentinels": "NOT_GIVEN NotGiven Omit not_given omit",
    "settings": "DEFAULT_MAX_RETRIES DEFAULT_TIMEOUT Timeout",
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = sorted(["__version__", "types", *errors.__all__, *_MODULE_OF])


def __getattr__(name: str) -> Any:
    if name == "types":
        return importlib.import_module(".types", __name__)
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f".{_MODULE_OF[name]}", __name__), name)
    return value


def __dir__() -> list[str]:
    return __all__
