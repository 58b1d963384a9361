"""Reads JSON strictly: no extensions that only Python accepts, and limits on the depth and the number of values."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import NoReturn

MAX_DEPTH = 100
"""Levels of arrays and objects. Python can read a value with many hundreds, but can neither print nor copy it."""
MAX_VALUES = 50_000
"""The maximum number of values, estimated from brackets and commas: 1 MiB of `{},{},{}` takes 30 MiB of memory."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is too large for a float")
    return number


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)


def decode(content: bytes) -> object:
    """Decode JSON text. Raises ValueError, whose message does not contain the text."""
    try:
        return _decoded(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        problem = str(error)
    raise ValueError(f"the body is not JSON: {problem}")  # outside the handler: the decoder's error contains the text


def _decoded(text: str) -> object:
    containers = text.count("[") + text.count("{")
    if containers + text.count(",") > MAX_VALUES:
        raise ValueError(f"more than {MAX_VALUES} values")
    value = _DECODER.decode(text)
    if containers > MAX_DEPTH and _is_deeper(value):
        raise ValueError(f"more than {MAX_DEPTH} levels of arrays and objects")
    if "\\u" in text:  # JSON can escape a lone surrogate, but it cannot be encoded
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _is_deeper(value: object) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [item for each in level for item in _items(each)]
    return any(isinstance(each, (dict, list)) for each in level)


def _items(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
