"""The settings of a client, which the two kinds share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypeVar, cast, overload

import httpx

from . import options, settings
from ._version import __version__
from .log import heed_environment
from .secrets import Secret
from .sentinels import NotGiven, Omit, not_given
from .transport.environment import check_certificates, proxy_for

if TYPE_CHECKING:
    from ._generated import Model, Operation
    from .calls import Call
    from .transport.async_transport import AsyncTransport
    from .transport.sync_transport import SyncTransport

V = TypeVar("V")
W = TypeVar("W")
T = TypeVar("T", bound="Model")
H = TypeVar("H", httpx.Client, httpx.AsyncClient)


class Setting(Generic[V, W]):
    """An attribute that reads as V and is set from W; every new value is checked, by the setting's name."""

    def __init__(self, check: Callable[[str, object], object]) -> None:
        self._check = check

    def __set_name__(self, owner: type[object], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, client: None, owner: type[object]) -> Self: ...
    @overload
    def __get__(self, client: object, owner: type[object]) -> V: ...
    def __get__(self, client: object | None, owner: type[object]) -> V | Self:
        if client is None:
            return self
        value = client.__dict__[f"_{self._name}"]
        return cast("V", value.value if isinstance(value, Secret) else value)

    def __set__(self, client: object, value: W) -> None:
        client.__dict__[f"_{self._name}"] = self._check(self._name, value)


class Credential(Setting[str | None, str | Secret | None]):
    """One that is hidden at once: a traceback may show local variables."""

    def __init__(self) -> None:
        super().__init__(cast("Callable[[str, object], object]", settings.secret))

    def __set__(self, client: object, value: str | Secret | None) -> None:
        hidden = Secret.of(value)
        del value
        super().__set__(client, hidden)


def _checked_url(name: str, value: object) -> httpx.URL:
    url = settings.base_url(name, value)
    proxy_for(url)
    if url.scheme == "https":
        check_certificates()
    return url


def _checked_timeout(name: str, value: object) -> object:
    settings.timeout(name, value)
    return value


class BaseClient(Generic[H]):
    """What both clients are: settings, and the calls made with them."""

    api_key: Credential = Credential()
    """The key sent as `x-api-key`."""
    auth_token: Credential = Credential()
    """The token sent as `Authorization: Bearer`, where there is no `api_key`."""
    base_url: Setting[httpx.URL, httpx.URL | str] = Setting(_checked_url)
    """Where the API is; ends in a slash."""
    timeout: Setting[float | httpx.Timeout | None, float | httpx.Timeout | None] = Setting(_checked_timeout)
    """Seconds for one attempt as a whole, or an `httpx.Timeout`; None waits for ever."""
    max_retries: Setting[int, int] = Setting(settings.max_retries)
    """How many times a failed call is tried again."""

    _http_kind: type[H]
    _transport_kind: type[Any]
    _transport: SyncTransport | AsyncTransport

    def __init__(
        self,
        *,
        api_key: str | None = None,
        auth_token: str | None = None,
        base_url: str | httpx.URL | None = None,
        timeout: float | httpx.Timeout | NotGiven | None = not_given,
        max_retries: int = settings.DEFAULT_MAX_RETRIES,
        default_headers: Mapping[str, str | Omit] | None = None,
        default_query: Mapping[str, object] | None = None,
        http_client: H | None = None,
    ) -> None:
        key, token = Secret.of(api_key), Secret.of(auth_token)
        del api_key, auth_token  # a traceback may show local variables
        heed_environment()
        if key is None and token is None:
            key, token = settings.secret_from("ANTHROPIC_API_KEY"), settings.secret_from("ANTHROPIC_AUTH_TOKEN")
        self.api_key, self.auth_token = key, token  # an argument beats the environment
        self.base_url = settings.base_url_from("ANTHROPIC_BASE_URL") if base_url is None else base_url
        self.max_retries = max_retries
        self._custom_headers = options.headers("default_headers", default_headers)
        self._custom_query = options.query_values("default_query", default_query)
        given = settings.http_client(http_client, self._http_kind)
        self.timeout = settings.effective_timeout(timeout, given)
        self._load()
        self._transport = self._transport_kind(given)
        self._shares_transport = False
        self._is_closed = False

    @property
    def default_headers(self) -> dict[str, str]:
        """The headers that every request has, but for its credential."""
        from ._generated import RETRIEVE

        return options.merged_headers(self._own_headers(), RETRIEVE.default_headers, self._custom_headers)

    @property
    def default_query(self) -> dict[str, object]:
        """The query parameters that every request has."""
        return dict(self._custom_query)

    @property
    def user_agent(self) -> str:
        """How requests introduce the client."""
        return f"anthropic-models/{__version__} ({type(self).__name__})"

    def _load(self) -> None:
        """Load what calls need: with the first client, so that its class is imported fast, and no call imports."""
        from .calls import Call

        self._call_kind: type[Call[Any]] = Call

    def is_closed(self) -> bool:
        """Whether the client has been closed."""
        return self._is_closed or self._transport.is_closed

    def _copied(
        self,
        *,
        api_key: Secret | None,
        auth_token: Secret | None,
        base_url: str | httpx.URL | None,
        timeout: float | httpx.Timeout | NotGiven | None,
        http_client: H | None,
        max_retries: int | NotGiven,
        default_headers: Mapping[str, str | Omit] | None,
        set_default_headers: Mapping[str, str | Omit] | None,
        default_query: Mapping[str, object] | None,
        set_default_query: Mapping[str, object] | None,
    ) -> Self:
        if api_key is None and auth_token is None:
            api_key, auth_token = Secret.of(self.api_key), Secret.of(self.auth_token)
        new = type(self)(
            api_key=cast("str | None", api_key),  # a Secret, which is taken as it is
            auth_token=cast("str | None", auth_token),
            base_url=self.base_url if base_url is None else base_url,
            timeout=self.timeout if isinstance(timeout, NotGiven) else timeout,
            max_retries=self.max_retries if isinstance(max_retries, NotGiven) else max_retries,
            default_headers=settings.merged(
                self._custom_headers, default_headers, set_default_headers, "default_headers"
            ),
            default_query=settings.merged(self._custom_query, default_query, set_default_query, "default_query"),
            http_client=http_client,
        )
        if http_client is None:
            new._transport = self._transport
            new._shares_transport = True
        return new

    def _own_headers(self) -> dict[str, str]:
        return {
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive",
            "User-Agent": self.user_agent,
        }

    def _call(
        self,
        operation: Operation[T],
        path: tuple[str, ...],
        parameters: Mapping[str, Any],
        *,
        extra_headers: object = None,
        extra_query: object = None,
        timeout: object = not_given,
    ) -> Call[T]:
        credentials = {}
        if self.api_key is not None:
            credentials["X-Api-Key"] = Secret(self.api_key)
        if self.auth_token is not None:
            credentials["Authorization"] = Secret(f"Bearer {self.auth_token}")
        own_timeout = self.timeout if isinstance(timeout, NotGiven) else timeout
        return self._call_kind(
            operation,
            path,
            parameters,
            base_url=self.base_url,
            header_layers=(self._own_headers(), self._custom_headers, options.headers("extra_headers", extra_headers)),
            credentials=credentials,
            query=options.query(self._custom_query, options.query_values("extra_query", extra_query)),
            timeout=settings.timeout("timeout", own_timeout),
            max_retries=self.max_retries,
        )

    def __repr__(self) -> str:
        base_url = self.__dict__.get("_base_url", "")  # a traceback may show a client that was refused half-made
        return f"{type(self).__name__}(base_url={str(base_url)!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} cannot be pickled or copied this way: it holds a credential; use .copy()"
        )
