"""The arguments of a call: checked before anything is sent, and merged with the client's settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlencode

from .secrets import CREDENTIAL_HEADERS
from .sentinels import NotGiven, Omit

HeaderValues = Mapping[str, "str | Omit"]

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_FIELD_VALUE = re.compile(r"(?:[!-~]+(?:[ \t]+[!-~]+)*)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_FRAMING = frozenset(("content-length", "transfer-encoding"))  # a request without a body has neither
_MAX_SEGMENT = 8192


def path_segment(name: str, value: object) -> str:
    """A value that stays one segment of the path: escaped later on, refused where that does not help."""
    if not isinstance(value, str):
        raise TypeError(f"`{name}` must be a string, not {type(value).__name__}")
    if not value:
        raise ValueError(f"Expected a non-empty value for `{name}` but received {value!r}")
    if _CONTROL.search(value):
        raise ValueError(f"`{name}` has control characters or half characters in it: {value[:80]!r}")
    if value != value.strip():
        raise ValueError(f"`{name}` has white space at an end: {value[:80]!r}")
    if len(value) > _MAX_SEGMENT:
        raise ValueError(f"`{name}` is longer than {_MAX_SEGMENT} characters")
    plain = value
    while (decoded := unquote(plain)) != plain:
        plain = decoded
    if plain in (".", ".."):
        raise ValueError(f"`{name}` would name another path: {value!r}")
    return str.__str__(value)  # its characters, which a class of its own may print as others


def header_tokens(name: str, values: object) -> str | None:
    """Several values as one header; None where there are none.

    Each is a header token: letters, digits and some signs, without comma or white space.
    """
    if isinstance(values, (Omit, NotGiven)):
        return None
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise TypeError(f"`{name}` must be a list of strings, not {type(values).__name__}")
    tokens: list[str] = []
    for position, value in enumerate(values):
        if not isinstance(value, str):
            raise TypeError(f"`{name}[{position}]` must be a string, not {type(value).__name__}")
        if not _TOKEN.fullmatch(value):
            raise ValueError(f"`{name}[{position}]` cannot stand in a header: {value[:80]!r}")
        tokens.append(value)
    return ",".join(tokens) or None


def headers(name: str, values: object) -> dict[str, str | Omit]:
    """Header values of the caller's, each checked; `NotGiven` ones are left out."""
    if values is None:
        return {}
    if not isinstance(values, Mapping):
        raise TypeError(f"`{name}` must be a mapping, not {type(values).__name__}")
    checked: dict[str, str | Omit] = {}
    for key, value in values.items():
        if not isinstance(key, str) or not _TOKEN.fullmatch(key):
            raise ValueError(f"`{name}` has a name that no header can have: {key!r:.80}")
        if key.lower() in _FRAMING:
            raise ValueError(f"`{name}` must not have {key!r}: it would break the request")
        if isinstance(value, NotGiven):
            continue
        if not isinstance(value, (str, Omit)):
            raise TypeError(f"`{name}[{key!r}]` must be a string or Omit(), not {type(value).__name__}")
        if key.lower() == "host" and isinstance(value, Omit):
            raise ValueError(f"`{name}` must not leave out {key!r}: it would break the request")
        if key.lower() in CREDENTIAL_HEADERS and isinstance(value, str) and not value:
            raise ValueError(f"`{name}[{key!r}]` is empty; Omit() sends no credential on purpose")
        checked[key] = value if isinstance(value, Omit) else header_value(f"{name}[{key!r}]", value)
    return checked


def header_value(name: str, value: object) -> str:
    """A value that can stand in a header."""
    if not isinstance(value, str):
        raise TypeError(f"`{name}` must be a string, not {type(value).__name__}")
    if not _FIELD_VALUE.fullmatch(value):
        raise ValueError(f"`{name}` has characters that cannot stand in a header; only visible ASCII can")
    return value


def merged_headers(*layers: HeaderValues) -> dict[str, str]:
    """The layers, later ones first; names are compared without case, and `Omit` removes.

    One credential at most is left: that of the latest layer which has one.
    """
    merged: dict[str, tuple[str, str | Omit]] = {}
    for layer in layers:
        given = {key.lower() for key, value in layer.items() if isinstance(value, str)}
        if not given.isdisjoint(CREDENTIAL_HEADERS):
            if given.issuperset(CREDENTIAL_HEADERS):
                raise ValueError(f"two credentials were given; one of {', '.join(CREDENTIAL_HEADERS)} is sent")
            for credential in CREDENTIAL_HEADERS:
                merged.pop(credential, None)
        for key, value in layer.items():
            merged[key.lower()] = (key, value)
    return {key: value for key, value in merged.values() if isinstance(value, str)}


def query(*layers: Mapping[str, object] | None) -> str:
    """The query string: lists joined by commas, `a[b]=c` for nested mappings, nothing for None."""
    pairs: list[tuple[str, str]] = []
    merged: dict[str, object] = {}
    for layer in layers:
        merged.update(layer or {})
    for key, value in merged.items():
        pairs += _pairs(key, value)
    return urlencode(pairs)


def query_values(name: str, values: object) -> dict[str, object]:
    """Query values of the caller's, checked to be a mapping by strings; `Omit` and `NotGiven` are left out."""
    if values is None:
        return {}
    if not isinstance(values, Mapping) or not all(isinstance(key, str) for key in values):
        raise TypeError(f"`{name}` must be a mapping with strings for names")
    checked = {key: value for key, value in values.items() if not isinstance(value, (Omit, NotGiven))}
    try:
        query(checked)
    except UnicodeEncodeError:
        raise ValueError(f"`{name}` has half characters in it") from None
    except RecursionError:
        raise ValueError(f"`{name}` holds itself, or is too deep") from None
    return checked


def _pairs(key: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [pair for name, item in value.items() for pair in _pairs(f"{key}[{name}]", item)]
    if isinstance(value, (list, tuple)):
        return [(key, ",".join(_text(item) for item in value if item is not None and item != {}))]
    text = _text(value)
    return [(key, text)] if text else []


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
