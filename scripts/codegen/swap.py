"""Replaces a folder: the new one is written beside the old one, and takes its place by two renames.

`recover` repairs what a process that is killed between them leaves.
"""

import shutil
from pathlib import Path

from codegen.problems import CannotRunError
from codegen.tree import Tree


def recover(folder: Path) -> None:
    """Repair what a killed run has left: afterwards the folder is complete, and nothing else is left beside it."""
    new, old = _beside(folder)
    if not folder.exists() and old.exists():
        old.rename(folder)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)


def install(tree: Tree, folder: Path) -> None:
    """Put the tree in the place of the folder. Raises CannotRunError; the folder is as it was then."""
    new, old = _beside(folder)
    try:
        for path, content in tree.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(content or b"")
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        raise CannotRunError(f"{folder.name}/ cannot be replaced: {error.strerror or error}") from error
    finally:
        recover(folder)


def _beside(folder: Path) -> tuple[Path, Path]:
    return folder.with_name(f".{folder.name}-new"), folder.with_name(f".{folder.name}-old")
