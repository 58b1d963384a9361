"""How two folders are exchanged: the call of the system, and what is done where it is missing."""

import ctypes
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import swap
from codegen.problems import CannotRunError

Libc = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def libc(monkeypatch: pytest.MonkeyPatch) -> Libc:
    """A C library with one function of this name, which fails with this error, if any; gives the calls of it."""

    def install(name: str, code: int = 0) -> list[tuple[Any, ...]]:
        calls: list[tuple[Any, ...]] = []

        class Library:
            """Like `ctypes.CDLL`, which has no attribute for a function that is missing."""

            def __init__(self, path: str | None, *, use_errno: bool = False) -> None:
                assert (path, use_errno) == (None, True)

        def rename(*arguments: Any) -> int:
            calls.append(arguments)
            ctypes.set_errno(code)
            return -1 if code else 0

        setattr(Library, name, staticmethod(rename))
        monkeypatch.setattr(ctypes, "CDLL", Library)
        return calls

    return install


@pytest.mark.parametrize("name", ["renameat2", "renameatx_np"])
def test_the_call_has_another_name_on_macos(libc: Libc, name: str) -> None:
    """Whichever of the two is there is called, with both names as bytes, from the current folder, to exchange."""
    calls = libc(name)

    assert swap._exchange(Path("/a/one"), Path("/a/two")) is True
    assert calls == [(swap.AT_FDCWD, b"/a/one", swap.AT_FDCWD, b"/a/two", 2)]


def test_a_path_may_start_at_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system itself, if it knows the call, takes both names as they stand there; else neither is moved."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    monkeypatch.chdir(tmp_path)

    exchanged = swap._exchange(Path("one"), Path("two"))

    assert {path.as_posix(): next(path.iterdir()).name for path in Path().iterdir()} == (
        {"one": "two", "two": "one"} if exchanged else {"one": "one", "two": "two"}
    )


def test_the_system_may_not_know_the_call(libc: Libc) -> None:
    """A library without it, and a kernel or a file system that does not do it, are no error."""
    reasons = {"no such function": ("anything", 0)}
    reasons |= {errno.errorcode[code]: ("renameat2", code) for code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)}
    for reason, (name, code) in reasons.items():
        libc(name, code)

        assert swap._exchange(Path("/a/one"), Path("/a/two")) is False, reason


def test_any_other_error_of_the_call_is_raised(libc: Libc) -> None:
    """With its number, and its words."""
    libc("renameat2", errno.EACCES)
    with pytest.raises(OSError, match=os.strerror(errno.EACCES)) as caught:
        swap._exchange(Path("/a/one"), Path("/a/two"))

    assert (caught.value.errno, caught.value.strerror) == (errno.EACCES, os.strerror(errno.EACCES))


def test_two_renames_do_it_too(tmp_path: Path, libc: Libc) -> None:
    """Where folders cannot be exchanged, the new one is there all the same, and nothing beside it."""
    libc("anything")
    folder = tmp_path / "out"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "old").touch()
    swap.install({"sub/new": b"new", "sub/none": None}, folder)

    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == [
        "out",
        "out/sub",
        "out/sub/new",
        "out/sub/none",
    ]
    assert (folder / "sub" / "none").read_bytes() == b""


def test_an_error_without_words_is_told_by_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some errors have no words of the system; the folder is as it was."""

    def fail(one: Path, other: Path) -> bool:
        raise OSError("no words")

    (tmp_path / "out").mkdir()
    monkeypatch.setattr(swap, "_exchange", fail)
    with pytest.raises(CannotRunError, match=r"^out/ cannot be replaced: no words$"):
        swap.install({"new": b""}, tmp_path / "out")

    assert [path.name for path in tmp_path.rglob("*")] == ["out"]


def test_what_lies_beside_has_names_that_nobody_else_uses(tmp_path: Path) -> None:
    """Both are hidden, named after the folder, and gone after the next run; the old one comes back if need be."""
    for name in (".out-new", ".out-old", ".out-mine", "out-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    swap.recover(tmp_path / "out")

    assert sorted(path.name for path in tmp_path.iterdir()) == [".out-mine", "out", "out-old"]
    (tmp_path / ".out-old").mkdir()
    swap.recover(tmp_path / "out")

    assert sorted(path.name for path in tmp_path.iterdir()) == [".out-mine", "out", "out-old"]
    assert (tmp_path / "out" / "file").is_file()
