"""Make generated/ from openapi/, or tell whether it is what openapi/ says: see --help.

The work is done in codegen/. This file shuts out the caller's environment first.
"""

import os
import sys
from pathlib import Path


def main() -> int:
    """Start again without the environment's influence on Python, then run. Returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  # an older Python is told so in one line
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
