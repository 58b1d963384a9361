"""The client's settings: checked when they are given, by name."""

from __future__ import annotations

import math
import os
import re
from typing import TYPE_CHECKING, Any

import httpx

from .secrets import Secret
from .sentinels import NotGiven
from .transport.hosts import has_sound_host

if TYPE_CHECKING:
    from collections.abc import Mapping

Timeout = httpx.Timeout
DEFAULT_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
DEFAULT_MAX_RETRIES = 2
DEFAULT_BASE_URL = "https://api.anthropic.com"

_VISIBLE_ASCII = re.compile(r"[!-~]+(?: +[!-~]+)*")


def secret(name: str, given: Secret | None) -> Secret | None:
    """A credential, stripped. The complaint about a bad one does not show it, nor has it in a local variable."""
    if given is None:
        return None
    if not isinstance(given.value, str):
        raise TypeError(f"`{name}` must be a string, not {type(given.value).__name__}")
    stripped = Secret(given.value.strip())
    if not stripped.value:
        raise ValueError(f"`{name}` is empty")
    if not _VISIBLE_ASCII.fullmatch(stripped.value):
        raise ValueError(f"`{name}` has characters that cannot stand in a header; only visible ASCII can")
    return stripped


def secret_from(variable: str) -> Secret | None:
    """A credential from the environment; an empty variable counts as unset."""
    given = Secret(os.environ.get(variable, "").strip())
    return secret(variable, given) if given.value else None


def base_url(name: str, value: object) -> httpx.URL:
    """Where the API is, as a URL that ends in a slash. One trailing `/v1` is understood."""
    if not isinstance(value, (str, httpx.URL)):
        raise TypeError(f"`{name}` must be a string or an httpx.URL, not {type(value).__name__}")
    try:
        url = httpx.URL(value)
    except httpx.InvalidURL as error:
        raise ValueError(f"`{name}` is not a URL: {error}") from None
    if url.userinfo:
        raise ValueError(f"`{name}` must not hold a user name or password; give `api_key` or `auth_token`")
    text = str(value)
    if text != text.strip() or re.search(r"\s", text):
        raise ValueError(f"`{name}` has white space in it: {text!r}")
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"`{name}` must begin with https:// or http:// and name a host: {text!r}")
    if "?" in text or "#" in text:
        raise ValueError(f"`{name}` must not have a query or a fragment: {text!r}")
    if not has_sound_host(url):
        raise ValueError(f"`{name}` has a host or port that there cannot be: {text[:200]!r}")
    path = url.raw_path.rstrip(b"/")
    return url.copy_with(raw_path=path.removesuffix(b"/v1").rstrip(b"/") + b"/")


def base_url_from(variable: str) -> httpx.URL:
    """The same from the environment, or the public API; an empty variable counts as unset."""
    value = os.environ.get(variable, "").strip()
    return base_url(variable, value) if value else httpx.URL(f"{DEFAULT_BASE_URL}/")


def timeout(name: str, value: object) -> httpx.Timeout:
    """Seconds as an `httpx.Timeout`; None, in it or for it, waits for ever."""
    if isinstance(value, httpx.Timeout):
        for step, seconds in value.as_dict().items():
            _check_seconds(f"{name}.{step}", seconds)
        return value
    _check_seconds(name, value)
    return httpx.Timeout(value)  # type: ignore[arg-type]  # a number or None by now


def _check_seconds(name: str, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"`{name}` must be seconds, an httpx.Timeout or None, not {type(value).__name__}")
    try:
        good = math.isfinite(value) and 0 < value <= 1e8  # beyond, the operating system's own limits begin
    except OverflowError:
        good = False
    if not good:
        raise ValueError(f"`{name}` must be more than 0 and finite seconds, or None to wait for ever: {value!r}")


def max_retries(name: str, value: object) -> int:
    """How many times a failed call is tried again."""
    if value is None:
        raise TypeError(f"{name} cannot be None: give 0 for no retries, or leave it out for {DEFAULT_MAX_RETRIES}")
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"`{name}` must be a whole number, not {type(value).__name__}")
    if value < 0:
        raise ValueError(f"`{name}` must be 0 or more: {value}")
    return value


def http_client(value: object, kind: type[Any]) -> Any:
    """A client of the caller's own, of the kind that fits."""
    if value is None or isinstance(value, kind):
        return value
    raise TypeError(
        f"Invalid `http_client` argument; Expected an instance of `httpx.{kind.__name__}` but got {type(value)}"
    )


def effective_timeout(
    own: float | httpx.Timeout | NotGiven | None, given: httpx.Client | httpx.AsyncClient | None
) -> float | httpx.Timeout | None:
    """The client's timeout: its own; else that of the given `http_client`, unless httpx chose it; else the default."""
    if not isinstance(own, NotGiven):
        return own
    if given is not None and given.timeout != httpx.Timeout(5.0):
        return given.timeout
    return DEFAULT_TIMEOUT


def merged(old: Mapping[str, Any], more: Mapping[str, Any] | None, instead: Mapping[str, Any] | None, name: str) -> Any:
    """What `copy` makes of `default_…` (merged) and `set_default_…` (instead)."""
    if more is not None and instead is not None:
        raise ValueError(f"The `{name}` and `set_{name}` arguments are mutually exclusive")
    return instead if instead is not None else {**old, **(more or {})}
