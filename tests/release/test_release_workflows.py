"""The example workflows: their steps are run here, with a local wheel, a local remote and no network."""

import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
NEWEST = "999.0.0"
INFO = "anthropic/types/model_info.py"
STUB = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n'
NEW_FIELD = "\n    shelf_number: Union[int, None] = None\n"

Git = Callable[..., str]
Steps = Callable[..., tuple[int, str]]


def jobs(name: str) -> dict[str, Any]:
    """The jobs of an example."""
    found: dict[str, Any] = yaml.safe_load((EXAMPLES / name).read_text("utf-8"))["jobs"]
    return found


def wheel(folder: Path, edit: Callable[[str], str]) -> None:
    """A newest release of the official client: the installed one with its model edited."""
    installed = metadata.distribution("anthropic")
    with zipfile.ZipFile(folder / f"anthropic-{NEWEST}-py3-none-any.whl", "w") as archive:
        for file in installed.files or ():
            if file.suffix in (".py", "") or file.name in ("METADATA", "WHEEL"):
                name = str(file).replace(f"-{installed.version}.dist-info", f"-{NEWEST}.dist-info")
                text = file.read_text("utf-8").replace(f"\nVersion: {installed.version}\n", f"\nVersion: {NEWEST}\n")
                archive.writestr(name, edit(text) if name == INFO else text)


@pytest.fixture
def steps(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Run the `run:` steps of a job as the service does, up to one that fails; gives its exit code and all output."""
    for name in ("gh", "make"):
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).write_text(STUB, "utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', "utf-8")
    python.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    for name, value in {
        "CALLS": tmp_path / "calls.txt",
        "GITHUB_STEP_SUMMARY": tmp_path / "summary.md",
        "GITHUB_REF_NAME": "v0.1.0",
        "RUNNER_TEMP": tmp_path,
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": tmp_path,
    }.items():
        monkeypatch.setenv(name, str(value))

    def run(workflow: str, job: str, only: str = "") -> tuple[int, str]:
        output = ""
        for step in jobs(workflow)[job]["steps"]:
            command = ["bash", "-e", "-c", step.get("run", "") if only in step.get("name", "") else ""]
            done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
            output += done.stdout + done.stderr
            if done.returncode:
                return done.returncode, output
        return 0, output

    return run


@pytest.fixture
def remote(project: Path, tmp_path: Path, git: Git) -> Path:
    """Where the project is pushed to."""
    git("clone", "--quiet", "--bare", str(project), str(tmp_path / "remote.git"))
    git("remote", "add", "origin", str(tmp_path / "remote.git"))
    return tmp_path / "remote.git"


def calls(folder: Path) -> list[str]:
    """The commands that were called, without those that set up."""
    lines = (folder / "calls.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line not in ("make setup", "gh auth setup-git")]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yml")), ids=lambda path: path.name)
def test_each_action_is_pinned_by_its_hash(path: Path) -> None:
    """With the version for people beside it; and no token stays in the clone."""
    text = path.read_text("utf-8")
    uses = re.findall(r"uses: .*", text)

    assert uses
    assert [use for use in uses if not re.fullmatch(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)] == []
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


@pytest.mark.timeout(180)
def test_what_can_be_written_becomes_a_pull_request(steps: Steps, remote: Path, tmp_path: Path, git: Git) -> None:
    """It names the release and its hash; a branch that is there already, with a person's work, is left alone."""
    wheel(tmp_path, lambda text: text.replace("from typing import", "from typing import Union,") + NEW_FIELD)
    main = git("rev-parse", "main")
    steps("drift.yml", "sdk")
    branch = f"drift/anthropic-{NEWEST}"
    title = git("log", "--format=%s", "-1", branch)
    (call,) = calls(tmp_path)

    assert re.fullmatch(rf"Move with anthropic {NEWEST} \(sha256 [0-9a-f]{{64}}\)", title)
    assert call == f"gh pr create --head {branch} --title {title} --body-file {tmp_path}/body.md"
    body = (tmp_path / "body.md").read_text("utf-8")
    assert "additive  ModelInfo.shelf_number: new" in body
    assert title.split()[-1].rstrip(")") in body.splitlines()[0]
    pushed = subprocess.run(["git", "show", branch], cwd=remote, capture_output=True, text=True, check=True).stdout
    assert "+++ b/openapi/models.yaml" in pushed
    assert (git("ls-remote", "origin", "main").split()[0], git("status", "--porcelain")) == (main, "")
    git("switch", "--quiet", "main")
    assert steps("drift.yml", "sdk", "Open a pull request") == (0, f"{branch} is there already.\n")
    assert len(calls(tmp_path)) == 1


def test_what_a_person_must_decide_makes_the_job_fail(steps: Steps, remote: Path, tmp_path: Path, git: Git) -> None:
    """Also if that is all that moved: then there is no pull request, and it says what it is."""
    wheel(tmp_path, lambda text: text.replace("    display_name: str\n", "    display_name: int\n"))
    code, output = steps("drift.yml", "sdk")

    assert (code, calls(tmp_path), git("branch", "--list", "drift/*")) == (1, [], "")
    assert "display_name" in output


def test_a_release_that_says_the_same_is_silent_and_one_that_cannot_be_read_is_not(
    steps: Steps, remote: Path, tmp_path: Path
) -> None:
    """Neither opens a pull request."""
    code, output = steps("drift.yml", "sdk")
    assert (code, "could not tell" in output) == (1, True)
    wheel(tmp_path, str)
    assert steps("drift.yml", "sdk")[0] == 0
    assert calls(tmp_path) == []


def test_a_tag_is_checked_built_tried_and_published_only_by_a_job_that_waits(steps: Steps, tmp_path: Path) -> None:
    """What is built is tried on each supported Python; the job that may publish runs nothing of the project."""
    assert steps("release.yml", "build")[0] == 0
    assert calls(tmp_path) == [
        "make check",
        "make dist TAG=v0.1.0 PYTHONS=python3.11 python3.12 python3.13 python3.14",
        "make dist TAG=v0.1.0 BESIDE=anthropic",
    ]
    publish = jobs("release.yml")["publish"]
    assert (publish["needs"], publish["environment"], publish["permissions"]) == (
        "build",
        "release",
        {"id-token": "write"},
    )
    assert all("run" not in step for step in publish["steps"])
