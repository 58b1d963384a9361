"""A folder is replaced completely or not at all, at whatever step the process is killed."""

import contextlib
import ctypes
import errno
import os
from pathlib import Path
from typing import Any

import pytest
from cases import each, outcome
from codegen import swap, tree
from codegen.problems import CannotRunError

OLD = {"package/a.py": b"old", "package/gone.py": b"old", "lock.json": b"old"}
NEW = {"package/a.py": b"new", "package/sub/b.py": b"new", "lock.json": b"new"}


class KilledError(BaseException):
    """Simulates SIGKILL: from then on nothing changes the file system, not even code that cleans up."""


def fill(folder: Path, files: dict[str, bytes]) -> None:
    """Write files into a folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def kill_at(step: int, way: str, patch: pytest.MonkeyPatch) -> None:
    """Kill the program just before its n-th call that changes the file system."""
    left = iter(range(step))

    def killing(function: Any) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            if next(left, None) is None:
                raise KilledError
            return function(*args, **named)

        return call

    exchange = killing(ctypes.CDLL(None, use_errno=True).renameat2)
    library = type("Library", (), {"renameat2": staticmethod(exchange)} if way == "exchange" else {})
    patch.setattr(ctypes, "CDLL", lambda *_, **__: library)
    for owner, names in ((Path, ("mkdir", "rename", "write_bytes")), (os, ("unlink", "rmdir"))):
        for name in names:
            patch.setattr(owner, name, killing(getattr(owner, name)))


@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_every_crash_leaves_the_old_or_the_new(tmp_path, way):
    """After a kill at any step, all files are old or all are new; with two renames, this needs a recovery."""
    seen, is_whole = [], False
    while not is_whole:
        folder = tmp_path / str(len(seen)) / "generated"
        fill(folder, OLD)
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(KilledError):
            kill_at(len(seen), way, patch)
            swap.recover(folder)
            swap.install(NEW, folder)
            is_whole = True
        if way == "two renames":
            swap.recover(folder)
        seen.append(tree.read(folder))
        swap.recover(folder)
        swap.install(NEW, folder)

        assert seen[-1] in (OLD, NEW)
        assert tree.read(folder.parent) == {f"generated/{path}": content for path, content in NEW.items()}

    assert (seen[0], seen[-1], len(seen) > 10) == (OLD, NEW, True)


def test_nothing_of_the_old_folder_survives(tmp_path):
    """Not even bytecode survives; if there is no old folder, the new one is created."""
    for folder in (tmp_path / "generated", tmp_path / "first"):
        swap.install(NEW, folder)
        assert sorted(path.name for path in folder.rglob("*")) == ["a.py", "b.py", "lock.json", "package", "sub"]
        fill(folder, {**OLD, "package/__pycache__/a.pyc": b"old"})
        swap.install(NEW, folder)
        assert sorted(path.name for path in folder.rglob("*")) == ["a.py", "b.py", "lock.json", "package", "sub"]


def test_a_failure_leaves_the_old_folder(tmp_path, monkeypatch):
    """If the disk is full, the error is one line, the old output is unchanged, and no other file is left."""

    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    fill(tmp_path / "generated", OLD)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotRunError, match=r"^generated/ cannot be replaced: No space left on device$"):
        swap.install(NEW, tmp_path / "generated")

    assert tree.read(tmp_path) == {f"generated/{path}": content for path, content in OLD.items()}


@each(
    ("name", "code", "message"),
    [
        *[("other", 0, ""), ("renameat2", errno.ENOSYS, ""), ("renameat2", errno.EINVAL, "")],
        *[("renameat2", errno.ENOTSUP, ""), ("renameat2", errno.EACCES, "out/ cannot be replaced: Permission denied")],
        *[("renameat2", 0, "exchanged"), ("renameatx_np", 0, "exchanged")],
    ],
)
def test_the_system_may_lack_the_call_that_exchanges_folders(tmp_path, monkeypatch, name, code, message):
    """macOS has another name for it; without it, two renames are used; any other error of it changes nothing."""
    calls: list[Any] = []

    def rename(*arguments: Any) -> int:
        calls.append(arguments)
        ctypes.set_errno(code)
        return -1 if code else 0

    library = type("Library", (), {"__init__": lambda self, path, use_errno: None, name: staticmethod(rename)})
    folder = tmp_path / f"{name}{code}" / "out"
    fill(folder, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(ctypes, "CDLL", library)
        done = outcome(swap.install, NEW, folder)
    beside = os.fsencode(folder.with_name(".out-new"))

    assert str(done or "") == (message if code else "")
    assert tree.read(folder.parent) == {f"out/{path}": text for path, text in (OLD if message else NEW).items()}
    if message == "exchanged":  # this library claims so without doing it
        assert calls == [(swap.AT_FDCWD, beside, swap.AT_FDCWD, os.fsencode(folder), 2)]
