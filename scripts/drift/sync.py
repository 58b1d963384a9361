"""Writes additive differences: the new text of the fragment is tested, and then replaces the old one."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
from codegen import pipeline, swap, toolchain
from codegen.document import load
from codegen.problems import CannotRunError, one_line

from .compare import Difference
from .fragment import Fragment
from .insert import Editor
from .write import Writer


def prepare(
    fragment: Fragment, found: Sequence[Difference], compare: Callable[[Fragment], list[Difference]], root: Path
) -> tuple[str, list[Difference]]:
    """The new text, and the differences that are left. Raises CannotRunError if the text would not work as intended."""
    old, name = fragment.document.source.decode(), fragment.document.name
    writer = Writer(fragment, Editor(old))
    new = writer.write([one for one in found if one.additive])
    left = list(found)
    if new != old:
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder, pipeline.FRAGMENT)
            shutil.copytree((root / pipeline.FRAGMENT).parent, written.parent)
            written.write_text(new, encoding="utf-8", newline="")
            left = compare(Fragment(load(written, name)))
            if not set(left) <= set(found):
                raise CannotRunError(f"{name}: the new text does not mean what was intended")
            check_package(Path(folder), root)
    return new, [attrs.evolve(one, note=writer.left.get(one, one.note)) for one in left]


def check_package(scratch: Path, root: Path) -> None:
    """Raise CannotRunError, with the reason, if the package that is generated from this folder would not work."""
    try:
        new = pipeline.build(scratch, toolchain.find(root), lambda _: None).new  # which lints and imports it too
    except CannotRunError as error:
        raise CannotRunError("nothing is written, because the new fragment is rejected:", *error.lines) from None
    swap.install(new, scratch / pipeline.OUTPUT)
    command = [sys.executable, "-B", "-m", "mypy", "--strict", "--no-error-summary", "--config-file="]
    cache = root / ".mypy_cache" / "trial"
    cache.mkdir(parents=True, exist_ok=True)
    with pipeline.locked(cache):  # mypy fails if another process changes its cache
        done = toolchain.run([*command, f"--cache-dir={cache}", "."], cwd=scratch / pipeline.OUTPUT)
    if done.returncode:
        lines = [one_line(line) for line in (done.stdout or done.stderr).splitlines()[:5]]
        raise CannotRunError("nothing is written, because the new package fails strict type checking", *lines)


def install(path: Path, text: str) -> bool:
    """Replace the content of a file, if it differs. Returns whether it was written.

    If the process is killed, the file has the old or the new content.
    """
    if path.exists() and path.read_bytes() == text.encode():
        return False
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        written = Path(folder, path.name)
        written.write_text(text, encoding="utf-8", newline="")
        if path.exists():
            shutil.copymode(path, written)
        written.replace(path)
    return True
