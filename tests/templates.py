"""Compiling a template of the generator once in a process, however often it generates: most of its time goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment

if TYPE_CHECKING:
    import pytest

_compile = Environment.compile
_known: dict[Any, Any] = {}


def compile_once(patch: pytest.MonkeyPatch) -> None:
    """Let a template that has been compiled before be taken as it is: all environments of the generator are alike."""

    def compiled(environment: Environment, source: str, *rest: Any, **options: Any) -> Any:
        key = source, rest, tuple(sorted(options.items()))
        if key not in _known:
            _known[key] = _compile(environment, source, *rest, **options)
        return _known[key]

    patch.setattr(Environment, "compile", compiled)
