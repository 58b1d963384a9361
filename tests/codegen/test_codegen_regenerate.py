"""Writing the output: whole or not at all, by one run at a time, and only if it is accepted."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import pipeline, toolchain, tree

Refused = Callable[..., list[str]]

TOOLS = toolchain.Toolchain({}, "")
NEW = {"package/a.py": b"new"}
BUSY = "another regeneration of this checkout is running: wait for it to end"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was to be built; the output is the one file above."""
    given: list[Any] = []

    def build(root: Path, tools: Any, say: Any) -> pipeline.Result:
        given.append((root, tools, sorted(path.name for path in root.iterdir())))
        say("build")
        return pipeline.Result(tree.read(root / "generated"), NEW)

    monkeypatch.setattr(pipeline, "build", build)
    return given


def test_what_has_changed_is_written(tmp_path: Path, built: Any) -> None:
    """The swap is said; where nothing has changed there is none, and the folder stays."""
    said: list[str] = []
    first = pipeline.regenerate(tmp_path, TOOLS, said.append)
    before = (tmp_path / "generated").stat().st_ino
    second = pipeline.regenerate(tmp_path, TOOLS, said.append)

    assert said == ["build", "swap", "build"]
    assert ([change.path for change in first.changes], second.changes) == (["package/a.py"], [])
    assert tree.read(tmp_path) == {"generated/package/a.py": b"new"}
    assert (tmp_path / "generated").stat().st_ino == before
    assert [each[:2] for each in built] == [(tmp_path, TOOLS)] * 2


def test_what_is_not_accepted_is_not_written(tmp_path: Path, built: Any) -> None:
    """It is asked once, with the result, whether there is a change or not; the result comes back all the same."""
    said: list[str] = []
    seen: list[pipeline.Result] = []

    def refuse(result: pipeline.Result) -> bool:
        seen.append(result)
        return False

    result = pipeline.regenerate(tmp_path, TOOLS, said.append, refuse)

    assert (seen, said) == ([result], ["build"])
    assert result.new == NEW
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_put_right_before_anything_is_built(tmp_path: Path, built: Any) -> None:
    """So that the old output is compared with, and not the want of it."""
    (tmp_path / ".generated-old" / "package").mkdir(parents=True)
    (tmp_path / ".generated-old" / "package" / "a.py").write_bytes(b"new")
    (tmp_path / ".generated-new").mkdir()
    result = pipeline.regenerate(tmp_path, TOOLS, lambda _: None)

    assert built[0][2] == ["generated"]
    assert result.changes == []


def test_only_one_run_at_a_time(tmp_path: Path, built: Any, refused: Refused) -> None:
    """A second one is refused at once, in the same process too; afterwards the way is free, even after a failure."""
    inside: list[str] = []

    def again(result: pipeline.Result) -> bool:
        inside.extend(refused(pipeline.regenerate, tmp_path, TOOLS, lambda _: None))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        pipeline.regenerate(tmp_path, TOOLS, lambda _: None, again)
    assert (inside, len(built)) == ([BUSY], 1)
    assert pipeline.regenerate(tmp_path, TOOLS, lambda _: None).new == NEW


def test_a_reader_that_holds_the_checkout_is_waited_for_by_nobody(tmp_path: Path, built: Any, refused: Refused) -> None:
    """Any lock on the folder counts; no folder stays open."""
    before = len([*Path("/dev/fd").iterdir()])
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_SH)

        assert refused(pipeline.regenerate, tmp_path, TOOLS, lambda _: None) == [BUSY]
    finally:
        os.close(folder)
    assert len([*Path("/dev/fd").iterdir()]) <= before
    assert built == []
