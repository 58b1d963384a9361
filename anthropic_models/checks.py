"""Checks values against the annotations of generated code: fields of a response, and arguments of a call."""

from __future__ import annotations

from typing import Any

from anthropic_models_api.errors import BoundsError, MismatchError
from anthropic_models_api.types import read


def check(value: object, hint: Any, path: str = "") -> Any:
    """Convert a value to its annotated type. Raises `MismatchError`, which names the path, if it does not match.

    Args:
        value: Decoded JSON, or an argument of a call.
        hint: Any annotation of generated code: a model, `int | None`, `list[Literal["a", "b"]]`, ...
        path: The name of the value in messages.
    """
    try:
        return read(value, hint)
    except MismatchError as error:
        raise (error.inside(path) if path else error) from None


def check_argument(name: str, value: object, hint: Any) -> Any:
    """Convert an argument. Raises TypeError if its type is wrong, ValueError if it is out of bounds."""
    try:
        return check(value, hint, f"`{name}`")
    except BoundsError:
        raise
    except MismatchError as error:
        raise TypeError(str(error)) from None


__all__ = ["MismatchError", "check", "check_argument"]
