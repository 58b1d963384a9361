"""One folder takes the place of another, whole or not at all, at whatever step the process is killed."""

import ctypes
import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cases import each
from codegen import swap, tree
from codegen.problems import CannotRunError
from regeneration.copies import ROOT, regenerate

OLD = {"package/a.py": b"old", "package/gone.py": b"old", "lock.json": b"old"}
NEW = {"package/a.py": b"new", "package/sub/b.py": b"new", "lock.json": b"new"}

# Does the swap once for each step, each time on a folder of its own and in a process of its own, which ends, as by
# SIGKILL, just before its n-th call that changes the file system; until one comes to its end. Prints their exit codes.
DRIVER = """
import ctypes, os, pathlib, shutil, sys, traceback
sys.path.insert(0, sys.argv[1])
from codegen import swap

def swap_up_to(steps_left, folder):
    def killing(function):
        def step(*args, **kwargs):
            nonlocal steps_left
            if steps_left == 0:
                os._exit(9)
            steps_left -= 1
            return function(*args, **kwargs)
        return step

    load = ctypes.CDLL
    class Library:
        def __init__(self, path, use_errno):
            if sys.argv[3] == "exchange":
                self.renameat2 = killing(load(path, use_errno=use_errno).renameat2)
    ctypes.CDLL = Library
    for owner, names in ((pathlib.Path, ("mkdir", "rename", "write_bytes")), (os, ("unlink", "rmdir"))):
        for name in names:
            setattr(owner, name, killing(getattr(owner, name)))
    swap.recover(folder)
    swap.install({NEW}, folder)
    os._exit(0)

for step in range(50):
    child = os.fork()
    if child == 0:
        try:
            swap_up_to(step, pathlib.Path(sys.argv[2], str(step), "generated"))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(code)
    if code != 9:
        break
""".replace("{NEW}", repr(NEW))


def fill(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files, as they are committed."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_every_crash_leaves_the_old_or_the_new(tmp_path, way):
    """Killed before any step: all old or all new, at once where folders can be exchanged, else after recovery."""
    for step in range(50):
        fill(tmp_path / str(step) / "generated", OLD)
    command = [sys.executable, "-I", "-c", DRIVER, str(ROOT / "scripts"), str(tmp_path), way]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    codes = [int(code) for code in done.stdout.split()]

    assert codes[-1] == 0, done.stderr
    assert set(codes[:-1]) == {9}
    assert 10 < len(codes) < 50

    seen = []
    for step in range(len(codes)):
        folder = tmp_path / str(step) / "generated"
        if way == "two renames":
            swap.recover(folder)
        seen.append(tree.read(folder))
        swap.recover(folder)
        swap.install(NEW, folder)

        assert seen[-1] in (OLD, NEW)
        assert tree.read(folder.parent) == {f"generated/{path}": content for path, content in NEW.items()}

    assert (seen[0], seen[-1]) == (OLD, NEW)


def test_what_a_killed_run_has_left_is_put_right_first(checkout):
    """The next run finds the old output again, and cleans up beside it."""
    before = tree.read(checkout / "generated")
    (checkout / ".generated-new" / "half").mkdir(parents=True)
    (checkout / "generated").rename(checkout / ".generated-old")

    assert regenerate(checkout)[:2] == (0, ["generated/ is up to date"])
    assert tree.read(checkout / "generated") == before
    assert not list(checkout.glob(".generated-*"))


def test_the_new_folder_is_new_in_all(tmp_path):
    """Nothing of the old survives, bytecode neither; where there is nothing to replace, the folder is made."""
    for folder in (tmp_path / "generated", tmp_path / "first"):
        swap.install(NEW, folder)
        assert sorted(path.name for path in folder.rglob("*")) == ["a.py", "b.py", "lock.json", "package", "sub"]
        fill(folder, {**OLD, "package/__pycache__/a.pyc": b"old"})
        swap.install(NEW, folder)
        assert sorted(path.name for path in folder.rglob("*")) == ["a.py", "b.py", "lock.json", "package", "sub"]


def test_a_failure_leaves_the_old(tmp_path, monkeypatch):
    """A full disk, say: one plain line, the old output as it was, nothing beside it."""

    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    fill(tmp_path / "generated", OLD)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotRunError, match=r"^generated/ cannot be replaced: No space left on device$"):
        swap.install(NEW, tmp_path / "generated")

    assert tree.read(tmp_path) == {f"generated/{path}": content for path, content in OLD.items()}


@each(
    ("name", "code", "said"),
    [
        *[("other", 0, ""), ("renameat2", errno.ENOSYS, ""), ("renameat2", errno.EINVAL, "")],
        *[("renameat2", errno.ENOTSUP, ""), ("renameat2", errno.EACCES, os.strerror(errno.EACCES))],
        *[("renameat2", 0, "exchanged"), ("renameatx_np", 0, "exchanged")],
    ],
)
def test_the_system_may_lack_the_call(tmp_path, monkeypatch, name, code, said):
    """It has another name on macOS. Without it two renames do it; any other error of it is one, and nothing changes."""
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
        if code == errno.EACCES:
            with pytest.raises(CannotRunError, match=rf"^out/ cannot be replaced: {said}$"):
                swap.install(NEW, folder)
        else:
            swap.install(NEW, folder)
    beside = os.fsencode(folder.with_name(".out-new"))

    assert tree.read(folder.parent) == {f"out/{path}": text for path, text in (OLD if said else NEW).items()}
    if said == "exchanged":  # this library says so, and has done nothing
        assert calls == [(swap.AT_FDCWD, beside, swap.AT_FDCWD, os.fsencode(folder), 2)]
