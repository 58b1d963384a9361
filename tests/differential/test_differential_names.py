"""What the official client has and ours has not is in the tables of docs/migration.md, name by name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import anthropic
import pytest

from anthropic_models.testing import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.timeout(300)  # the newest release is large, and is fetched first
HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "migration.md"
HEADING = "## Names that are left out"

Names = dict[str, set[str]]


def _names(module: str, *folders: Path) -> Names:
    with serve() as server:
        server.add_model(id="m")
        command = [sys.executable, str(HERE / "names.py"), module, server.url]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*map(str, folders), *sys.path])}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {part: set(names) for part, names in json.loads(done.stdout).items()}


@pytest.fixture(scope="session")
def ours() -> Names:
    """What can be named of this client."""
    return _names("anthropic_models")


@pytest.fixture(scope="session")
def followed() -> Names:
    """The same of the release that this client follows."""
    return _names("anthropic")


@pytest.fixture(scope="session")
def newest(tmp_path_factory: pytest.TempPathFactory) -> Names:
    """The same of the newest release, in a folder of its own."""
    folder = tmp_path_factory.mktemp("newest")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-compile",
    ]
    pip += [
        "--only-binary=:all:",
        "--require-hashes",
        "--target",
        str(folder),
        "--requirement",
        str(HERE / "newest.txt"),
    ]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return _names("anthropic", folder)


def _owner(name: str) -> str:
    """What a name belongs to: `client.get` for `client.get(path=)`, `NotFoundError` for `NotFoundError.type`."""
    return name.rpartition("(" if name.endswith(")") else ".")[0]


def _left_out(theirs: Names, ours: Names) -> set[str]:
    """What we lack, without what belongs to what we lack."""
    missing = {name for part, names in theirs.items() for name in names - ours[part]}
    return {name for name in missing if not {_owner(name), f"anthropic.{_owner(name)}", _owner(_owner(name))} & missing}


def _listed() -> Iterator[str]:
    """The names of the tables; `*` stands for anything."""
    section = PAGE.read_text(encoding="utf-8").partition(HEADING)[2].partition("\n## ")[0]
    for row in re.findall(r"^\| (.+?) \| .+ \|$", section, re.MULTILINE):
        yield from re.findall("`([^`]+)`", row)


def test_what_is_left_out_is_listed(ours: Names, followed: Names, newest: Names) -> None:
    """Of the client and its resources, the responses, the model, the errors and the modules, for both releases."""
    listed = [*_listed()]
    left_out = _left_out(followed, ours) | _left_out(newest, ours)

    assert sorted(name for name in left_out if not any(fnmatchcase(name, each) for each in listed)) == []


def test_what_is_listed_is_left_out(ours: Names, followed: Names, newest: Names) -> None:
    """No table names what is here after all, or what neither release has."""
    left_out = _left_out(followed, ours) | _left_out(newest, ours)

    assert [each for each in _listed() if not any(fnmatchcase(name, each) for name in left_out)] == []


def _rows(page: Path, heading: str) -> set[str]:
    section = page.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| [^|].*\|$", section, re.MULTILINE))


def test_the_readme_says_the_same_as_the_page() -> None:
    """Each difference of the README is one of the page, in the same words, but for the two that sum up its tables."""
    rows = _rows(PAGE.parents[1] / "README.md", "Differences from the official client")
    sums = {row for row in rows if row.startswith(("| the newest releases |", "| left out |"))}

    assert len(sums) == 2
    assert rows - sums - _rows(PAGE, "Differences on purpose") == set()


def test_the_page_names_the_releases() -> None:
    """The one that is followed, and the newest that was compared."""
    (pinned,) = re.findall(r"^anthropic==(\S+)", (HERE / "newest.txt").read_text(encoding="utf-8"), re.MULTILINE)
    section = PAGE.read_text(encoding="utf-8").partition(HEADING)[2]

    assert {anthropic.__version__, pinned} <= set(re.findall(r"\b\d+\.\d+\.\d+\b", section))
