"""The header and the style of generated code."""

import subprocess
from pathlib import Path

from codegen import toolchain
from codegen.problems import CannotRunError, one_line

LINE_LENGTH = 120


def stamp(package: Path, fragment: str, generator: str) -> None:
    """Add a header with its origin to every module; without dates, so that the same input gives the same bytes."""
    header = f"# Generated from {fragment} by {generator}: do not edit, run `make regenerate`.\n\n"
    for path in sorted(package.rglob("*.py")):
        path.write_text(header + path.read_text(encoding="utf-8").lstrip(), encoding="utf-8", newline="\n")


def style(package: Path, ruff: str) -> None:
    """Format only. Lint fixes are left alone: they differ between versions, and what they remove may be wanted."""
    # Files by name: a folder called `build` or one that git ignores would be passed over.
    files = [str(path.relative_to(package)) for path in sorted(package.rglob("*.py"))]
    command = [ruff, "format", "--isolated", "--no-cache", "--line-length", str(LINE_LENGTH), "--", *files]
    done = subprocess.run(
        command, env=toolchain.ENVIRONMENT, cwd=package, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        raise CannotRunError(f"the formatter refuses the generated code, a template is wrong: {one_line(done.stderr)}")
