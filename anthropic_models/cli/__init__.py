"""The command `anthropic-models`. It needs the extra `cli`; typer and rich are imported only when it runs."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command and exit: 0 all models were found, 1 some were not, 2 wrong use or no credentials."""
    try:
        from .command import app
    except KeyboardInterrupt:
        sys.exit(130)
    except ModuleNotFoundError as error:
        sys.exit(_needs_extra(error))
    app(prog_name="anthropic-models")


def _needs_extra(error: ModuleNotFoundError) -> int:
    sys.stderr.write(
        f"anthropic-models: the package {error.name!r} is missing; "
        "install the command with: pip install 'anthropic-models[cli]' (in a checkout: pip install '.[cli]')\n"
    )
    return 2
