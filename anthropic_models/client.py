"""The two clients: their settings, copying and closing. `BaseClient` has what both share; `sender.py` sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, NoReturn, Self, TypeVar

import httpx
from anthropic_models_api.api import DEFAULT_HEADERS, AsyncResources, Resources
from anthropic_models_api.types import Unset

from . import options, settings
from ._version import __version__
from .call import own_headers
from .libraries import AsyncHttpClient, HttpClient, TimeoutLike
from .log import configure_logging
from .sender import AsyncSender, Sender
from .sentinels import not_given
from .transport import certificates

S = TypeVar("S", Sender, AsyncSender)
H = TypeVar("H")


class BaseClient(Generic[S, H]):
    """What both clients share: settings, each checked when it is set, and copying."""

    _sender: S
    _sender_kind: type[S]
    _http_kind: str

    def __init__(
        self,
        *,
        api_key: str | None = None,
        auth_token: str | None = None,
        base_url: str | httpx.URL | None = None,
        timeout: float | TimeoutLike | Unset | None = not_given,
        max_retries: int = settings.DEFAULT_MAX_RETRIES,
        default_headers: Mapping[str, str | Unset] | None = None,
        default_query: Mapping[str, object] | None = None,
        http_client: H | None = None,
    ) -> None:
        configure_logging()
        if api_key is None and auth_token is None:  # an argument takes precedence over the environment
            api_key = settings.credential_of_environment("ANTHROPIC_API_KEY")
            auth_token = settings.credential_of_environment("ANTHROPIC_AUTH_TOKEN")
        given = settings.http_client(http_client, self._http_kind)
        checked = settings.Settings(
            api_key=api_key,
            auth_token=auth_token,
            base_url=settings.base_url_of_environment("ANTHROPIC_BASE_URL") if base_url is None else base_url,
            timeout=settings.default_timeout(given) if isinstance(timeout, Unset) else timeout,
            max_retries=max_retries,
            default_headers=default_headers,
            default_query=default_query,
        )
        super().__init__(self._sender_kind(checked, given, self.user_agent))  # type: ignore[call-arg]  # both clients also inherit from `Resources`
        self._load_certificates()

    def _load_certificates(self) -> None:
        """Read the certificates now, so that the first call does not block an event loop."""
        context = getattr(self._sender.http_client, "tls_context", None)
        if isinstance(context, certificates.Context) and self.base_url.scheme == "https":
            # Called through the class: once another thread has loaded the context, it has no method `load` any more.
            certificates.Context.load(context)

    @property
    def api_key(self) -> str | None:
        """The key that is sent as `x-api-key`."""
        return self._sender.settings.api_key

    @api_key.setter
    def api_key(self, value: str | None) -> None:
        self._sender.settings.set("api_key", value)

    @property
    def auth_token(self) -> str | None:
        """The token that is sent as `Authorization: Bearer`, if there is no `api_key`."""
        return self._sender.settings.auth_token

    @auth_token.setter
    def auth_token(self, value: str | None) -> None:
        self._sender.settings.set("auth_token", value)

    @property
    def base_url(self) -> httpx.URL:
        """The base URL of the API; ends in a slash."""
        return self._sender.settings.base_url

    @base_url.setter
    def base_url(self, value: httpx.URL | str) -> None:
        self._sender.settings.set("base_url", value)
        self._load_certificates()

    @property
    def timeout(self) -> float | httpx.Timeout | None:
        """Seconds for one whole attempt, or the `Timeout` that was set; None means no timeout."""
        return self._sender.settings.timeout

    @timeout.setter
    def timeout(self, value: float | TimeoutLike | None) -> None:
        self._sender.settings.set("timeout", value)

    @property
    def max_retries(self) -> int:
        """The maximum number of retries of a call."""
        return self._sender.settings.max_retries

    @max_retries.setter
    def max_retries(self, value: int) -> None:
        self._sender.settings.set("max_retries", value)

    @property
    def default_headers(self) -> dict[str, str]:
        """The headers of every request, except the key or token, the retry count, and those of HTTP (Host, ...)."""
        own = self._sender.settings
        return options.merged_headers(own_headers(self.user_agent), DEFAULT_HEADERS, own.default_headers)

    @property
    def default_query(self) -> dict[str, object]:
        """The query parameters of every request."""
        return dict(self._sender.settings.default_query)

    @property
    def user_agent(self) -> str:
        """The value of the `User-Agent` header."""
        return f"anthropic-models/{__version__} ({type(self).__name__})"

    def is_closed(self) -> bool:
        """Whether the client has been closed."""
        return self._sender.is_closed()

    def copy(
        self,
        *,
        api_key: str | None = None,
        auth_token: str | None = None,
        base_url: str | httpx.URL | None = None,
        timeout: float | TimeoutLike | Unset | None = not_given,
        http_client: H | None = None,
        max_retries: int | Unset = not_given,
        default_headers: Mapping[str, str | Unset] | None = None,
        set_default_headers: Mapping[str, str | Unset] | None = None,
        default_query: Mapping[str, object] | None = None,
        set_default_query: Mapping[str, object] | None = None,
    ) -> Self:
        """Return a client with these settings changed. Without `http_client`, it shares the HTTP client of this one.

        `default_…` arguments are merged with the current values; `set_default_…` arguments replace them.
        """
        old = self._sender.settings
        if api_key is None and auth_token is None:
            api_key, auth_token = old.api_key, old.auth_token
        new = type(self)(
            api_key=api_key,
            auth_token=auth_token,
            base_url=old.base_url if base_url is None else base_url,
            timeout=old.timeout if isinstance(timeout, Unset) else timeout,
            max_retries=old.max_retries if isinstance(max_retries, Unset) else max_retries,
            default_headers=settings.merged(
                old.default_headers, default_headers, set_default_headers, "default_headers"
            ),
            default_query=settings.merged(old.default_query, default_query, set_default_query, "default_query"),
            http_client=self._sender.http_client if http_client is None else http_client,
        )
        new.api_key, new.auth_token = api_key, auth_token  # the constructor reads the environment if both are None
        if http_client is None:
            new._sender.is_shared, new._sender.is_default = True, self._sender.is_default
        return new

    with_options = copy

    def __repr__(self) -> str:
        sender = self.__dict__.get("_sender")  # a traceback may show a client whose constructor raised
        return f"{type(self).__name__}(base_url={str(sender.settings.base_url) if sender else ''!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} cannot be pickled or copied this way: it holds a credential; use .copy()"
        )


class Anthropic(BaseClient[Sender, HttpClient], Resources):
    """A blocking client of the Anthropic API. Safe to share between threads.

        client = Anthropic()
        client.models.retrieve("claude-sonnet-4-20250514").display_name

    Args:
        api_key: Sent as `x-api-key`. If neither it nor `auth_token` is given, both are read from ANTHROPIC_API_KEY
            and ANTHROPIC_AUTH_TOKEN. Only one credential is sent; `api_key` takes precedence.
        auth_token: Sent as `Authorization: Bearer`.
        base_url: The base URL of the API. Default: ANTHROPIC_BASE_URL, else https://api.anthropic.com.
        timeout: Seconds for one whole attempt, from waiting for a connection to the last byte. None means no timeout.
            Or an `httpx.Timeout`: its longest value limits the whole attempt, unless `read` is None; then only the
            other steps are limited. Default: 60, with at most 5 for connecting; with an `http_client` whose timeout
            is not httpx's default, that timeout.
        max_retries: The maximum number of retries of a call. Default: 2.
        default_headers: Sent with every request; an `Omit()` value removes a header.
        default_query: Query parameters of every request.
        http_client: An httpx or httpx2 client that sends the requests. `close()` closes it too.

    Raises:
        ValueError, TypeError: A setting is invalid; the message names it.
    """

    _sender_kind = Sender
    _http_kind = "Client"

    def close(self) -> None:
        """Close the client and its HTTP client. A copy does not close the HTTP client that it shares."""
        if http_client := self._sender.close():
            http_client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncAnthropic(BaseClient[AsyncSender, AsyncHttpClient], AsyncResources):
    """An asynchronous client of the Anthropic API.

    Safe to share between tasks, threads and event loops; with your own `http_client`, only if that is safe to share.

        client = AsyncAnthropic()
        (await client.models.retrieve("claude-sonnet-4-20250514")).display_name

    The arguments and errors are those of `Anthropic`, except that `http_client` is an asynchronous client.
    """

    _sender_kind = AsyncSender
    _http_kind = "AsyncClient"

    async def close(self) -> None:
        """Close the client and its HTTP client. A copy does not close the HTTP client that it shares."""
        if http_client := self._sender.close():
            await http_client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


Client = Anthropic
AsyncClient = AsyncAnthropic
