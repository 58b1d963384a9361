"""Regenerate generated/ from openapi/, or check that it is up to date: see --help.

The work is done in codegen/. This file first restarts Python without the caller's environment.
"""

import os
import sys
from pathlib import Path

RESTARTED = "regenerate"


def main() -> int:
    """Restart Python with a fixed environment, then run. Returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  # an older Python gets a message of one line
        print("Python 3.11 or newer is needed: run `make setup`, then `make regenerate`", file=sys.stderr)
        return 2
    here = Path(__file__).resolve()
    if RESTARTED not in sys._xoptions:
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
        environment |= {"TMPDIR": os.environ["TMPDIR"]} if "TMPDIR" in os.environ else {}
        command = [sys.executable, "-P", "-s", "-X", "utf8", "-X", RESTARTED, str(here), *sys.argv[1:]]
        os.execve(sys.executable, command, environment)  # noqa: S606  # no shell
    os.umask(0o022)
    sys.path.insert(0, str(here.parent))
    from codegen import command as program

    return program.main(sys.argv[1:], here.parent.parent)


if __name__ == "__main__":
    sys.exit(main())
