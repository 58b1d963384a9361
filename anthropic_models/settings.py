"""The settings of a client, each checked whenever it is set."""

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
from .transport import proxies

Timeout = httpx.Timeout
DEFAULT_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
DEFAULT_MAX_RETRIES = 2
DEFAULT_BASE_URL = "https://api.anthropic.com"

_MAX_SECONDS = 1e8  # a lock of Python cannot wait much longer


class Settings:
    """The settings of a client. They can be changed with `set`."""

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
        """Change a setting. An invalid value raises ValueError or TypeError, which names the setting."""
        setattr(self, name, CHECKS[name](name, value))


def credential(name: str, value: object) -> str | None:
    """Check and strip a key or token. Error messages do not contain it."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"`{name}` must be a string, not {type_name(value)}")
    stripped = value.strip()
    if not stripped:
        raise ValueError(f"`{name}` is empty")
    return options.header_value(name, stripped)


def base_url(name: str, value: object) -> httpx.URL:
    """Check the base URL; returns it with a trailing slash. One trailing `/v1` is removed."""
    if not isinstance(value, (str, *classes("URL"))):
        raise TypeError(f"`{name}` must be a string or an httpx.URL, not {type_name(value)}")
    text = str(value)
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, UnicodeEncodeError) as error:
        raise ValueError(f"`{name}` is not a URL: {error}") from None
    if url.userinfo:
        raise ValueError(f"`{name}` must not contain a user name or password; give `api_key` or `auth_token`")
    if re.search(r"\s", text):
        raise ValueError(f"`{name}` contains white space: {text!r}")
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"`{name}` must begin with https:// or http:// and contain a host: {text!r}")
    if "?" in text or "#" in text:
        raise ValueError(f"`{name}` must not have a query or a fragment: {text!r}")
    if not proxies.has_sound_host(url):
        raise ValueError(f"`{name}` has an invalid host or port: {text[:200]!r}")
    path = url.raw_path.rstrip(b"/")
    return url.copy_with(raw_path=path.removesuffix(b"/v1").rstrip(b"/") + b"/")


def timeout(name: str, value: object) -> Any:
    """Check a timeout: seconds, a `Timeout` of httpx or httpx2, or None for no timeout."""
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
        raise ValueError(
            f"`{name}` must be a number of seconds greater than 0 and at most 1e8, or None for no timeout: {value!r}"
        )


def as_timeout(value: float | TimeoutLike | None) -> httpx.Timeout:
    """A checked timeout as an `httpx.Timeout`."""
    if value is None or isinstance(value, (int, float)):
        return httpx.Timeout(value)
    return httpx.Timeout(connect=value.connect, read=value.read, write=value.write, pool=value.pool)


def max_retries(name: str, value: object) -> int:
    """Check the number of retries of a failed call."""
    if value is None:
        raise TypeError(
            f"{name} cannot be None: pass 0 for no retries, or omit it for the default, {DEFAULT_MAX_RETRIES}"
        )
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"`{name}` must be an integer, not {type_name(value)}")
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


def credential_of_environment(variable: str) -> str | None:
    """A credential from the environment; an empty variable counts as unset."""
    return credential(variable, os.environ.get(variable, "").strip() or None)


def base_url_of_environment(variable: str) -> httpx.URL:
    """The base URL from the environment, or the public API's; an empty variable counts as unset."""
    return base_url(variable, os.environ.get(variable, "").strip() or DEFAULT_BASE_URL)


def http_client(value: object, kind: str) -> Any:
    """Check the caller's own HTTP client, which must be of this kind: `Client` or `AsyncClient`."""
    if value is None or is_a(value, kind):
        return value
    raise TypeError(
        f"Invalid `http_client` argument; Expected an instance of `httpx.{kind}` but got {type_name(value)}"
    )


def default_timeout(given: Any) -> Any:
    """The timeout of a client without a `timeout` argument: that of `http_client`, unless it is httpx's default."""
    if given is not None and given.timeout != type(given.timeout)(5.0):
        return given.timeout
    return DEFAULT_TIMEOUT


def merged(
    old: Mapping[str, Any], more: Mapping[str, Any] | None, instead: Mapping[str, Any] | None, name: str
) -> Mapping[str, Any]:
    """The value of a setting after `copy`: `more` (`default_…`) is merged, `instead` (`set_default_…`) replaces."""
    if more is not None and instead is not None:
        raise ValueError(f"The `{name}` and `set_{name}` arguments are mutually exclusive")
    if instead is not None:
        return instead
    more = more or {}
    return {**{key: value for key, value in old.items() if key not in more}, **more}  # changed keys move to the end
