"""The example workflows: the tests run their steps with a local wheel, a local remote and no network."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases import each

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
# Each program records its call. The output of upstream.py comes from files in $RUNNER_TEMP.
RECORD = '#!/bin/sh\ncd "${0%/*}/../.." && NAME="$(basename "$0") $*"\necho "$NAME" >> "$CALLS"\n'
UPSTREAM = """
case "$1" in
*upstream.py)
  test -f "$RUNNER_TEMP/upstream.json" || { echo "could not compare" >&2; exit 2; }
  cat "$RUNNER_TEMP/upstream.json"; cat "$RUNNER_TEMP/upstream.txt" >&2
  if ! grep -q '"written": 0' "$RUNNER_TEMP/upstream.json"; then echo "# moved" >> openapi/models.yaml; fi ;;
*regenerate.py)
  echo "For callers: 0 breaking, 1 additive" ;;
esac
"""


def jobs(name: str) -> dict[str, Any]:
    """The jobs of an example."""
    return dict(yaml.safe_load((EXAMPLES / name).read_text("utf-8"))["jobs"])


def moved(folder: Path, **counts: int) -> None:
    """Let the next run of upstream.py report and write these numbers of differences."""
    report = {"written": 0, "decided": 0, "undecided": 0, "not_compared": 0, **counts}
    report["release"] = {"name": "anthropic", "version": "9.0.0", "sha256": "a" * 64}  # type: ignore[assignment]
    (folder / "upstream.json").write_text(json.dumps(report), "utf-8")
    (folder / "upstream.txt").write_text("ModelInfo.shelf_number\n", "utf-8")


@pytest.fixture
def steps(project, tmp_path):
    """Run the `run:` steps of a job as the service does, until one fails; returns its exit code and all output."""
    for name, source in {"bin/gh": RECORD, "bin/make": RECORD, "project/.venv/bin/python": RECORD + UPSTREAM}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source, "utf-8")
        (tmp_path / name).chmod(0o755)
    settings = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "GITHUB_REF_NAME": "v0.1.0", "RUNNER_TEMP": tmp_path}
    settings |= {"CALLS": tmp_path / "calls.txt", "GITHUB_STEP_SUMMARY": tmp_path / "summary.md"}
    environment = {**os.environ, **{name: str(value) for name, value in settings.items()}}

    def run(workflow, job, only=""):
        output = ""
        for step in jobs(workflow)[job]["steps"]:
            command = ["bash", "-e", "-c", step.get("run", "") if only in step.get("name", "") else ""]
            done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
            output += done.stdout + done.stderr
            if done.returncode:
                return done.returncode, output
        return 0, output

    return run


@pytest.fixture
def remote(project, tmp_path, git):
    """The repository that the project pushes to."""
    git("clone", "--quiet", "--bare", str(project), str(tmp_path / "remote.git"))
    git("remote", "add", "origin", str(tmp_path / "remote.git"))
    return tmp_path / "remote.git"


def calls(folder: Path) -> list[str]:
    """The recorded commands, without those of the set-up."""
    lines = (folder / "calls.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line not in ("make setup", "gh auth setup-git")]


@each("path", sorted(EXAMPLES.glob("*.yml")))
def test_each_action_is_pinned_by_its_hash(path):
    """Each action has its version in a comment, and no token stays in the clone."""
    text = path.read_text("utf-8")
    uses = re.findall(r"uses: .*", text)

    assert uses
    assert [use for use in uses if not re.fullmatch(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)] == []
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


READ = "python scripts/upstream.py --sdk latest --write --report json"


def test_written_changes_become_a_pull_request(steps, remote, tmp_path, git):
    """It names the release and its hash; an existing branch, which may have a person's work, is not changed."""
    moved(tmp_path, written=1)
    main = git("rev-parse", "main")
    assert steps("drift.yml", "sdk")[0] == 0
    branch, title = "drift/anthropic-9.0.0", f"Move with anthropic 9.0.0 (sha256 {'a' * 64})"

    assert git("log", "--format=%s", "-1", branch) == title
    create = f"gh pr create --head {branch} --title {title} --body-file {tmp_path}/body.md"
    assert calls(tmp_path) == [READ, "python scripts/regenerate.py", create]
    body = (tmp_path / "body.md").read_text("utf-8")
    assert body == (tmp_path / "summary.md").read_text("utf-8")
    listed = "```text\nModelInfo.shelf_number\nFor callers: 0 breaking, 1 additive\n```\n"
    assert body.startswith(f"From anthropic 9.0.0, sha256 {'a' * 64}.\n\n{listed}")
    pushed = subprocess.run(["git", "show", branch], cwd=remote, capture_output=True, text=True, check=True).stdout
    assert "+++ b/openapi/models.yaml" in pushed
    assert (git("ls-remote", "origin", "main").split()[0], git("status", "--porcelain")) == (main, "")
    git("switch", "--quiet", "main")
    assert steps("drift.yml", "sdk", "Open a pull request") == (0, f"{branch} is there already.\n")
    assert calls(tmp_path)[3:] == []


def test_what_a_person_must_decide_makes_the_job_fail(steps, remote, tmp_path, git):
    """A difference that is undecided or not compared, or an unreadable source, is a failure without a pull request."""
    for counts in ({"undecided": 1}, {"not_compared": 1, "decided": 2}):
        moved(tmp_path, **counts)
        code, output = steps("drift.yml", "sdk")
        assert (code, "ModelInfo.shelf_number" in output.split("Nothing was written.")[1]) == (1, True)
    moved(tmp_path, decided=3)
    assert steps("drift.yml", "sdk")[0] == 0
    (tmp_path / "upstream.json").unlink()
    code, output = steps("drift.yml", "sdk")

    assert (code, "could not compare" in output) == (1, True)
    assert {*calls(tmp_path)} == {READ, "python scripts/regenerate.py"}
    assert git("branch", "--list", "drift/*") == ""


def test_the_steps_read_what_the_program_reports():
    """docs/drift.md describes each key of the report that the steps read."""
    text = (EXAMPLES / "drift.yml").read_text("utf-8")
    keys = {key for query in re.findall(r"jq (?:-r )?'?([^'$]*)", text) for key in re.findall(r"\.(\w+)", query)}

    (described,) = re.findall("`--report json` prints .*", (ROOT / "docs" / "drift.md").read_text("utf-8"))

    assert {"release", "sha256", "undecided"} <= keys
    assert [key for key in keys if not re.search(rf"\b{key}\b", described)] == []


def test_only_a_job_that_waits_for_approval_publishes(steps, tmp_path):
    """The built files are tried on each supported Python; the job that may publish runs no code of the project."""
    assert steps("release.yml", "build")[0] == 0
    assert calls(tmp_path) == [
        "make check",
        "make dist TAG=v0.1.0 PYTHONS=python3.11 python3.12 python3.13 python3.14",
        "make dist TAG=v0.1.0 BESIDE=anthropic",
    ]
    publish = jobs("release.yml")["publish"]
    assert (publish["needs"], publish["environment"]) == ("build", "release")
    assert publish["permissions"] == {"id-token": "write"}
    assert all("run" not in step for step in publish["steps"])
