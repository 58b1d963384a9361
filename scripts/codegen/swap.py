"""Replaces a folder atomically, even if the process is killed.

The new folder is written beside the old one and exchanged with it in one system call (Linux, macOS). If the system
lacks that call, two renames are used, and `recover` repairs what a kill between them leaves.
"""

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

from codegen.problems import CannotRunError
from codegen.tree import Tree

AT_FDCWD = -2 if sys.platform == "darwin" else -100
RENAME_EXCHANGE = 2  # on macOS: RENAME_SWAP, of the same value


def recover(folder: Path) -> None:
    """Repair what a killed run has left: afterwards the folder is complete, and nothing else is left beside it."""
    if not folder.exists() and _old(folder).exists():
        _old(folder).rename(folder)
    for leftover in (_new(folder), _old(folder)):
        shutil.rmtree(leftover, ignore_errors=True)


def install(tree: Tree, folder: Path) -> None:
    """Put the tree in the place of the folder. Raises CannotRunError; the folder is as it was then."""
    try:
        _write(tree, _new(folder))
        if not folder.exists():
            _new(folder).rename(folder)
        elif not _exchange(_new(folder), folder):
            folder.rename(_old(folder))
            _new(folder).rename(folder)
    except OSError as error:
        raise CannotRunError(f"{folder.name}/ cannot be replaced: {error.strerror or error}") from error
    finally:
        recover(folder)


def _write(tree: Tree, folder: Path) -> None:
    for path, content in tree.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content or b"")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders at once; False where the system cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    rename = getattr(libc, "renameat2", None) or getattr(libc, "renameatx_np", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code))


def _new(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}-new")


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}-old")
