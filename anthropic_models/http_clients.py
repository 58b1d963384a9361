"""httpx clients with this package's defaults, for who wants to change but a few settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from .settings import DEFAULT_TIMEOUT

DEFAULT_CONNECTION_LIMITS = httpx.Limits(max_connections=1000, max_keepalive_connections=100)


def _with_defaults(settings: dict[str, Any]) -> dict[str, Any]:
    return {"timeout": DEFAULT_TIMEOUT, "limits": DEFAULT_CONNECTION_LIMITS, "follow_redirects": True, **settings}


class DefaultHttpxClient(httpx.Client):
    """An `httpx.Client` for `Anthropic(http_client=...)`; takes the same arguments."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**_with_defaults(settings))


class DefaultAsyncHttpxClient(httpx.AsyncClient):
    """An `httpx.AsyncClient` for `AsyncAnthropic(http_client=...)`; takes the same arguments."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**_with_defaults(settings))


if TYPE_CHECKING:
    DefaultAioHttpClient = DefaultAsyncHttpxClient
else:
    try:
        import httpx_aiohttp
    except ImportError:

        class DefaultAioHttpClient(httpx.AsyncClient):
            """An `httpx.AsyncClient` on aiohttp; needs the `aiohttp` extra."""

            def __init__(self, **_: Any) -> None:
                raise RuntimeError(
                    "To use the aiohttp client you must have installed the package with the `aiohttp` extra: "
                    "pip install '.[aiohttp]' in a checkout"
                )

    else:

        class DefaultAioHttpClient(httpx_aiohttp.HttpxAiohttpClient):
            """An `httpx.AsyncClient` on aiohttp, for `AsyncAnthropic(http_client=...)`."""

            def __init__(self, **settings: Any) -> None:
                super().__init__(**_with_defaults(settings))
