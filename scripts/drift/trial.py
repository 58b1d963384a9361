"""Try a fragment before it takes the place of the old one: lint, generate, import, check the types."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from codegen import pipeline, swap, toolchain
from codegen.problems import CannotRunError, one_line


def run(text: str, root: Path) -> None:
    """CannotRunError, with why, where the package that this text makes would not work. Writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        shutil.copytree((root / pipeline.FRAGMENT).parent, (scratch / pipeline.FRAGMENT).parent)
        (scratch / pipeline.FRAGMENT).write_text(text, encoding="utf-8", newline="")
        try:
            result = pipeline.build(scratch, toolchain.find(root), lambda _: None)
        except CannotRunError as error:
            raise CannotRunError("nothing is written; the fragment as it would be is refused:", *error.lines) from None
        swap.install(result.new, scratch / pipeline.OUTPUT)
        modules = [path[:-3].replace("/", ".") for path in result.new if path.endswith(".py")]
        source = f"import {', '.join(modules)}" if modules else ""
        cache = root / ".mypy_cache" / "trial"
        _succeed("cannot be imported", scratch / pipeline.OUTPUT, "-c", source)
        _succeed(
            "fails strict typing", scratch / pipeline.OUTPUT, "-m", "mypy", "--strict", "--no-error-summary",
            "--config-file=", f"--cache-dir={cache}", ".",
        )  # fmt: skip


def _succeed(what: str, folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-B", *arguments]
    done = subprocess.run(command, cwd=folder, env=toolchain.ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [one_line(line) for line in (done.stdout or done.stderr).splitlines()]
        told = lines[:5] if done.stdout else lines[-1:]
        raise CannotRunError(f"nothing is written: the package that would be made of it {what}", *told)
