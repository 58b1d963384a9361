"""Put the written fragment in its place, whole or not at all, and say what is left for a person."""

import os
import shutil
import tempfile
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

from codegen.problems import CannotRunError

from . import render
from .compare import Difference
from .fragment import Fragment
from .insert import Editor
from .write import Writer

FACTS = "tests/**/test_*page_facts.py"  # by their names: tests of what the page said when the fragment was written


def sync(
    path: Path,
    fragment: Fragment,
    found: Sequence[Difference],
    compare_again: Callable[[Path], list[Difference]],
    root: Path,
) -> str:
    """Write; CannotRunError, with the fragment as it was, where the result would not say what was meant."""
    old = fragment.document.source.decode()
    new = Writer(fragment, Editor(old)).write(found)
    left = list(found)
    if new != old:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        written = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
            left = compare_again(written)
            if not {_what(one) for one in left} <= {_what(one) for one in found}:
                raise CannotRunError(f"{fragment.document.name}: what was written does not read back as it was meant")
            shutil.copymode(path, written)
            written.replace(path)
        finally:
            written.unlink(missing_ok=True)
    return _report(fragment.document.name, found, left, root)


def _what(difference: Difference) -> tuple[str, ...]:
    return (difference.what, difference.name, difference.change, difference.fragment, difference.upstream)


def _report(name: str, found: Sequence[Difference], left: Sequence[Difference], root: Path) -> str:
    still = {_what(one) for one in left}
    done = [one for one in found if _what(one) not in still]
    lines = [f"{name}: {len(done)} of {len(found)} differences written."]
    if left:
        lines += ["", "Left for a person:", render.table(left)]
    if done:
        undescribed = ", ".join(one.name for one in done if one.what != "known value")
        if undescribed:
            lines += ["", *textwrap.wrap(f"Without a description in words of our own yet: {undescribed}", 120)]
        facts = sorted(file.relative_to(root).as_posix() for file in root.glob(FACTS))
        lines += ["", f"These tests state the page's own facts: {', '.join(facts) or 'none'}"]
    return "\n".join(lines)
