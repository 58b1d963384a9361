"""A project to release: a copy of this one under git, with a changelog and a version of its own."""

import shutil
import subprocess
from pathlib import Path

import pytest
import release
from codegen import pipeline, tree
from regeneration.copies import copied

ROOT = Path(__file__).resolve().parents[2]
FRAGMENT = ROOT / "tests" / "report" / "data" / "fragment.yaml"  # it lacks nothing, whatever ours lacks after a sync

FIRST_ENTRY = "# Changelog\n\n## Unreleased\n\n### Added\n\nThe first release.\n"
SETTINGS = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "it@example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


@pytest.fixture(autouse=True, scope="module")
def _own_settings_of_git():
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
def _begun(tmp_path_factory, _own_settings_of_git):
    project = copied(tmp_path_factory.mktemp("begun") / "project", "scripts", ".gitignore", "LICENSE", "README.md")
    shutil.copy(FRAGMENT, project / "openapi" / "models.yaml")
    (project / "anthropic_models" / "_version.py").write_text('"""The version."""\n\n__version__ = "0.1.0"\n', "utf-8")
    (project / "CHANGELOG.md").write_text(FIRST_ENTRY, "utf-8")
    _run_git(project, "init", "--quiet", "--initial-branch", "main")
    _run_git(project, "add", "--all")
    _run_git(project, "commit", "--quiet", "--message", "Begin")
    return project


@pytest.fixture
def project(_begun, tmp_path):
    """All of it committed on a branch, version 0.1.0, no tag."""
    return shutil.copytree(_begun, tmp_path / "project")


@pytest.fixture
def git(project):
    """Run git in the project."""
    return lambda *arguments: _run_git(project, *arguments)


@pytest.fixture
def run(project, capsys):
    """Run the program on the project; gives the exit code and what it printed."""
    return lambda *arguments: (release.main(list(arguments), project), *capsys.readouterr())


@pytest.fixture
def up_to_date(monkeypatch):
    """generated/ is taken to be what openapi/ says, without generating it."""

    def build(root, *_):
        return pipeline.Result(*[tree.read(root / pipeline.OUTPUT)] * 2)

    monkeypatch.setattr(pipeline, "build", build)


@pytest.fixture
def released(project, git):
    """The project when 0.1.0 has just been released."""
    changelog = project / "CHANGELOG.md"
    changelog.write_text(FIRST_ENTRY.replace("Unreleased", "0.1.0 - 2026-01-01"), "utf-8")
    git("commit", "--quiet", "--all", "--message", "Release 0.1.0")
    git("tag", "--annotate", "--message", "0.1.0", "v0.1.0")
    return project
