"""Make a release, except for the push, which a person decides on.

Exit codes: 0 done; 1 a person has to complete something, or a step failed; 2 wrong usage.
"""

import argparse
import datetime
import re
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from codegen import pipeline, toolchain
from codegen.document import load
from codegen.problems import CannotRunError, Problem
from codegen.report import summary, version
from releasing import changelog, completeness, dist

ROOT = Path(__file__).resolve().parents[1]


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
    print(f"dist/ has {wheel.name} and its sdist; files and metadata are correct", flush=True)
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
    new = _version(version.read(root), last, report, wanted)
    if _git(root, "tag", "--list", f"v{new}"):
        raise CannotRunError(f"the tag v{new} exists already: set a higher version with make release VERSION=X.Y.Z")
    print(f"Release {new}, the first after {last}" if last else f"Release {new}, the first: there is no tag yet")
    text = changelog.drafted((root / changelog.NAME).read_text("utf-8"), report.changes)
    (root / changelog.NAME).write_text(text, encoding="utf-8")
    status = _git(root, "status", "--porcelain", "--untracked-files=all").splitlines()
    changed = [line[3:] for line in status if line[3:] != changelog.NAME]
    if changed:
        named = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if changed[3:] else "")
        problems.append(Problem("not committed", 0, f"{named}: commit what belongs to the release, stash the rest"))
    fragment = load(root / pipeline.FRAGMENT, pipeline.FRAGMENT)
    problems += [*completeness.missing(fragment), *changelog.unfinished(text)]
    if problems:
        print(*problems, "Nothing is tagged yet. When this is done: make release", sep="\n", file=sys.stderr)
        return 1
    _write_and_tag(root, new, text)
    print(f"Committed and tagged v{new}; sdist and wheel are in dist/, and `make dist` tests the wheel.")
    print("To publish it: git push --follow-tags")
    print(f"To undo it: git tag --delete v{new} && git reset --keep HEAD~1")
    return 0


def _report(root: Path, last: str) -> tuple[summary.Report, list[Problem]]:
    """The report on changes since the last tag; it also checks that generated/ is up to date."""
    result = pipeline.build(root, toolchain.find(root), lambda _: None)
    stale = [Problem(f"{pipeline.OUTPUT}/", 0, "is out of date: run `make regenerate`")]
    if not last:
        return summary.Report(""), stale if result.changes else []
    with tempfile.TemporaryDirectory(prefix="release-") as name:
        _git(root, "archive", "--output", f"{name}/last.tar", last)
        with tarfile.open(f"{name}/last.tar") as archive:
            archive.extractall(f"{name}/last", filter="data")
        report = summary.of(result.old, result.new, pipeline.OUTPUT, root, Path(name, "last", pipeline.OUTPUT))
    if report.reason or f"v{report.current}" != last:
        raise CannotRunError(f"cannot compare with {last}: {report.reason or 'its version is different'}")
    return report, stale if result.changes else []


def _version(present: str, last: str, report: summary.Report, wanted: str | None) -> str:
    """The requested version; by default, the higher of the report's version and the current one."""
    least = report.next if last else ""
    if wanted and _numbers(wanted) < _numbers(least):
        raise CannotRunError(f"{wanted} is too low: what changed since {last} requires at least {least}")
    new = wanted or max(present, least, key=_numbers)
    if not new:
        raise CannotRunError("no version is known: set the first one with make release VERSION=X.Y.Z")
    return new


def _numbers(version: str) -> list[int]:
    """The three numbers of a version; empty if it has another form."""
    return [int(n) for n in version.split(".")] if re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", version) else []


def _write_and_tag(root: Path, new: str, text: str) -> None:
    """Set the version, build, commit and tag. If one of these fails before the commit, no file is changed."""
    source = root / tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["version"]["path"]
    after = {
        root / changelog.NAME: changelog.released(text, new, f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"),
        source: re.sub(r'(?m)^(__version__ = )".*"', rf'\1"{new}"', source.read_text("utf-8")),
    }
    before = {path: path.read_bytes() for path in after}
    try:
        for path, content in after.items():
            path.write_text(content, encoding="utf-8")
        dist.build(root, root / "dist")
        _git(root, "commit", "--quiet", "--message", f"Release {new}", "--", *map(str, after))
    except BaseException:
        for path, old in before.items():
            path.write_bytes(old)
        raise
    message = f"{new}\n\n{changelog.entry(text)}"
    _git(root, "tag", "--annotate", "--cleanup=whitespace", "--message", message, f"v{new}")


def _git(root: Path, *arguments: str) -> str:
    return dist.run(["git", *arguments], root)


if __name__ == "__main__":
    sys.exit(main())
