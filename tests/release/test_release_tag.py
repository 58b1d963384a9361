"""`release.py tag`: a release of the changes since the last tag."""

import re
from pathlib import Path

import pytest
from codegen import pipeline, tree
from codegen.problems import CannotRunError
from codegen.report import version
from releasing import dist
from releasing.changelog import DRAFT

FIELD = """        shelf_number:
          type: integer
"""
DESCRIPTION = "          description: Where it stands.\n"
EXAMPLE = "                    shelf_number: 4\n"


def add_field(project: Path, field: str = FIELD + DESCRIPTION, example: str = EXAMPLE) -> None:
    """Add an optional field to the model, and to the first example of one."""
    fragment = project / "openapi" / "models.yaml"
    text = fragment.read_text("utf-8")
    (properties,) = re.findall(r"(?m)^    ModelInfo:\n(?:      .*\n)*?      properties:\n", text)
    text = text.replace(properties, properties + field)
    text = re.sub(r"(?m)^                  value:\n", lambda found: found[0] + example, text, count=1)
    fragment.write_text(text, "utf-8")


@pytest.fixture
def regenerated(released, monkeypatch):
    """The module that has the field after a regeneration, and its content."""
    (model,) = (released / pipeline.OUTPUT).glob("*/models/model_info.py")
    field = b"\n    shelf_number: int | None = UNSET"
    new = model.read_bytes().replace(b"\n    display_name:", field + b"\n    display_name:", 1)

    def build(root, *_):
        old = tree.read(root / pipeline.OUTPUT)
        return pipeline.Result(old, {**old, model.relative_to(root / pipeline.OUTPUT).as_posix(): new})

    monkeypatch.setattr(pipeline, "build", build)
    return model, new


@pytest.fixture(autouse=True)
def built(monkeypatch):
    """A list of the builds, which are not executed: the version and the folder of each."""
    built: list[str] = []
    monkeypatch.setattr(dist, "build", lambda root, target: built.append(f"{version.read(root)} in {target.name}"))
    return built


@pytest.mark.usefixtures("up_to_date")
def test_without_a_tag_the_first_release_has_the_version_of_the_file(project, git, run, built):
    """Files are built, the tree is clean, the tag has the changelog's entry; a second run has nothing to release."""
    code, out, _ = run("tag")

    assert (code, out.splitlines()[0]) == (0, "Release 0.1.0, the first: there is no tag yet")
    assert built == ["0.1.0 in dist"]
    assert git("tag", "--list", "--format", "%(refname:short) %(objecttype)") == "v0.1.0 tag"
    assert git("tag", "--list", "--format", "%(contents)") == "0.1.0\n\n### Added\n\nThe first release."
    assert git("rev-parse", "v0.1.0^{}") == git("rev-parse", "main")
    assert git("status", "--porcelain") == ""
    heading = (project / "CHANGELOG.md").read_text("utf-8").splitlines()[2]
    assert re.fullmatch(r"## 0\.1\.0 - \d{4}-\d\d-\d\d", heading)
    code, _, err = run("tag")
    assert (code, err) == (1, "nothing has changed since v0.1.0\n")


def test_the_first_run_lists_what_to_do_and_the_last_one_releases(released, git, run, regenerated):
    """Everything missing is listed at once, beside a draft; then the version is the one that the report requires."""
    add_field(released, FIELD, "")
    (released / "notes.txt").touch()
    code, out, err = run("tag")
    lines = err.splitlines()

    assert (code, out) == (1, "Release 0.2.0, the first after v0.1.0\n")
    assert lines[0] == "generated/: is out of date: run `make regenerate`"
    assert lines[1].startswith("not committed: openapi/models.yaml, notes.txt: ")
    assert [re.sub(r":\d+:", ":LINE:", line) for line in lines[2:5]] == [
        "openapi/models.yaml:LINE: `shelf_number` has no description: write one in words of your own",
        "openapi/models.yaml:LINE: no example shows `shelf_number`: add it to one",
        "CHANGELOG.md:LINE: the entry is a draft: complete it, then delete this line",
    ]
    assert lines[5].startswith("Nothing is tagged yet")
    assert (version.read(released), git("tag", "--list")) == ("0.1.0", "v0.1.0")

    changelog, draft = released / "CHANGELOG.md", (released / "CHANGELOG.md").read_text("utf-8")
    assert "### Wire\n\n- `ModelInfo.shelf_number`: new, " in draft
    fragment = released / "openapi" / "models.yaml"
    fragment.write_text(fragment.read_text("utf-8").replace(FIELD, ""), "utf-8")
    add_field(released)
    (released / "notes.txt").unlink()
    regenerated[0].write_bytes(regenerated[1])
    git("add", "--all", "openapi", "generated")
    git("commit", "--quiet", "--message", "Follow the wire")
    assert run("tag")[0] == 1
    assert changelog.read_text("utf-8") == draft
    changelog.write_text(draft.replace(DRAFT, "Takes `\\1`."), "utf-8")
    code, out, _ = run("tag")

    assert (code, version.read(released)) == (0, "0.2.0")
    assert git("show", "--format=%s", "--name-only", "v0.2.0^{}").split() == [
        *("Release", "0.2.0"),
        *("CHANGELOG.md", "anthropic_models/_version.py"),
    ]
    assert "\n\nTakes `\\1`.\n\n### Wire\n\n" in changelog.read_text("utf-8")
    assert "## 0.1.0 - 2026-01-01\n\n### Added\n\nThe first release.\n" in changelog.read_text("utf-8")


@pytest.mark.usefixtures("up_to_date")
def test_an_unsuitable_version_is_refused(released, git, run):
    """It is refused if it is too low for the changes, has a tag already (on any branch), or is not three numbers."""
    git("tag", "v0.3.0", git("commit-tree", "-m", "Elsewhere", "HEAD^{tree}"))
    (released / "anthropic_models" / "_version.py").write_text('__version__ = "0.3.0"\n', "utf-8")
    for wanted, message in (
        (["--version", "0.1.0"], "0.1.0 is too low: what changed since v0.1.0 requires at least 0.1.1"),
        (["--version", "0.3.0"], "the tag v0.3.0 exists already"),
        ([], "the tag v0.3.0 exists already"),  # set by hand, and higher than the report requires
    ):
        code, out, err = run("tag", *wanted)
        assert (code, (out + err).startswith(message)) == (1, True)
    for wanted in ("1.0", "v1.0.0", "1.0.0rc1", "01.0.0"):
        with pytest.raises(SystemExit, match="2"):
            run("tag", "--version", wanted)
    git("tag", "v0.1.9")
    code, _, err = run("tag")
    assert (code, err.splitlines()[-1]) == (1, "cannot compare with v0.1.9: its version is different")
    assert git("tag", "--list").split() == ["v0.1.0", "v0.1.9", "v0.3.0"]


def test_a_shallow_clone_and_a_detached_head_are_refused(released, tmp_path, git, run):
    """In a shallow clone, which may lack tags, each release would look like the first one."""
    git("clone", "--quiet", "--depth", "1", "--no-tags", f"file://{released}", str(tmp_path / "shallow"))
    released.rename(tmp_path / "elsewhere")
    (tmp_path / "shallow").rename(released)
    code, _, err = run("tag")

    assert (code, err.startswith("the clone is shallow, its tags may be missing")) == (1, True)
    git("checkout", "--quiet", "--detach")
    code, _, err = run("tag")
    assert (code, "symbolic-ref" in err) == (1, True)


@pytest.mark.usefixtures("up_to_date")
def test_a_failed_release_changes_nothing(project, git, run, monkeypatch):
    """If git refuses the commit or a built file is wrong, there is no tag and the tree is clean."""

    def build(root, _):
        raise CannotRunError(f"a fault of {version.read(root)}: {git('status', '--porcelain')}")

    with monkeypatch.context() as patch:
        patch.setattr(dist, "build", build)
        code, _, err = run("tag", "--version", "0.2.0")
    assert (code, err) == (1, "a fault of 0.2.0: M CHANGELOG.md\n M anthropic_models/_version.py\n")
    assert (git("status", "--porcelain"), git("tag", "--list")) == ("", "")
    hook = project / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho no commits on a Friday >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    code, _, err = run("tag")

    assert (code, "no commits on a Friday" in err) == (1, True)
    assert (git("status", "--porcelain"), git("tag", "--list")) == ("", "")
