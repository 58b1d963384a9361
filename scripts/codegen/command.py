"""The command line of the regeneration: its arguments, messages and exit codes."""

import argparse
import contextlib
import sys
import traceback
from pathlib import Path

from codegen import toolchain, tree
from codegen.problems import CannotRunError

SAME, DRIFT, COULD_NOT_RUN = 0, 1, 2
MAX_LINES_OF_DIFFS = 200
DONE = {"missing": "added", "extra": "removed", "changed": "changed"}


def main(arguments: list[str], root: Path) -> int:
    """Run with these arguments on this checkout. Returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options, root)
    except CannotRunError as error:
        print(*error.lines, sep="\n", file=sys.stderr)
        _say("could not run; nothing was changed")
    except KeyboardInterrupt:
        _say("interrupted; generated/ is complete")
    except Exception:  # noqa: BLE001  # Python would exit with 1, which means drift
        traceback.print_exc()
        _say("could not run because of an internal error; generated/ is complete")
    return COULD_NOT_RUN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="regenerate.py",
        description="Regenerate generated/ from openapi/.",
        epilog="Exit codes: 0 up to date or written; 1 generated/ differs (--check), or a change breaks callers, and "
        "nothing was written (--fail-on breaking); 2 could not run. docs/report.md lists what breaks callers.",
    )
    parser.add_argument("--check", action="store_true", help="write nothing, report what differs")
    parser.add_argument(
        "--report",
        choices=("text", "json"),
        default="text",
        help="format of the report on what changed for callers; with json, nothing else goes to stdout",
    )
    parser.add_argument("--fail-on", choices=("breaking",), help="write nothing if something breaks for callers")
    parser.add_argument(
        "--against",
        type=Path,
        metavar="FOLDER",
        help="compare with another generated/, such as that of the last release",
    )
    return parser


def _run(options: argparse.Namespace, root: Path) -> int:
    tools = toolchain.find(root)
    from codegen import pipeline, swap  # imported late: needs the tools that were just checked
    from codegen.report import summary

    folder = pipeline.OUTPUT
    with contextlib.nullcontext() if options.check else pipeline.exclusive(root):
        result = pipeline.build(root, tools, _say)
        report = summary.of(result.old, result.new, folder, root, options.against)
        accepted = not (options.fail_on and report.breaks)
        written = accepted and not options.check
        if written and result.changes:
            _say("swap")
            swap.install(result.new, root / folder)
    # With `--report json` the report is alone on stdout.
    with contextlib.redirect_stdout(sys.stderr if options.report == "json" else sys.stdout):
        _list(result.changes, folder, written=written, diffs=options.check)
        if options.report == "text" and (result.changes or options.against):
            print(*report.lines(), sep="\n")
        count = len(result.changes)
        if not accepted:
            print(f"a change is breaking (--fail-on breaking): {folder}/ is unchanged")
        elif not count:
            print(f"{folder}/ is up to date")
        elif written:
            print(f"{folder}/ is up to date now ({count} files changed)")
        else:
            print(f"{folder}/ is out of date ({count} files): run `make regenerate`")
    if options.report == "json":
        print(report.as_json())
    return SAME if accepted and (written or not count) else DRIFT


def _list(changes: list[tree.Change], folder: str, *, written: bool, diffs: bool) -> None:
    lines_left = MAX_LINES_OF_DIFFS
    for change in changes:
        print(f"{DONE[change.kind] if written else change.kind}: {folder}/{change.path}")
        for line in change.diff[:lines_left] if diffs else ():
            print(f"    {line}")
        lines_left = max(0, lines_left - len(change.diff))


def _say(step: str) -> None:
    print(f"regenerate: {step}", file=sys.stderr, flush=True)
