"""The settings of a client: each is checked whenever it is set, by its name."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from anthropic_models_api.types import Unset

from . import options
from .libraries import TimeoutLike, classes, is_a, type_name
from .secrets import Secret
from .transport import proxies

Timeout = httpx.Timeout
DEFAULT_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
DEFAULT_MAX_RETRIES = 2
DEFAULT_BASE_URL = "https://api.anthropic.com"

_MAX_SECONDS = 1e8  # beyond, the operating system's own limits begin


class Settings:
    """What a client was made with, and may be changed to."""

    api_key: str | None
    auth_token: str | None
    base_url: httpx.URL
    timeout: float | httpx.Timeout | None
    max_retries: int
    default_headers: dict[str, str | Unset]
    default_query: dict[str, object]

    def __init__(self, **settings: object) -> None:
        for name, value in settings.items():
            self.set(name, value)

    def set(self, name: str, value: object) -> None:
        """Change a setting. A value that cannot be used raises ValueError or TypeError, by the setting's name."""
        setattr(self, name, CHECKS[name](name, value))


def credential(name: str, value: object) -> Secret | None:
    """A key or token, stripped. The message about a bad one does not show it."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"`{name}` must be a string, not {type_name(value)}")
    stripped = Secret(value.strip())
    if not stripped:
        raise ValueError(f"`{name}` is empty")
    return Secret(options.header_value(name, stripped))


def base_url(name: str, value: object) -> httpx.URL:
    """Where the API is, as a URL that ends in a slash. One trailing `/v1` is understood."""
    if not isinstance(value, (str, *classes("URL"))):
        raise TypeError(f"`{name}` must be a string or an httpx.URL, not {type_name(value)}")
    text = str(value)
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise ValueError(f"`{name}` is not a URL: {error}") from None
    if url.userinfo:
        raise ValueError(f"`{name}` must not hold a user name or password; give `api_key` or `auth_token`")
    if re.search(r"\s", text):
        raise ValueError(f"`{name}` has white space in it: {text!r}")
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"`{name}` must begin with https:// or http:// and name a host: {text!r}")
    if "?" in text or "#" in text:
        raise ValueError(f"`{name}` must not have a query or a fragment: {text!r}")
    if not proxies.has_sound_host(url):
        raise ValueError(f"`{name}` has a host or port that there cannot be: {text[:200]!r}")
    path = url.raw_path.rstrip(b"/")
    return url.copy_with(raw_path=path.removesuffix(b"/v1").rstrip(b"/") + b"/")


def timeout(name: str, value: object) -> Any:
    """Seconds, a `Timeout` of httpx's or httpx2's, or None to wait without end."""
    if isinstance(value, classes("Timeout")):
        for step in ("connect", "read", "write", "pool"):
            _check_seconds(f"{name}.{step}", getattr(value, step))
    else:
        _check_seconds(name, value)
    return value


def _check_seconds(name: str, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"`{name}` must be seconds, an httpx.Timeout or None, not {type_name(value)}")
    if not (0 < value <= _MAX_SECONDS and math.isfinite(value)):
        raise ValueError(f"`{name}` must be more than 0 and finite seconds, or None to wait without end: {value!r}")


def as_timeout(value: float | TimeoutLike | None) -> httpx.Timeout:
    """A checked timeout as httpx has it."""
    if value is None or isinstance(value, (int, float)):
        return httpx.Timeout(value)
    return httpx.Timeout(connect=value.connect, read=value.read, write=value.write, pool=value.pool)


def max_retries(name: str, value: object) -> int:
    """How many times a failed call is tried again."""
    if value is None:
        raise TypeError(f"{name} cannot be None: give 0 for no retries, or leave it out for {DEFAULT_MAX_RETRIES}")
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"`{name}` must be a whole number, not {type_name(value)}")
    if value < 0:
        raise ValueError(f"`{name}` must be 0 or more: {value}")
    return value


CHECKS: dict[str, Callable[[str, object], Any]] = {
    "api_key": credential,
    "auth_token": credential,
    "base_url": base_url,
    "timeout": timeout,
    "max_retries": max_retries,
    "default_headers": options.headers,
    "default_query": options.query_values,
}


def credential_of_environment(variable: str) -> Secret | None:
    """A credential from the environment; an empty variable counts as unset."""
    return credential(variable, os.environ.get(variable, "").strip() or None)


def base_url_of_environment(variable: str) -> httpx.URL:
    """The base URL from the environment, or the public API's; an empty variable counts as unset."""
    return base_url(variable, os.environ.get(variable, "").strip() or DEFAULT_BASE_URL)


def http_client(value: object, kind: str) -> Any:
    """A client of the caller's own, of the kind that fits: `Client` or `AsyncClient`."""
    if value is None or is_a(value, kind):
        return value
    raise TypeError(
        f"Invalid `http_client` argument; Expected an instance of `httpx.{kind}` but got {type_name(value)}"
    )


def default_timeout(given: Any) -> Any:
    """The timeout of a client for which none was given: that of its `http_client`, unless httpx chose it."""
    if given is not None and given.timeout != type(given.timeout)(5.0):
        return given.timeout
    return DEFAULT_TIMEOUT


def merged(
    old: Mapping[str, Any], more: Mapping[str, Any] | None, instead: Mapping[str, Any] | None, name: str
) -> Mapping[str, Any]:
    """What `copy` makes of `default_…` (merged) and `set_default_…` (instead)."""
    if more is not None and instead is not None:
        raise ValueError(f"The `{name}` and `set_{name}` arguments are mutually exclusive")
    if instead is not None:
        return instead
    return {**{key: value for key, value in old.items() if key not in (more or {})}, **(more or {})}  # later ones last
