"""`release.py dist`: the content of the built files, and a wheel that works alone."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from codegen.problems import CannotRunError
from packaging.metadata import Metadata
from releasing import dist

README = '[A](docs/a.md#b) ![c](docs/c.png) [![d](e.svg)](f) <img alt="g" src="g.png"> [h](https://h.example) [i](#j)\n'


@pytest.mark.timeout(180)
def test_the_wheel_is_tried_in_an_empty_environment(project, run, git):
    """The sdist has what git tracks, the wheel has two packages; old files are deleted; links lead to the tag."""
    (project / "README.md").write_text(README, "utf-8")
    code, out, _ = run("dist", "--python", sys.executable, "--tag", "v0.1.0")
    first, installed, result = out.splitlines()
    wheel, sdist = sorted((project / "dist").iterdir())
    (project / "dist" / "anthropic_models-0.0.9.tar.gz").touch()
    dist.build(project, project / "dist")

    assert sorted((project / "dist").iterdir()) == [wheel, sdist]
    assert (code, first.split()[:2]) == (0, ["dist/", "has"])
    assert installed.startswith(f"Python {sys.version.split()[0]} with anthropic-models==0.1.0, ")
    assert "openapi-core" not in installed
    assert result.startswith("  ModelInfo(")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names == {*git("ls-files").splitlines(), "PKG-INFO"}
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
        metadata = Metadata.from_email(archive.read("anthropic_models-0.1.0.dist-info/METADATA"))
    assert tops == {"anthropic_models", "anthropic_models_api", "anthropic_models-0.1.0.dist-info"}
    source = metadata.project_urls["Source"]
    page, raw = f"{source}/blob/v0.1.0", f"{source.replace('github.com', 'raw.githubusercontent.com')}/v0.1.0"
    assert all(url.startswith(source) for url in metadata.project_urls.values())
    assert metadata.description == (
        f"[A]({page}/docs/a.md#b) ![c]({raw}/docs/c.png) [![d]({raw}/e.svg)]({page}/f) "
        f'<img alt="g" src="{raw}/g.png"> [h](https://h.example) [i](#j)\n'
    )
    python = [name[-4:] for name in metadata.classifiers if name.startswith("Programming Language :: Python :: 3.")]
    assert python == ["3.11", "3.12", "3.13", "3.14"]


def test_wrong_files_and_links_are_listed(project):
    """Untracked files, missing files and relative links are errors, and dist/ is not created."""
    (project / "notes.txt").touch()
    (project / "LICENSE").rename(project / "anthropic_models" / "LICENSE")
    (project / "README.md").write_text('<a href="docs/start.md">Start</a>\n', "utf-8")
    with pytest.raises(CannotRunError) as caught:
        dist.build(project, project / "dist")

    assert caught.value.lines == (
        "the sdist has anthropic_models/LICENSE, which git does not track",
        "the sdist has notes.txt, which git does not track",
        "the sdist lacks LICENSE",
        '`href="docs/start.md` in the README is a relative link, which is broken on the package index',
    )
    assert not (project / "dist").exists()


def test_a_tag_of_another_version_and_a_missing_python_are_refused(run, monkeypatch):
    """The exit code is 1, and the error names the tag or the Python."""
    monkeypatch.setattr(dist, "build", lambda *_: Path("anthropic_models-0.1.0-py3-none-any.whl"))
    assert run("dist", "--tag", "v0.2.0")[::2] == (1, "the tag is v0.2.0, the version 0.1.0\n")
    code, _, err = run("dist", "--python", "python3.99")
    assert (code, err) == (1, "python3.99: No such file or directory\n")


def test_make_uses_a_version_of_the_command_line_only(project):
    """VERSION is a common environment variable; one that another program has set must not become a tag."""
    makefile = str(Path(__file__).resolve().parents[2] / "Makefile")
    make = ["make", "--dry-run", "--file", makefile, "--old-file", ".venv/.ready", "release"]
    environment = {"PATH": "/usr/bin:/bin", "VERSION": "9.9.9"}
    outputs = [
        subprocess.run([*make, *typed], cwd=project, env=environment, capture_output=True, text=True).stdout
        for typed in ([], ["VERSION=0.2.0"])
    ]

    assert [text.split("release.py ")[1] for text in outputs] == ["tag \n", 'tag --version "0.2.0"\n']
