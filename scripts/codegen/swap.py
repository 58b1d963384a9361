"""Replaces a folder atomically, even if the process is killed.

The new folder is written beside the old one and exchanged with it in one system call (Linux, macOS). If the system
lacks that call, two renames are used, and `recover` cleans up after a kill between them.
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
    """Clean up after a killed run: complete the folder, and delete the temporary folders beside it."""
    new, old = _beside(folder)
    if not folder.exists() and old.exists():
        old.rename(folder)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)


def install(tree: Tree, folder: Path) -> None:
    """Replace the folder with the tree. Raises CannotRunError if that fails; the folder is then unchanged."""
    new, old = _beside(folder)
    try:
        for path, content in tree.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(content or b"")
        if folder.exists() and not _exchange(new, folder):
            folder.rename(old)
        if not folder.exists():
            new.rename(folder)
    except OSError as error:
        raise CannotRunError(f"{folder.name}/ cannot be replaced: {error.strerror or error}") from error
    finally:
        recover(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; False if the system cannot."""
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


def _beside(folder: Path) -> tuple[Path, Path]:
    return folder.with_name(f".{folder.name}-new"), folder.with_name(f".{folder.name}-old")
