"""An httpx client on aiohttp, in its own module because aiohttp is slow to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from .http_clients import DefaultAsyncHttpxClient, with_defaults

if TYPE_CHECKING:
    DefaultAioHttpClient = DefaultAsyncHttpxClient
else:
    try:
        import aiohttp
        from httpx_aiohttp import HttpxAiohttpClient, transport
    except ImportError:
        HttpxAiohttpClient = None
    else:
        # It has `ConnectTimeout` for every failed connection, and nothing for a response that is not HTTP.
        getattr(transport, "AIOHTTP_EXC_MAP", {}).update(
            {
                aiohttp.ClientConnectionError: httpx.NetworkError,
                aiohttp.ConnectionTimeoutError: httpx.ConnectTimeout,
                aiohttp.ClientResponseError: httpx.RemoteProtocolError,
            }
        )

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
