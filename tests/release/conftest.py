"""A project to release: a copy of this one under git, with a changelog and a version of its own."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import release  # noqa: E402  # a script, found by the line above

NEEDED = ("anthropic_models", "generated", "openapi", "scripts")
FILES = (".gitignore", "LICENSE", "README.md", "pyproject.toml")
FIRST_ENTRY = "# Changelog\n\n## Unreleased\n\n### Added\n\nThe first release.\n"

Git = Callable[..., str]
Release = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _own_settings_of_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Person")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "person@example.com")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def _run_git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """All of it committed on a branch, version 0.1.0, no tag."""
    project = tmp_path / "project"
    for name in NEEDED:
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, project)
    (project / "anthropic_models" / "_version.py").write_text('"""The version."""\n\n__version__ = "0.1.0"\n', "utf-8")
    (project / "CHANGELOG.md").write_text(FIRST_ENTRY, "utf-8")
    _run_git(project, "init", "--quiet", "--initial-branch", "main")
    _run_git(project, "add", "--all")
    _run_git(project, "commit", "--quiet", "--message", "Begin")
    return project


@pytest.fixture
def git(project: Path) -> Git:
    """Run git in the project."""
    return lambda *arguments: _run_git(project, *arguments)


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]) -> Release:
    """Run the program on the project; gives the exit code and what it printed."""
    return lambda *arguments: (release.main(list(arguments), project), *capsys.readouterr())


@pytest.fixture
def released(project: Path, git: Git) -> Path:
    """The project when 0.1.0 has just been released."""
    changelog = project / "CHANGELOG.md"
    changelog.write_text(FIRST_ENTRY.replace("Unreleased", "0.1.0 - 2026-01-01"), "utf-8")
    git("commit", "--quiet", "--all", "--message", "Release 0.1.0")
    git("tag", "--annotate", "--message", "0.1.0", "v0.1.0")
    return project
