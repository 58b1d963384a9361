"""What the package offers, one line for each thing that a caller can use; `--write` pins it anew.

Resources, models and values that come from the fragment are left out: the regeneration reports their changes.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from anthropic_models_api import models

import anthropic_models
from anthropic_models import api_response, types

OURS = ("anthropic_models.", "anthropic_models_api.")
PINNED = Path(__file__).with_name("surface.txt")
# What a public method gives, though it is neither imported by name nor made by a caller.
GIVEN = (
    api_response.StreamManager,
    api_response.AsyncStreamManager,
    anthropic_models.RawAPIResponse,
    anthropic_models.APIResponse,
    anthropic_models.AsyncAPIResponse,
)


def _signature(function: object) -> str:
    return str(inspect.signature(function)).replace("'", "")  # type: ignore[arg-type]  # its callers know


def _member(owner: type, name: str) -> str:
    value = vars(owner).get(name)
    if isinstance(value, property):
        return f"{name} -> {inspect.signature(value.fget).return_annotation}"  # type: ignore[arg-type]  # it has a getter
    if isinstance(value, (staticmethod, classmethod)):
        value = value.__func__
    if inspect.isfunction(value):
        return f"{name}{_signature(value)}" if value.__name__ == name else f"{name} = {value.__name__}"
    annotation = inspect.get_annotations(owner).get(name)
    if annotation is None and hasattr(value, "__get__"):
        return f"{name}: {type(value).__name__}"
    return f"{name}: {annotation}" if annotation else f"{name} = {value!r}"


def _owners(kind: type, public: set[type]) -> list[type]:
    """The class, and those of its parents that are ours and have no lines of their own."""
    ours = [each for each in kind.__mro__ if each.__module__.startswith(OURS)]
    return [kind, *(each for each in ours if each is not kind and each not in public)]


def _class(name: str, kind: type, public: set[type]) -> list[str]:
    if kind.__name__ != name:
        return [f"{name} = {kind.__name__}"]
    parents = [base for base in kind.__bases__ if base in public or not base.__module__.startswith(OURS)]
    lines = [f"class {name}({', '.join(base.__name__ for base in parents)})"]
    owners = _owners(kind, public) if kind.__module__.startswith(OURS) else []
    if kind not in GIVEN and any("__init__" in vars(owner) for owner in owners):
        lines.append(f"{name}{_signature(kind)}")
    members: dict[str, str] = {}
    for owner in reversed(owners):
        for member in [*inspect.get_annotations(owner), *vars(owner)]:
            if not member.startswith("_"):
                members[member] = f"{name}.{_member(owner, member)}"
    return lines + sorted(members.values())


def surface() -> list[str]:
    """Every line of it, in the order of the names."""
    named = {name: getattr(anthropic_models, name) for name in anthropic_models.__all__}
    named = {name: value for name, value in named.items() if name not in ("__version__", "types")}
    named |= {kind.__name__: kind for kind in GIVEN}
    public = {value for value in named.values() if isinstance(value, type)}
    lines: list[str] = []
    for name, value in sorted(named.items()):
        lines += _class(name, value, public) if isinstance(value, type) else [f"{name} = {value!r}"]
    return lines + sorted(f"types.{name}" for name in vars(types) if name[0] != "_" and name not in models.__all__)


def owed(pinned: list[str], found: list[str]) -> list[str]:
    """The lines that the changelog owes for what moved between the two."""
    gone, come = [each for each in pinned if each not in found], [each for each in found if each not in pinned]
    owed: list[str] = []
    for line in gone:
        moved = next((each for each in come if _name(each) == _name(line)), None)
        if moved is None:
            owed.append(f"Removed (breaking): `{line}`")
        else:
            come.remove(moved)
            owed.append(f"Changed (breaking unless every call stays valid): `{line}` is now `{moved}`")
    return owed + [f"Added: `{line}`" for line in come]


def _name(line: str) -> str:
    for mark in ("(", " ->", ": ", " = "):
        line = line.partition(mark)[0]
    return line


if __name__ == "__main__":
    text = "\n".join([*surface(), ""])
    if sys.argv[1:] == ["--write"]:
        PINNED.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
