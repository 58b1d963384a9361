"""A project to release: a copy of this one in a git repository, with its own changelog and version."""

import shutil
import subprocess
from pathlib import Path

import pytest
import release
from codegen import pipeline, tree
from regeneration.copies import copied

ROOT = Path(__file__).resolve().parents[2]
FRAGMENT = ROOT / "tests" / "report" / "data" / "fragment.yaml"  # always complete, unlike ours after a sync

FIRST_ENTRY = "# Changelog\n\n## Unreleased\n\n### Added\n\nThe first release.\n"
SETTINGS = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "it@example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


@pytest.fixture(autouse=True, scope="module")
def _git_settings():
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
            patch.delenv(name, raising=False)
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        yield


def _run_git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def _committed(tmp_path_factory, _git_settings):
    project = copied(tmp_path_factory.mktemp("begun") / "project", "scripts", ".gitignore", "LICENSE", "README.md")
    shutil.copy(FRAGMENT, project / "openapi" / "models.yaml")
    (project / "anthropic_models" / "_version.py").write_text('"""The version."""\n\n__version__ = "0.1.0"\n', "utf-8")
    (project / "CHANGELOG.md").write_text(FIRST_ENTRY, "utf-8")
    _run_git(project, "init", "--quiet", "--initial-branch", "main")
    _run_git(project, "add", "--all")
    _run_git(project, "commit", "--quiet", "--message", "Begin")
    return project


@pytest.fixture
def project(_committed, tmp_path):
    """The project: everything is committed on a branch, the version is 0.1.0, there is no tag."""
    return shutil.copytree(_committed, tmp_path / "project")


@pytest.fixture
def git(project):
    """Run git in the project."""
    return lambda *arguments: _run_git(project, *arguments)


@pytest.fixture
def run(project, capsys):
    """Run the program on the project; returns exit code, stdout and stderr."""
    return lambda *arguments: (release.main(list(arguments), project), *capsys.readouterr())


@pytest.fixture
def up_to_date(monkeypatch):
    """Let generated/ count as up to date, without generating it."""

    def build(root, *_):
        return pipeline.Result(*[tree.read(root / pipeline.OUTPUT)] * 2)

    monkeypatch.setattr(pipeline, "build", build)


@pytest.fixture
def released(project, git):
    """The project just after the release of 0.1.0."""
    changelog = project / "CHANGELOG.md"
    changelog.write_text(FIRST_ENTRY.replace("Unreleased", "0.1.0 - 2026-01-01"), "utf-8")
    git("commit", "--quiet", "--all", "--message", "Release 0.1.0")
    git("tag", "--annotate", "--message", "0.1.0", "v0.1.0")
    return project
