"""Regenerate generated/ from openapi/, or check that it is up to date: see --help.

The work is done in codegen/. This file first restarts Python without the caller's environment.
"""

import os
import sys
from pathlib import Path


def main() -> int:
    """Restart Python in isolated mode, then run. Returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  # an older Python gets a message of one line
        print("Python 3.11 or newer is needed: run `make setup`, then `make regenerate`", file=sys.stderr)
        return 2
    here = Path(__file__).resolve()
    if not (sys.flags.isolated and sys.flags.utf8_mode):
        os.execv(sys.executable, [sys.executable, "-I", "-X", "utf8", str(here), *sys.argv[1:]])  # noqa: S606  # no shell
    os.umask(0o022)
    sys.path.insert(0, str(here.parent))
    from codegen import command

    return command.main(sys.argv[1:], here.parent.parent)


if __name__ == "__main__":
    sys.exit(main())
