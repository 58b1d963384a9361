"""`release.py tag`: from the changes since the last tag to the next one."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from releasing.changelog import DRAFT

Git = Callable[..., str]
Release = Callable[..., tuple[int, str, str]]

FIELD = """        shelf_number:
          type: integer
          description: Where it stands.
"""
EXAMPLE = "                    shelf_number: 4\n"


def add_field(project: Path, field: str = FIELD, example: str = EXAMPLE) -> None:
    """Add an optional field to the model, and to the first example of one."""
    fragment = project / "openapi" / "models.yaml"
    text = fragment.read_text("utf-8")
    (properties,) = re.findall(r"(?m)^    ModelInfo:\n(?:      .*\n)*?      properties:\n", text)
    text = text.replace(properties, properties + field)
    text = re.sub(r"(?m)^                  value:\n", lambda found: found[0] + example, text, count=1)
    fragment.write_text(text, "utf-8")


def regenerate(project: Path) -> None:
    """Bring generated/ up to date."""
    command = [sys.executable, str(project / "scripts" / "regenerate.py")]
    subprocess.run(command, check=True, capture_output=True)


def version(project: Path) -> str:
    """What the version file says."""
    return (project / "anthropic_models" / "_version.py").read_text("utf-8").split('"')[-2]


def test_without_a_tag_the_first_release_has_the_version_of_the_file(project: Path, git: Git, run: Release) -> None:
    """It says that it is the first; the built files are there, the tree is clean, the tag has the changelog's entry."""
    code, out, _ = run("tag")

    assert (code, out.splitlines()[0]) == (0, "Release 0.1.0, the first: there is no tag yet")
    assert git("tag", "--list", "--format", "%(refname:short) %(objecttype)") == "v0.1.0 tag"
    assert git("tag", "--list", "--format", "%(contents)") == "0.1.0\n\n### Added\n\nThe first release."
    assert git("rev-parse", "v0.1.0^{}") == git("rev-parse", "main")
    assert git("status", "--porcelain") == ""
    assert re.search(
        r"(?m)^## 0\.1\.0 - \d{4}-\d\d-\d\d\n\n### Added\n\nThe first", (project / "CHANGELOG.md").read_text("utf-8")
    )
    assert sorted(file.name for file in (project / "dist").iterdir()) == [
        "anthropic_models-0.1.0-py3-none-any.whl",
        "anthropic_models-0.1.0.tar.gz",
    ]


def test_the_first_run_writes_a_draft_and_the_second_releases_it(released: Path, git: Git, run: Release) -> None:
    """The version is the one that the report asks for; only it and the changelog are in the commit."""
    add_field(released)
    regenerate(released)
    git("add", "--all")
    git("commit", "--quiet", "--message", "Follow the wire")
    code, out, err = run("tag")
    changelog = released / "CHANGELOG.md"
    draft = changelog.read_text("utf-8")

    assert (code, out) == (1, "Release 0.1.1, the first after v0.1.0\n")
    assert err.startswith("CHANGELOG.md:5: the entry is a draft: complete it, then delete this line\nNothing is tagged")
    assert "### Wire\n\n- `ModelInfo.shelf_number`: new, " in draft
    assert run("tag")[0] == 1
    assert changelog.read_text("utf-8") == draft
    changelog.write_text(draft.replace(DRAFT, "Where a model stands."), "utf-8")
    code, out, _ = run("tag")

    assert (code, version(released)) == (0, "0.1.1")
    assert git("show", "--format=%s", "--name-only", "v0.1.1^{}").split() == [
        *("Release", "0.1.1"),
        *("CHANGELOG.md", "anthropic_models/_version.py"),
    ]
    assert "## 0.1.0 - 2026-01-01\n\n### Added\n\nThe first release.\n" in changelog.read_text("utf-8")
    code, _, err = run("tag")
    assert (code, err) == (1, "nothing has changed since v0.1.1\n")


def test_all_that_a_person_has_to_do_is_said_at_once(released: Path, git: Git, run: Release) -> None:
    """What lacks a description or an example, with its line, what is not committed, and what is not regenerated."""
    add_field(released, "        shelf_number:\n          type: integer\n", "")
    (released / "notes.txt").touch()
    code, _, err = run("tag")
    lines = err.splitlines()

    assert code == 1
    assert lines[0] == "generated/: is not what openapi/ says: run `make regenerate`"
    assert lines[1].startswith("not committed: openapi/models.yaml, notes.txt: ")
    assert [re.sub(r":\d+:", ":LINE:", line) for line in lines[2:5]] == [
        "openapi/models.yaml:LINE: `shelf_number` has no description: write one in words of your own",
        "openapi/models.yaml:LINE: no example shows `shelf_number`: add it to one",
        "CHANGELOG.md:LINE: the entry is a draft: complete it, then delete this line",
    ]
    assert (version(released), git("tag", "--list")) == ("0.1.0", "v0.1.0")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("0.1.0", "0.1.0 is too low: what changed since v0.1.0 asks for 0.1.1 at least"),
        ("0.2.0", "Release 0.2.0, the first after v0.1.0"),
        ("0.3.0", "there is a tag v0.3.0 already"),
    ],
)
def test_a_person_may_ask_for_a_higher_version_only(
    wanted: str, said: str, released: Path, git: Git, run: Release
) -> None:
    """One that is too low for the changes is refused, and one that has been given, be it on another branch."""
    git("tag", "v0.3.0", git("commit-tree", "-m", "Elsewhere", "HEAD^{tree}"))
    (released / "README.md").write_text("Changed.\n", "utf-8")
    code, out, err = run("tag", "--version", wanted)

    assert (code, (out + err).startswith(said)) == (1, True)


@pytest.mark.parametrize("wanted", ["1.0", "v1.0.0", "1.0.0rc1", "01.0.0"])
def test_a_version_is_three_numbers(wanted: str, run: Release, git: Git) -> None:
    """Another form is wrong usage, exit code 2."""
    with pytest.raises(SystemExit, match="2"):
        run("tag", "--version", wanted)
    assert git("tag", "--list") == ""


def test_a_clone_that_may_lack_tags_and_a_commit_on_no_branch_are_refused(
    released: Path, tmp_path: Path, git: Git, run: Release
) -> None:
    """From a shallow clone each release would look like the first one."""
    git("clone", "--quiet", "--depth", "1", "--no-tags", f"file://{released}", str(tmp_path / "shallow"))
    released.rename(tmp_path / "elsewhere")
    (tmp_path / "shallow").rename(released)
    code, _, err = run("tag")

    assert (code, err.startswith("the clone is shallow, its tags may be missing")) == (1, True)
    git("checkout", "--quiet", "--detach")
    assert run("tag")[0] == 1


def test_a_tag_of_another_version_is_refused(released: Path, git: Git, run: Release) -> None:
    """The report would count from the wrong version."""
    (released / "README.md").write_text("Changed.\n", "utf-8")
    git("tag", "v0.1.9")

    assert run("tag")[::2] == (1, "v0.1.9 cannot be compared with: it holds another version\n")


@pytest.mark.parametrize("fault", ["hook", "readme"])
def test_a_release_that_fails_leaves_the_files_as_they_were(fault: str, project: Path, git: Git, run: Release) -> None:
    """Whether git refuses the commit or the built files have a fault: no tag, and a clean tree."""
    if fault == "hook":
        hook = project / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\necho no commits on a Friday >&2\nexit 1\n", "utf-8")
        hook.chmod(0o755)
    else:
        (project / "README.md").write_text('<a href="docs/start.md">Start</a>\n', "utf-8")
        git("commit", "--quiet", "--all", "--message", "Change")
    code, _, err = run("tag")

    said = {"hook": "no commits on a Friday", "readme": "docs/start.md` in the README leads nowhere"}
    assert (code, said[fault] in err) == (1, True)
    assert (git("status", "--porcelain"), git("tag", "--list")) == ("", "")
