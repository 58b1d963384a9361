"""Creates and tests the new text of the fragment, and replaces the file atomically."""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
from codegen.problems import CannotRunError

from . import trial
from .compare import Difference
from .fragment import Fragment
from .insert import Editor
from .write import Writer


def prepare(
    fragment: Fragment,
    found: Sequence[Difference],
    wanted: Sequence[Difference],
    compare_again: Callable[[Path], list[Difference]],
    root: Path,
) -> tuple[str, list[Difference]]:
    """The new text, and what is left for a person; CannotRunError where it would not say or do what was meant."""
    old = fragment.document.source.decode()
    writer = Writer(fragment, Editor(old))
    new = writer.write(wanted)
    left = list(found)
    if new != old:
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder, "written.yaml")
            written.write_text(new, encoding="utf-8", newline="")
            left = compare_again(written)
        if not set(left) <= set(found):
            raise CannotRunError(f"{fragment.document.name}: what was written does not read back as it was meant")
        trial.run(new, root)
    return new, [attrs.evolve(one, note=writer.left.get(one, one.note)) for one in left]


def install(path: Path, text: str) -> list[Path]:
    """Put the text in the place of a file, if it says anything else; gives the files that were written.

    Whenever the process is killed, the file is the old or the new one.
    """
    if path.exists() and path.read_bytes() == text.encode():
        return []
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, written)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
    return [path]
