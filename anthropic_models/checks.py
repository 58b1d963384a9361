"""Checks values against the annotations of generated code: fields of an answer, and arguments of a call."""

from __future__ import annotations

from typing import Any

from anthropic_models_api.errors import BoundsError, MismatchError
from anthropic_models_api.types import read


def check(value: object, hint: Any, path: str = "") -> Any:
    """What the value stands for. Raises `MismatchError`, which names the place, if it is not what the annotation says.

    Args:
        value: Decoded JSON, or an argument of a call.
        hint: Any annotation that generated code can have: a model, `int | None`, `list[Literal["a", "b"]]`, ...
        path: What the value is called in messages.
    """
    try:
        return read(value, hint)
    except MismatchError as error:
        raise (error.inside(path) if path else error) from None


def check_argument(name: str, value: object, hint: Any) -> Any:
    """The same for an argument. One of another type raises TypeError, one beyond its bounds ValueError."""
    try:
        return check(value, hint, f"`{name}`")
    except BoundsError:
        raise
    except MismatchError as error:
        raise TypeError(str(error)) from None


__all__ = ["MismatchError", "check", "check_argument"]
