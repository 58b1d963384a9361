"""How the tests against independent servers start and what they install; these tests do not need Node."""

import json
import os
import re
import runpy
from pathlib import Path

from cases import each

INDEPENDENT = Path(__file__).resolve().parents[1] / "independent"


@each(("ci", "code"), [("false", 0), ("true", 1)])
def test_without_node_it_reports_that_it_did_not_run(monkeypatch, capsys, ci, code):
    """It prints one line with the reason and the remedy; only in CI the exit code is 1."""
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setenv("CI", ci)

    assert runpy.run_path(str(INDEPENDENT / "run.py"))["main"]([]) == code
    [line] = capsys.readouterr().err.splitlines()
    assert re.match(r"independent tests: did not run .*node and npm not found on PATH", line)
    assert ("a failure" in line) == bool(code)


def test_the_servers_are_pinned_for_any_registry():
    """Versions are exact, every package has a hash, and none has the URL of a registry."""
    manifest, lock = (json.loads((INDEPENDENT / f"package{part}.json").read_bytes()) for part in ("", "-lock"))
    packages = lock["packages"]

    assert packages.pop("")["devDependencies"] == manifest["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in manifest["devDependencies"].values())
    assert all(each["integrity"].startswith("sha512-") and "resolved" not in each for each in packages.values())
