"""Copies of what regeneration needs of a checkout, and ways to run the program on them."""

import contextlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def root() -> Path:
    """This very checkout; tests only read it."""
    return ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy in which everything is up to date, and which a test may spoil."""
    copy = tmp_path / "checkout"
    for name in ("openapi", "generated", "scripts/codegen"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "scripts/regenerate.py"):
        shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="session")
def program() -> Run:
    """Run scripts/regenerate.py of a checkout as a user does."""

    def run(
        root: Path, *arguments: str, python: str = sys.executable, **settings: Any
    ) -> "subprocess.CompletedProcess[str]":
        command = [python, str(root / "scripts" / "regenerate.py"), *arguments]
        settings = {"cwd": ROOT, "stdin": subprocess.DEVNULL, **settings}
        return subprocess.run(command, capture_output=True, text=True, timeout=50, check=False, **settings)

    return run


@pytest.fixture
def regenerate(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, list[str], list[str]]]:
    """Run the command line in this process, the generator too: gives exit code, lines of stdout, lines of stderr."""
    from codegen import command, generate, generator
    from templates import compile_once

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        with contextlib.redirect_stdout(io.StringIO()):
            answer: dict[str, Any] = json.loads(json.dumps(generator.answer(request)))
        return answer

    # What starting it costs is paid once; test_program.py runs it as it is.
    monkeypatch.setattr(generate, "_ask", ask)
    compile_once(monkeypatch)

    def run(root: Path, *arguments: str) -> tuple[int, list[str], list[str]]:
        capsys.readouterr()
        code = command.main(list(arguments), root)
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    return run


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace one text of a file by another."""

    def replace(path: Path, old: str, new: str) -> None:
        source = path.read_text(encoding="utf-8")
        assert old in source, f"{path.name} no longer says {old!r}"
        path.write_text(source.replace(old, new, 1), encoding="utf-8")

    return replace
