"""Folders as plain data: their files, and the difference between two folders."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Tree: TypeAlias = Mapping[str, bytes | None]
"""Relative path to content; None for anything but a regular file."""

MAX_LINES_OF_DIFF = 40


@dataclass(frozen=True)
class Change:
    """One file that differs, and the diff to its expected content."""

    kind: Literal["missing", "extra", "changed"]
    path: str
    diff: tuple[str, ...]


def read(folder: Path) -> dict[str, bytes | None]:
    """All files below the folder, except Python's bytecode."""
    found: dict[str, bytes | None] = {}
    for path in sorted(folder.rglob("*")):
        if "__pycache__" in path.relative_to(folder).parts or (path.is_dir() and not path.is_symlink()):
            continue
        regular = path.is_file() and not path.is_symlink()
        found[path.relative_to(folder).as_posix()] = path.read_bytes() if regular else None
    return found


def compare(old: Tree, new: Tree) -> list[Change]:
    """The changes that make the old tree the new one, sorted by path."""
    changes = [Change("extra", path, ()) for path in old.keys() - new.keys()]
    changes += [Change("missing", path, _diff(b"", new[path])) for path in new.keys() - old.keys()]
    both = old.keys() & new.keys()
    changes += [Change("changed", path, _diff(old[path], new[path])) for path in both if old[path] != new[path]]
    return sorted(changes, key=lambda change: change.path)


def _diff(old: bytes | None, new: bytes | None) -> tuple[str, ...]:
    before, after = ((content or b"").decode(errors="replace").splitlines() for content in (old, new))
    lines = list(difflib.unified_diff(before, after, "as it is", "as it should be", lineterm=""))
    rest = len(lines) - MAX_LINES_OF_DIFF
    return (*lines[:MAX_LINES_OF_DIFF], *([f"... and {rest} more lines"] if rest > 0 else []))
