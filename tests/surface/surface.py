"""The public surface of the package, one line for each name that a caller can use; `--write` updates the pinned file.

Resources, models and values from the fragment are omitted, because the regeneration reports their changes.
"""

from __future__ import annotations

import inspect
import sys
from functools import cached_property
from pathlib import Path

from anthropic_models_api import models

import anthropic_models
from anthropic_models import types

OURS = ("anthropic_models.", "anthropic_models_api.")
PINNED = Path(__file__).with_name("surface.txt")
GIVEN = (anthropic_models.RawAPIResponse, anthropic_models.APIResponse, anthropic_models.AsyncAPIResponse)
"""Classes that methods return, and callers do not instantiate."""


def _member(owner: type, name: str) -> str:
    value = vars(owner).get(name)
    if isinstance(value, property):
        return f"{name} -> {inspect.signature(value.fget).return_annotation}"  # type: ignore[arg-type]  # it has a getter
    if isinstance(value, (staticmethod, classmethod)):
        value = value.__func__
    if inspect.isfunction(value):
        signature = str(inspect.signature(value)).replace("'", "")
        return f"{name}{signature}" if value.__name__ == name else f"{name} = {value.__name__}"
    annotation = inspect.get_annotations(owner).get(name)
    return f"{name}: {annotation}" if annotation else f"{name} = {value!r}"


def _class(name: str, kind: type, public: set[type]) -> list[str]:
    if kind.__name__ != name:
        return [f"{name} = {kind.__name__}"]
    parents = [base.__name__ for base in kind.__bases__ if base in public or not base.__module__.startswith(OURS)]
    lines = [f"class {name}({', '.join(parents)})"]
    # Members of our private parent classes are listed with the class.
    owners = [
        each for each in kind.__mro__ if each.__module__.startswith(OURS) and (each is kind or each not in public)
    ]
    if kind not in GIVEN and any("__init__" in vars(owner) for owner in owners):
        lines.append(f"{name}{inspect.signature(kind)}".replace("'", ""))
    members: dict[str, str] = {}
    for owner in reversed(owners):
        for member in [*inspect.get_annotations(owner), *vars(owner)]:
            if not member.startswith("_") and not isinstance(vars(owner).get(member), cached_property):  # a resource
                members[member] = f"{name}.{_member(owner, member)}"
    return lines + sorted(members.values())


def surface() -> list[str]:
    """Every line, in the order of the names."""
    named = {name: getattr(anthropic_models, name) for name in anthropic_models.__all__}
    named = {name: value for name, value in named.items() if name not in ("__version__", "types")}
    public = {value for value in named.values() if isinstance(value, type)}
    lines: list[str] = []
    for name, value in sorted(named.items()):
        lines += _class(name, value, public) if isinstance(value, type) else [f"{name} = {value!r}"]
    return lines + sorted(f"types.{name}" for name in vars(types) if name[0] != "_" and name not in models.__all__)


if __name__ == "__main__":
    text = "\n".join([*surface(), ""])
    if sys.argv[1:] == ["--write"]:
        PINNED.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
