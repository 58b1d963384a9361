"""One folder takes the place of another, whole or not at all, at whatever step the process is killed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from codegen import swap, tree
from codegen.problems import CannotRunError

OLD = {"package/a.py": b"old", "package/gone.py": b"old", "lock.json": b"old"}
NEW = {"package/a.py": b"new", "package/sub/b.py": b"new", "lock.json": b"new"}
SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

# Does the swap in a process that ends, as by SIGKILL, just before its n-th call that changes the file system.
DRIVER = """
import os, pathlib, shutil, sys
sys.path.insert(0, sys.argv[1])
from codegen import swap
folder, steps_left, can_exchange = pathlib.Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "exchange"

def killing(function):
    def step(*args, **kwargs):
        global steps_left
        if steps_left == 0:
            os._exit(9)
        steps_left -= 1
        return function(*args, **kwargs)
    return step

swap._exchange = killing(swap._exchange) if can_exchange else lambda one, other: False
for owner, names in ((pathlib.Path, ("mkdir", "rename", "write_bytes")), (os, ("unlink", "rmdir"))):
    for name in names:
        setattr(owner, name, killing(getattr(owner, name)))
swap.recover(folder)
swap.install({NEW}, folder)
""".replace("{NEW}", repr(NEW))


def fill(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files, as they are committed."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def killed_at(folder: Path, step: int, way: str) -> bool:
    """Run the swap up to that step; False when it came to its end before."""
    command = [sys.executable, "-I", "-c", DRIVER, str(SCRIPTS), str(folder), str(step), way]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode in (0, 9), done.stderr
    return done.returncode == 9


@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_every_crash_leaves_the_old_or_the_new(tmp_path: Path, way: str) -> None:
    """Killed before any step: all old or all new, at once where folders can be exchanged, else after recovery."""
    seen = []
    for step in range(100):
        folder = tmp_path / str(step) / "generated"
        fill(folder, OLD)
        killed = killed_at(folder, step, way)
        if way == "two renames":
            swap.recover(folder)
        seen.append(tree.read(folder))
        swap.recover(folder)
        swap.install(NEW, folder)

        assert seen[-1] in (OLD, NEW)
        assert tree.read(folder.parent) == {f"generated/{path}": content for path, content in NEW.items()}
        if not killed:
            break

    assert (seen[0], seen[-1]) == (OLD, NEW)
    assert 10 < len(seen) < 50


def test_bytecode_of_the_old_does_not_survive(tmp_path: Path) -> None:
    """The new folder is new in all: nothing of the old is taken over."""
    folder = tmp_path / "generated"
    fill(folder, {**OLD, "package/__pycache__/a.pyc": b"old"})
    swap.install(NEW, folder)

    assert sorted(path.name for path in folder.rglob("*")) == ["a.py", "b.py", "lock.json", "package", "sub"]


def test_the_first_output_needs_no_old_one(tmp_path: Path) -> None:
    """Where there is nothing to replace, the folder is made."""
    swap.install(NEW, tmp_path / "generated")

    assert tree.read(tmp_path / "generated") == NEW


def test_a_failure_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, say: one plain line, the old output as it was, nothing beside it."""

    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    fill(tmp_path / "generated", OLD)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotRunError, match=r"^generated/ cannot be replaced: No space left on device$"):
        swap.install(NEW, tmp_path / "generated")

    assert tree.read(tmp_path) == {f"generated/{path}": content for path, content in OLD.items()}


def test_an_exchange_that_fails_for_good_is_told(tmp_path: Path) -> None:
    """Only where the system does not know the call is it done in two steps."""
    fill(tmp_path / "one", OLD)

    with pytest.raises(OSError, match=os.strerror(2)):
        swap._exchange(tmp_path / "one", tmp_path / "none")
