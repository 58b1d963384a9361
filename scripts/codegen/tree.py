"""Folders as plain data: their files, and the difference between two folders."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, bytes | None]
"""Relative path to content; None for what is no regular file."""


def read(folder: Path) -> dict[str, bytes | None]:
    """All files below the folder, but for the bytecode that Python leaves."""
    found: dict[str, bytes | None] = {}
    for path in sorted(folder.rglob("*")):
        if "__pycache__" in path.relative_to(folder).parts or (path.is_dir() and not path.is_symlink()):
            continue
        regular = path.is_file() and not path.is_symlink()
        found[path.relative_to(folder).as_posix()] = path.read_bytes() if regular else None
    return found


def compare(old: Tree, new: Tree) -> dict[str, str]:
    """What the old tree lacks to be the new one: for each such path `missing`, `extra` or `changed`."""
    found = {}
    for path in sorted({**old, **new}):
        if path not in new:
            found[path] = "extra"
        elif path not in old:
            found[path] = "missing"
        elif old[path] != new[path]:
            found[path] = "changed"
    return found
