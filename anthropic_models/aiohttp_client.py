"""An httpx client on aiohttp, in its own module because aiohttp is slow to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from .http_clients import DefaultAsyncHttpxClient, with_defaults

if TYPE_CHECKING:
    DefaultAioHttpClient = DefaultAsyncHttpxClient
else:
    try:
        from httpx_aiohttp import HttpxAiohttpClient
    except ImportError:
        HttpxAiohttpClient = None

    class DefaultAioHttpClient(HttpxAiohttpClient or httpx.AsyncClient):
        """An `httpx.AsyncClient` on aiohttp, for `AsyncAnthropic(http_client=...)`; needs the extra `aiohttp`."""

        cancels_at_deadline = True

        def __init__(self, **settings: Any) -> None:
            if HttpxAiohttpClient is None:
                raise RuntimeError(
                    "To use the aiohttp client you must have installed the package with the `aiohttp` extra: "
                    "pip install 'anthropic-models[aiohttp]'"
                )
            super().__init__(**with_defaults(settings))
