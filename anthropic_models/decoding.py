"""Reads JSON strictly: nothing that only Python takes for it, and nothing that costs many times its size or depth."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import NoReturn

MAX_DEPTH = 100
"""Levels of arrays and objects. Beyond some hundreds Python can read, but neither print nor copy a value."""
MAX_VALUES = 50_000
"""Values, as far as a glance tells: a mebibyte of `{},{},{}` would take thirty of memory."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is beyond what a float holds")
    return number


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)


def decode(content: bytes) -> object:
    """The value that JSON text stands for. Raises ValueError or RecursionError."""
    text = content.decode("utf-8-sig")
    containers = text.count("[") + text.count("{")
    if containers + text.count(",") > MAX_VALUES:
        raise ValueError(f"more than {MAX_VALUES} values")
    value = _DECODER.decode(text)
    if containers > MAX_DEPTH and _is_deeper(value):
        raise ValueError(f"more than {MAX_DEPTH} levels of arrays and objects")
    if "\\u" in text:  # half characters can be escaped, but neither printed nor sent on
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _is_deeper(value: object) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [item for each in level for item in _items(each)]
    return any(isinstance(each, (dict, list)) for each in level)


def _items(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
