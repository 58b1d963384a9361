"""Make a release, except for the push, which a person decides on.

Exit codes: 0 done; 1 something is left for a person, or failed; 2 wrong usage.
"""

import argparse
import datetime
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from codegen.document import load
from codegen.problems import CannotRunError, Problem
from codegen.report.version import read
from releasing import changelog, completeness, dist

ROOT = Path(__file__).resolve().parents[1]
FRAGMENT = "openapi/models.yaml"


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run one of the two commands; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    tag = commands.add_parser("tag", help="draft the changelog entry; if it is complete, set the version and tag")
    tag.add_argument(
        "--version", metavar="X.Y.Z", help="the version; default and minimum: the one that the report requires"
    )
    build = commands.add_parser("dist", help="build the sdist and wheel into dist/, check them, test the wheel")
    build.add_argument(
        "--python", action="append", metavar="PROGRAM", help="test the wheel with this Python; may be repeated"
    )
    build.add_argument("--beside", action="append", default=[], metavar="REQUIREMENT", help="also install this package")
    build.add_argument("--tag", help="fail if the version is not that of this tag")
    options = parser.parse_args(arguments)
    if options.command == "tag" and options.version and not _numbers(options.version):
        parser.error(f"--version {options.version}: give three numbers, such as 1.2.3")
    try:
        return _tag(root, options.version) if options.command == "tag" else _dist(root, options)
    except CannotRunError as error:
        print(*error.lines, sep="\n", file=sys.stderr)
        return 1


def _dist(root: Path, options: argparse.Namespace) -> int:
    from anthropic_models.testing import serve

    wheel = dist.build(root, root / "dist")
    print(f"dist/ has {wheel.name} and its sdist; files and metadata are as they should be", flush=True)
    if options.tag not in (None, f"v{dist.version(wheel)}"):
        raise CannotRunError(f"the tag is {options.tag}, the version {dist.version(wheel)}")
    with serve() as server:
        for python in options.python or [sys.executable]:
            print(dist.attempt(wheel, python, options.beside, server.url, next(iter(server.models))), flush=True)
    return 0


def _tag(root: Path, wanted: str | None) -> int:
    _git(root, "symbolic-ref", "HEAD")  # a commit on no branch would be lost
    if _git(root, "rev-parse", "--is-shallow-repository") == "true":
        raise CannotRunError("the clone is shallow, its tags may be missing: git fetch --unshallow --tags")
    tags = _git(root, "tag", "--merged", "HEAD", "--sort=-version:refname", "--list", "v[0-9]*").splitlines()
    last = tags[0] if tags else ""
    if last and not _git(root, "diff", "--name-only", last):
        raise CannotRunError(f"nothing has changed since {last}")
    report, problems = _report(root, last)
    version = _version(read(root), last, report, wanted)
    if _git(root, "tag", "--list", f"v{version}"):
        raise CannotRunError(f"there is a tag v{version} already: make release VERSION=X.Y.Z gives a higher one")
    print(
        f"Release {version}, the first after {last}" if last else f"Release {version}, the first: there is no tag yet"
    )
    text = changelog.drafted((root / changelog.NAME).read_text("utf-8"), report["changes"] if last else ())
    (root / changelog.NAME).write_text(text, encoding="utf-8")
    status = _git(root, "status", "--porcelain", "--untracked-files=all").splitlines()
    changed = [line[3:] for line in status if line[3:] != changelog.NAME]
    if changed:
        named = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if changed[3:] else "")
        problems.append(Problem("not committed", 0, f"{named}: commit what belongs to the release, put the rest aside"))
    problems += [*completeness.missing(load(root / FRAGMENT, FRAGMENT)), *changelog.unfinished(text)]
    if problems:
        print(*problems, "Nothing is tagged yet. When this is done: make release", sep="\n", file=sys.stderr)
        return 1
    _write_and_tag(root, version, text)
    print(f"Committed and tagged v{version}; sdist and wheel are in dist/, and `make dist` tries the wheel.")
    print("To publish it: git push --follow-tags")
    print(f"To take it back: git tag --delete v{version} && git reset --keep HEAD~1")
    return 0


def _report(root: Path, last: str) -> tuple[dict[str, Any], list[Problem]]:
    """The report of `regenerate.py` on changes since the last tag; it also checks that generated/ is up to date."""
    with tempfile.TemporaryDirectory(prefix="release-") as name:
        against = []
        if last:
            _git(root, "archive", "--output", f"{name}/last.tar", last)
            with tarfile.open(f"{name}/last.tar") as archive:
                archive.extractall(f"{name}/last", filter="data")
            against = ["--against", f"{name}/last/generated"]
        command = [sys.executable, str(root / "scripts" / "regenerate.py"), "--check", "--report", "json", *against]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise CannotRunError(*done.stderr.splitlines())
    report = json.loads(done.stdout)
    if last and f"v{report['version']['current']}" != last:
        raise CannotRunError(f"{last} cannot be compared with: {report['reason'] or 'it holds another version'}")
    stale = Problem("generated/", 0, "is not what openapi/ says: run `make regenerate`")
    return report, [stale] * done.returncode


def _version(present: str, last: str, report: dict[str, Any], wanted: str | None) -> str:
    """The requested version; by default, the higher of the report's version and the current one."""
    least = report["version"]["next"] if last else ""
    if wanted and _numbers(wanted) < _numbers(least):
        raise CannotRunError(f"{wanted} is too low: what changed since {last} asks for {least} at least")
    version = wanted or max(present, least, key=_numbers)
    if not _numbers(version):
        raise CannotRunError("no version is known: make release VERSION=X.Y.Z gives the first one")
    return version


def _numbers(version: str) -> list[int]:
    """The three numbers of a version; empty if it has another form."""
    return [int(n) for n in version.split(".")] if re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", version) else []


def _write_and_tag(root: Path, version: str, text: str) -> None:
    """Set the version, build, commit and tag. If one of these fails before the commit, no file is changed."""
    source = root / tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["version"]["path"]
    after = {
        root / changelog.NAME: changelog.released(text, version, f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"),
        source: source.read_text("utf-8").replace(f'"{read(root)}"', f'"{version}"'),
    }
    before = {path: path.read_bytes() for path in after}
    try:
        for path, content in after.items():
            path.write_text(content, encoding="utf-8")
        dist.build(root, root / "dist")
        _git(root, "commit", "--quiet", "--message", f"Release {version}", "--", *map(str, after))
    except BaseException:
        for path, old in before.items():
            path.write_bytes(old)
        raise
    message = f"{version}\n\n{changelog.entry(text)}"
    _git(root, "tag", "--annotate", "--cleanup=whitespace", "--message", message, f"v{version}")


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)  # noqa: S607  # git from PATH
    if done.returncode:
        raise CannotRunError(f"`git {arguments[0]}` failed:", *(done.stderr or done.stdout).splitlines())
    return done.stdout.rstrip("\n")


if __name__ == "__main__":
    sys.exit(main())
