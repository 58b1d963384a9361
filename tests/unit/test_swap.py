"""How two folders are exchanged: by the call of the system, or by two renames if the system does not know it."""

import ctypes
import errno
import os
from pathlib import Path
from typing import Any

import pytest
from cases import each
from codegen import swap
from codegen.problems import CannotRunError


def library(name: str, code: int, calls: list[Any]) -> type:
    """A C library with one function of this name, which fails with this error, or else renames nothing."""

    def rename(*arguments: Any) -> int:
        calls.append(arguments)
        ctypes.set_errno(code)
        return -1 if code else 0

    return type("Library", (), {"__init__": lambda self, path, use_errno: None, name: staticmethod(rename)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an old file in it."""
    (tmp_path / "out" / "sub").mkdir(parents=True)
    (tmp_path / "out" / "sub" / "old").touch()
    return tmp_path / "out"


def names(folder: Path) -> list[str]:
    """All that is in the place of the folder and beside it."""
    return sorted(path.relative_to(folder.parent).as_posix() for path in folder.parent.rglob("*"))


@each("name", ["renameat2", "renameatx_np"])
def test_the_call_has_another_name_on_macos(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whichever of the two the system has exchanges the folders, by their absolute names."""
    calls: list[Any] = []
    monkeypatch.setattr(ctypes, "CDLL", library(name, 0, calls))
    swap.install({"new": b""}, folder)
    beside = folder.with_name(".out-new")

    assert calls == [(swap.AT_FDCWD, os.fsencode(beside), swap.AT_FDCWD, os.fsencode(folder), 2)]


@each(
    ("name", "code"),
    [("other", 0), ("renameat2", errno.ENOSYS), ("renameat2", errno.EINVAL), ("renameat2", errno.ENOTSUP)],
)
def test_two_renames_do_it_too(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    """A library, a kernel or a file system that cannot exchange folders is no error."""
    monkeypatch.setattr(ctypes, "CDLL", library(name, code, []))
    swap.install({"sub/new": b"new", "none": None}, folder)

    assert names(folder) == ["out", "out/none", "out/sub", "out/sub/new"]


def test_any_other_error_of_the_call_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its words; the folder is as it was, with nothing beside it."""
    monkeypatch.setattr(ctypes, "CDLL", library("renameat2", errno.EACCES, []))
    with pytest.raises(CannotRunError, match=rf"^out/ cannot be replaced: {os.strerror(errno.EACCES)}$"):
        swap.install({"new": b""}, folder)

    assert names(folder) == ["out", "out/sub", "out/sub/old"]
