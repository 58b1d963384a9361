"""The command line of regeneration: what it says, and its exit codes."""

import argparse
import sys
import traceback
from pathlib import Path

from codegen import toolchain
from codegen.problems import CannotRunError

SAME, DRIFT, COULD_NOT_RUN = 0, 1, 2
MAX_LINES_OF_DIFFS = 200
DONE = {"missing": "added", "extra": "removed", "changed": "changed"}


def main(arguments: list[str], root: Path) -> int:
    """Run with these arguments on this checkout. Returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        tools = toolchain.find(root)
        return _run(options, root, tools)
    except CannotRunError as error:
        print(*error.lines, sep="\n", file=sys.stderr)
        _say("could not run; nothing was changed")
    except KeyboardInterrupt:
        _say("interrupted; the tree is whole")
    except Exception:  # noqa: BLE001  # left alone, it would exit with 1, which means drift
        traceback.print_exc()
        _say("could not run, by a fault of its own; the tree is whole")
    return COULD_NOT_RUN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="regenerate.py",
        description="Make generated/ from openapi/.",
        epilog="Exit codes: 0 up to date or written, 1 generated/ differs (--check), 2 could not run.",
    )
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--check", action="store_true", help="write nothing, tell what differs")
    modes.add_argument("--print-lowered", action="store_true", help="print the document that the generator gets")
    return parser


def _run(options: argparse.Namespace, root: Path, tools: toolchain.Toolchain) -> int:
    from codegen import pipeline  # only now: it needs the tools that have just been found

    if options.print_lowered:
        print(pipeline.dump(pipeline.lowered(root)[1]))
        return SAME
    run = pipeline.build if options.check else pipeline.regenerate
    changes = run(root, tools, _say).changes
    lines_left = MAX_LINES_OF_DIFFS
    for change in changes:
        print(f"{change.kind if options.check else DONE[change.kind]}: {pipeline.OUTPUT}/{change.path}")
        for line in change.diff[:lines_left] if options.check else ():
            print(f"    {line}")
        lines_left = max(0, lines_left - len(change.diff))
    if not changes:
        print(f"{pipeline.OUTPUT}/ is up to date")
    elif options.check:
        print(f"{pipeline.OUTPUT}/ is not what openapi/ says ({len(changes)} files): run `make regenerate`")
    else:
        print(f"{pipeline.OUTPUT}/ is up to date now ({len(changes)} files changed)")
    return DRIFT if changes and options.check else SAME


def _say(step: str) -> None:
    print(f"regenerate: {step}", file=sys.stderr, flush=True)
