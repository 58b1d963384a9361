"""Checks the arguments of a call before anything is sent, and merges them with the client's settings."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlencode

from anthropic_models_api.types import Operation, Parameter, Unset

from . import checks
from .libraries import type_name
from .secrets import CREDENTIAL_HEADERS
from .sentinels import NotGiven

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_ITEM = re.compile(r"[^,\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_FIELD_VALUE = re.compile(r"(?:[!-~]+(?:[ \t]+[!-~]+)*)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FRAMING = frozenset(("content-length", "transfer-encoding"))  # a request without a body has neither
_MAX_SEGMENT = 8192


def parameters(operation: Operation[Any], arguments: Mapping[str, object]) -> dict[str, Any]:
    """Check the arguments that were given; returns them keyed by the names of the generated function's parameters."""
    checked: dict[str, Any] = {}
    for parameter in operation.parameters:
        value = arguments[parameter.argument]
        if not isinstance(value, Unset) or parameter.place == "path":
            value = _checked(parameter, value)
            if value is not None:
                checked[parameter.name] = value
    return checked


def _checked(parameter: Parameter, value: object) -> object:
    name = parameter.argument
    if parameter.is_joined:
        text = joined(name, value, _TOKEN if parameter.place == "header" else _ITEM)
        (item,) = typing.get_args(parameter.annotation)
        checks.check_argument(name, text.split(",") if text else [], list[item])  # type: ignore[valid-type]  # known at runtime only
        return text
    if parameter.place == "path" and value == "":  # in the words of the official client
        raise ValueError(f"Expected a non-empty value for `{name}` but received {value!r}")
    value = checks.check_argument(name, value, parameter.annotation)
    if isinstance(value, str):
        if parameter.place == "path":
            return path_segment(name, value)
        if parameter.place == "header":
            return header_value(name, value)
        if _SURROGATE.search(value):
            raise ValueError(f"`{name}` contains lone surrogates: {value[:80]!r}")
    return value


def path_segment(name: str, value: str) -> str:
    """Check a value that becomes one segment of the path. It is percent-encoded later."""
    if _CONTROL.search(value):
        raise ValueError(f"`{name}` contains control characters or lone surrogates: {value[:80]!r}")
    if value != value.strip():
        raise ValueError(f"`{name}` begins or ends with white space: {value[:80]!r}")
    if len(value) > _MAX_SEGMENT:
        raise ValueError(f"`{name}` is longer than {_MAX_SEGMENT} characters")
    plain = value
    while (decoded := unquote(plain)) != plain:
        plain = decoded
    if plain in (".", ".."):
        raise ValueError(f"`{name}` would change the path of the request: {value!r}")
    return str.__str__(value)  # a subclass of str may define another __str__


def joined(name: str, values: object, item: re.Pattern[str] = _TOKEN) -> str | None:
    """Join values by commas; None if there are none. Each must match `item`."""
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise TypeError(f"`{name}` must be a list of strings, not {type_name(values)}")
    items: list[str] = []
    for position, value in enumerate(values):
        if not isinstance(value, str):
            raise TypeError(f"`{name}[{position}]` must be a string, not {type_name(value)}")
        if not item.fullmatch(value):
            raise ValueError(f"`{name}[{position}]` cannot be part of a comma-separated list: {value[:80]!r}")
        items.append(value)
    return ",".join(items) or None


def headers(name: str, values: object) -> dict[str, str | Unset]:
    """Check the caller's headers. `NotGiven` values are dropped; other `Unset` values remove a header."""
    if values is None:
        return {}
    if not isinstance(values, Mapping):
        raise TypeError(f"`{name}` must be a mapping, not {type_name(values)}")
    checked: dict[str, str | Unset] = {}
    for key, value in values.items():
        if not isinstance(key, str) or not _TOKEN.fullmatch(key):
            raise ValueError(f"`{name}` contains an invalid header name: {key!r:.80}")
        if isinstance(value, NotGiven):
            continue
        where = f"{name}[{key!r}]"
        if not isinstance(value, (str, Unset)):
            raise TypeError(f"`{where}` must be a string or Omit(), not {type_name(value)}")
        if key.lower() in _FRAMING or (key.lower() == "host" and isinstance(value, Unset)):
            raise ValueError(f"`{where}` would make the request invalid")
        if key.lower() in CREDENTIAL_HEADERS and value == "":
            raise ValueError(f"`{where}` is empty; use Omit() to send no credential")
        checked[key] = value if isinstance(value, Unset) else header_value(where, value)
    return checked


def header_value(name: str, value: str) -> str:
    """Check the value of a header."""
    if not _FIELD_VALUE.fullmatch(value):
        raise ValueError(
            f"`{name}` contains characters that are not allowed in a header: "
            "use visible ASCII, and spaces or tabs only in between"
        )
    return value


def merged_headers(*layers: Mapping[str, str | Unset]) -> dict[str, str]:
    """Merge headers; later layers take precedence, names are case-insensitive, and `Omit` removes a header.

    At most one credential is kept: that of the last layer with one.
    """
    merged: dict[str, tuple[str, str | Unset]] = {}
    for layer in layers:
        named = {key.lower(): (key, value) for key, value in layer.items()}
        given = [name for name in CREDENTIAL_HEADERS if isinstance(named.get(name, ("", None))[1], str)]
        if len(given) > 1:
            raise ValueError(f"the headers {' and '.join(CREDENTIAL_HEADERS)} are two credentials: give only one")
        for name in CREDENTIAL_HEADERS if given else ():
            merged.pop(name, None)
        merged |= named
    return {key: value for key, value in merged.values() if isinstance(value, str)}


def query_values(name: str, values: object) -> dict[str, object]:
    """Check the caller's query parameters, a mapping with string keys; `Omit` and `NotGiven` values are dropped."""
    if values is None:
        return {}
    if not isinstance(values, Mapping) or not all(isinstance(key, str) for key in values):
        raise TypeError(f"`{name}` must be a mapping with string keys")
    checked = {key: value for key, value in values.items() if not isinstance(value, Unset)}
    try:
        query(checked)
    except UnicodeEncodeError:
        raise ValueError(f"`{name}` contains lone surrogates") from None
    except RecursionError:
        raise ValueError(f"`{name}` contains itself, or is nested too deeply") from None
    return checked


def repeated(params: Mapping[str, Any]) -> str:
    """Encode an operation's own query parameters. A list becomes `name=a&name=b`, the default of OpenAPI."""
    items = {key: value if isinstance(value, list) else [value] for key, value in params.items()}
    return urlencode([(key, _text(item)) for key, values in items.items() for item in values])


def query(values: Mapping[str, object]) -> str:
    """Encode a query string as the official client does: lists joined by commas, `a[b]=c` for mappings."""
    return urlencode([pair for key, value in values.items() for pair in _pairs(key, value)])


def _pairs(key: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [pair for name, item in value.items() for pair in _pairs(f"{key}[{name}]", item)]
    if isinstance(value, (list, tuple)):
        return [(key, ",".join(_text(item) for item in value if item is not None and item != {}))]
    return [(key, _text(value))] if _text(value) else []


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
