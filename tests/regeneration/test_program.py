"""The program in a process of its own, on copies of this checkout."""

import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
from codegen import tree
from regeneration.copies import ROOT

POISON = "raise SystemExit('a module from the environment was imported')\n"


def program(root: Path, *arguments: str, python: str = sys.executable, **settings: Any) -> Any:
    """Run scripts/regenerate.py of a checkout as a user does."""
    command = [python, str(root / "scripts" / "regenerate.py"), *arguments]
    settings = {"cwd": ROOT, "stdin": subprocess.DEVNULL, **settings}
    return subprocess.run(command, capture_output=True, text=True, timeout=50, check=False, **settings)


@pytest.fixture
def wrong_environment(tmp_path):
    """An environment in which every tool, module and setting that could be picked up is a wrong one."""
    tools, modules, home = tmp_path / "bin", tmp_path / "modules", tmp_path / "home"
    for folder in (tools, modules, home / ".config" / "ruff"):
        folder.mkdir(parents=True)
    for tool in ("ruff", "openapi-python-client", "python", "python3"):
        (tools / tool).write_text("#!/bin/sh\necho wrong >&2; exit 3\n", encoding="utf-8")
        (tools / tool).chmod(0o755)
    for module in ("yaml", "ruff", "openapi_python_client", "codegen"):
        (modules / f"{module}.py").write_text(POISON, encoding="utf-8")
    for settings in (home / ".config" / "ruff" / "ruff.toml", tmp_path / "ruff.toml"):
        settings.write_text("line-length = 40\nindent-width = 2\n", encoding="utf-8")
    return {
        "PATH": str(tools),
        "HOME": str(home),
        "PYTHONPATH": str(modules),
        "PYTHONHASHSEED": "7",
        "PYTHONOPTIMIZE": "2",
        "PYTHONWARNINGS": "error",
        "LC_ALL": "C",
        "RUFF_CONFIG": str(tmp_path / "ruff.toml"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "TMPDIR": str(tmp_path),
    }


def test_the_output_does_not_depend_on_the_environment(checkout, wrong_environment):
    """Whatever the tools, settings, locale, hash seed and umask, the output is the committed one; steps are listed."""
    (checkout / "generated").rename(checkout / "elsewhere")
    done = program(checkout, env=wrong_environment, cwd=wrong_environment["PYTHONPATH"], umask=0o077)

    assert done.returncode == 0, done.stderr
    assert tree.read(checkout / "generated") == tree.read(ROOT / "generated")
    assert {path.stat().st_mode & 0o777 for path in (checkout / "generated").rglob("*.py")} == {0o644}
    assert [line.split()[1] for line in done.stderr.splitlines()] == ["lint", "generate", "format", "test", "swap"]
    count = len(tree.read(ROOT / "generated"))
    assert done.stdout.splitlines()[-1] == f"generated/ is up to date now ({count} files changed)"


def test_missing_tools_are_reported(checkout, tmp_path):
    """Each missing tool has one line, with the pinned version and what to do."""
    venv.create(tmp_path / "bare", with_pip=False)
    done = program(checkout, "--check", python=str(tmp_path / "bare" / "bin" / "python"))

    assert done.returncode == 2
    assert "openapi-python-client is not installed for this Python, pyproject.toml pins" in done.stderr
    assert "Traceback" not in done.stderr
    assert all("run `make setup`" in line for line in done.stderr.splitlines()[:-1])
