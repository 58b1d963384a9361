# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

"""The clients that are passed to the endpoint functions: settings, and the httpx clients created from them."""

import ssl
from typing import Any, Self

import httpx
from attrs import define, evolve, field


@define(kw_only=True, repr=False)
class Client:
    """Settings of the API client; `AuthenticatedClient` adds a credential.

    Attributes:
        base_url: The URL of the API, to which the paths of the endpoints are appended.
        cookies, headers: Sent with every request.
        timeout: An `httpx.Timeout`, or None for no timeout. Functions raise `httpx.TimeoutException`.
        verify_ssl: True, the path of a certificate file, or an `ssl.SSLContext`, as for httpx.
        follow_redirects: Whether redirects are followed. httpx also sends the headers to another host, except
            `Authorization`.
        httpx_args: Further arguments of `httpx.Client` and `httpx.AsyncClient`.
        raise_on_unexpected_status: Whether a status that is not in the document raises `errors.UnexpectedStatus`.
    """

    raise_on_unexpected_status: bool = False
    _base_url: str = field(alias="base_url", kw_only=False)
    _cookies: dict[str, str] = field(factory=dict, alias="cookies")
    _headers: dict[str, str] = field(factory=dict, alias="headers")
    _timeout: httpx.Timeout | None = field(factory=lambda: httpx.Timeout(60.0, connect=5.0), alias="timeout")
    _verify_ssl: str | bool | ssl.SSLContext = field(default=True, alias="verify_ssl")
    _follow_redirects: bool = field(default=False, alias="follow_redirects")
    _httpx_args: dict[str, Any] = field(factory=dict, alias="httpx_args")
    _client: httpx.Client | None = field(default=None, init=False)
    _async_client: httpx.AsyncClient | None = field(default=None, init=False)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={str(httpx.URL(self._base_url).copy_with(userinfo=b''))!r})"

    def with_headers(self, headers: dict[str, str]) -> Self:
        """Return a copy with more headers; this client is unchanged."""
        return evolve(self, headers={**self._headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """Return a copy with more cookies; this client is unchanged."""
        return evolve(self, cookies={**self._cookies, **cookies})

    def with_timeout(self, timeout: httpx.Timeout | None) -> Self:
        """Return a copy with another timeout; this client is unchanged."""
        return evolve(self, timeout=timeout)

    def _settings(self) -> dict[str, Any]:
        return {
            "base_url": self._base_url,
            "cookies": self._cookies,
            "headers": self._headers,
            "timeout": self._timeout,
            "verify": self._verify_ssl,
            "follow_redirects": self._follow_redirects,
            **self._httpx_args,
        }

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Use this httpx client, which keeps its own settings."""
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """The underlying client, created at the first call."""
        if self._client is None:
            self._client = httpx.Client(**self._settings())
        return self._client

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Use this httpx client, which keeps its own settings."""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """The underlying asynchronous client, created at the first call."""
        if self._async_client is None:
            self._async_client = httpx.AsyncClient(**self._settings())
        return self._async_client

    def __enter__(self) -> Self:
        self.get_httpx_client().__enter__()
        return self

    def __exit__(self, *args: Any) -> None:
        self.get_httpx_client().__exit__(*args)

    async def __aenter__(self) -> Self:
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(self, *args: Any) -> None:
        await self.get_async_httpx_client().__aexit__(*args)


@define(kw_only=True, repr=False)
class AuthenticatedClient(Client):
    """A client with a credential, which it sends with every request. Its `repr` does not show the credential.

    Attributes:
        token: The credential.
        prefix: The word before the credential in the header; empty for none.
        auth_header_name: The name of the header.
    """

    token: str
    prefix: str = "Bearer"
    auth_header_name: str = "Authorization"

    def _settings(self) -> dict[str, Any]:
        value = f"{self.prefix} {self.token}" if self.prefix else self.token
        settings = super(AuthenticatedClient, self)._settings()
        return {**settings, "headers": {**settings["headers"], self.auth_header_name: value}}
