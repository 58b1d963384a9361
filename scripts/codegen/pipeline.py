"""Runs the steps in order; nothing is written before all of them have succeeded."""

import contextlib
import fcntl
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen import document, formatting, lint, lock, lower, names, swap, tree, trial
from codegen import generate as generator
from codegen.document import Document
from codegen.problems import CannotRunError
from codegen.toolchain import Toolchain

FRAGMENT = "openapi/models.yaml"
SETTINGS = "openapi/generator.yaml"
TEMPLATES = "openapi/templates"
OUTPUT = "generated"


@dataclass(frozen=True)
class Result:
    """The current output and the new one."""

    old: tree.Tree
    new: tree.Tree

    @property
    def changes(self) -> list[tree.Change]:
        """The difference, file by file; empty where there is none."""
        return tree.compare(self.old, self.new)


def lowered(root: Path) -> tuple[Document, Any]:
    """The checked fragment, and the rewritten copy for the generator."""
    fragment = document.load(root / FRAGMENT, FRAGMENT)
    lint.check(fragment)
    return fragment, lower.lower(fragment.data)


def build(root: Path, tools: Toolchain, say: Callable[[str], None]) -> Result:
    """Generate the output in a temporary folder. Writes nothing below the root."""
    say("lint")
    fragment, data = lowered(root)
    settings = document.load(root / SETTINGS, SETTINGS)
    name = _package_name(settings)
    with tempfile.TemporaryDirectory(prefix="regenerate-") as scratch:
        package = Path(scratch, name)
        say(f"generate with {tools.generator}")
        generator.generate(fragment, data, settings, root / TEMPLATES, package)
        say(f"format with {tools.formatter}")
        formatting.stamp(package, FRAGMENT, tools.generator)
        formatting.style(package, tools.ruff)
        names.check(fragment, package)
        (package / "py.typed").touch()
        (package / "openapi.yaml").write_bytes(fragment.source)
        say("try it")
        trial.check(fragment, root, package)
        new = {f"{name}/{path}": content for path, content in tree.read(package).items()}
    templates = {f"{TEMPLATES}/{path}": content for path, content in tree.read(root / TEMPLATES).items()}
    new[lock.NAME] = lock.write(tools, {FRAGMENT: fragment.source, SETTINGS: settings.source, **templates}, new)
    return Result(tree.read(root / OUTPUT), new)


def regenerate(
    root: Path, tools: Toolchain, say: Callable[[str], None], accept: Callable[[Result], bool] = lambda _: True
) -> Result:
    """Update the output atomically; write nothing if `accept` returns False."""
    with _alone(root):
        swap.recover(root / OUTPUT)
        result = build(root, tools, say)
        if accept(result) and result.changes:
            say("swap")
            swap.install(result.new, root / OUTPUT)
        return result


def dump(data: Any) -> str:
    """The lowered document as JSON, which is YAML too."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def _package_name(settings: Document) -> str:
    data = settings.data if isinstance(settings.data, dict) else {}
    name = data.get("package_name_override")
    if not isinstance(name, str) or not name.isidentifier():
        raise CannotRunError(settings.problem(("package_name_override",), "`package_name_override` names the package"))
    if data.get("post_hooks") != []:
        message = "`post_hooks` has to be `[]`: hooks run whatever is on PATH"
        raise CannotRunError(settings.problem(("post_hooks",), message))
    return name


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Only one regeneration of a checkout at a time. The system lets go of the lock when the process ends."""
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotRunError("another regeneration of this checkout is running: wait for it to end") from error
        yield
    finally:
        os.close(folder)
