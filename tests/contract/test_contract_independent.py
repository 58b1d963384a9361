"""How the tests against independent servers start, and what they install. They themselves need Node; this does not."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

INDEPENDENT = Path(__file__).resolve().parents[1] / "independent"


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("false", 0), ("true", 1)])
def test_without_node_it_says_that_it_did_not_run(ci, code):
    """One line with the reason and the remedy; only in CI that is a failure."""
    environment = {**os.environ, "PATH": os.devnull, "CI": ci}
    command = [sys.executable, str(INDEPENDENT / "run.py")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    [line] = done.stderr.splitlines()
    assert line.startswith("independent tests: did not run")
    assert "node and npm not found on PATH" in line
    assert ("a failure" in line, done.returncode, done.stdout) == (bool(code), code, "")


def test_the_servers_are_pinned_whatever_the_registry():
    """Exact versions, a hash for every package, and no address that another registry could not serve."""
    manifest = json.loads((INDEPENDENT / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((INDEPENDENT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    root = packages.pop("")

    assert root["devDependencies"] == manifest["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in manifest["devDependencies"].values())
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
