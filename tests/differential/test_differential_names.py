"""The tables of docs/migration.md list every name of the official client that this client lacks."""

import hashlib
import json
import os
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import anthropic
import pytest
from names import listed

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NEWEST = HERE / "newest.txt"
PAGE = (ROOT / "docs" / "migration.md").read_text(encoding="utf-8")
HEADING = "Names that are left out"


def _names_of_newest(url, folder):
    """The names of the newest release, installed in another folder; cached for each pinned release."""
    sources = b"".join(path.read_bytes() for path in (NEWEST, HERE / "names.py"))
    known = ROOT / ".cache" / "names" / f"{hashlib.sha256(sources).hexdigest()[:16]}.json"
    if not known.exists():
        options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile", "--only-binary=:all:")
        pip = ("-m", "pip", "install", *options, "--require-hashes")
        _run(*pip, "--target", str(folder), "--requirement", str(NEWEST))
        text = _run(str(HERE / "names.py"), "anthropic", url, PYTHONPATH=os.pathsep.join([str(folder), *sys.path]))
        known.parent.mkdir(parents=True, exist_ok=True)
        known.write_text(text, encoding="utf-8")
    return json.loads(known.read_text(encoding="utf-8"))


def _run(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, *arguments], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _owner(name):
    """The owner of a name: `client.get` for `client.get(path=)`, `NotFoundError` for `NotFoundError.type`."""
    return name.rpartition("(" if name.endswith(")") else ".")[0]


def _missing(theirs, ours):
    """The names that this client lacks, except those whose owner it lacks too."""
    missing = {name for part, names in theirs.items() for name in {*names} - {*ours[part]}}
    return {name for name in missing if not {_owner(name), f"anthropic.{_owner(name)}", _owner(_owner(name))} & missing}


def _line(pattern):
    return PAGE[: PAGE.index(f"`{pattern}`", PAGE.index(f"## {HEADING}"))].count("\n") + 1


def _rows(page, heading):
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| [^|].*\|$", section, re.MULTILINE))


@pytest.mark.timeout(300)  # the newest release is large, and may have to be downloaded
def test_exactly_the_missing_names_are_listed(anthropic_server, tmp_path):
    """The table lists missing names of clients, resources, responses, models, errors and modules of both releases."""
    anthropic_server.add_model(id="m")
    ours, followed = (listed(name, anthropic_server.url) for name in ("anthropic_models", "anthropic"))
    newest = _names_of_newest(anthropic_server.url, tmp_path)
    missing = _missing(followed, ours) | _missing(newest, ours)
    patterns = [each for row in _rows(PAGE, HEADING) for each in re.findall("`([^`]+)`", row.rsplit(" | ", 1)[0])]

    new = [name for name in sorted(missing) if not any(fnmatchcase(name, each) for each in patterns)]
    wrong = [f"docs/migration.md: no row has `{name}`, which this client lacks" for name in new]
    stale = [each for each in patterns if not any(fnmatchcase(name, each) for name in missing)]
    wrong += [
        f"docs/migration.md:{_line(each)}: the client has `{each}` by now: delete it from the row" for each in stale
    ]
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def test_the_readme_and_the_page_agree():
    """Each difference in the README is in the page in the same words, and the page has both versions."""
    rows = _rows((ROOT / "README.md").read_text(encoding="utf-8"), "Differences from the official client")
    later = ("| the HTTP library |", "| `api_key` |", "| `client.models.retrieve(betas=...)` |")  # from other sections
    summaries = {row for row in rows if row.startswith((*later, "| left out |"))}
    (pinned,) = re.findall(r"^anthropic==(\S+)", NEWEST.read_text(encoding="utf-8"), re.MULTILINE)

    assert (len(summaries), rows - summaries - _rows(PAGE, "Differences on purpose")) == (4, set())
    assert {anthropic.__version__, pinned} <= set(re.findall(r"\b\d+\.\d+\.\d+\b", PAGE.partition(HEADING)[2]))
