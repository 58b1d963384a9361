"""What a call says where it refuses, so that a test can compare many such sentences at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def told(function: Callable[..., object], *arguments: Any, **options: Any) -> object:
    """The kind and the words of the error that a call raises; what it gives where it raises none."""
    try:
        return function(*arguments, **options)
    except Exception as error:  # noqa: BLE001  # which it is, is what the tests compare
        return f"{type(error).__name__}: {error}"
