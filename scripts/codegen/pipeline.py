"""The steps of a regeneration, in order; nothing is written unless all of them succeed."""

import contextlib
import fcntl
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from codegen import document, lint, lower, names, swap, toolchain, tree, trial
from codegen.problems import CannotRunError, one_line
from codegen.toolchain import FORMATTER, GENERATOR

FRAGMENT = "openapi/models.yaml"
SETTINGS = "openapi/generator.yaml"
TEMPLATES = "openapi/templates"
OUTPUT = "generated"
LINE_LENGTH = 120


@dataclass(frozen=True)
class Result:
    """The current output and the new one."""

    old: tree.Tree
    new: tree.Tree

    @property
    def changes(self) -> list[tree.Change]:
        """The difference, file by file; empty if there is none."""
        return tree.compare(self.old, self.new)


def build(root: Path, tools: Mapping[str, str], say: Callable[[str], None]) -> Result:
    """Generate the output in a temporary folder. Writes nothing below the root.

    Args:
        root: The checkout.
        tools: The versions of the tools.
        say: Is called with the name of each step.
    """
    generator, formatter = (f"{name} {tools[name]}" for name in (GENERATOR, FORMATTER))
    say("lint")
    fragment = document.load(root / FRAGMENT, FRAGMENT)
    lint.check(fragment)
    settings = document.load(root / SETTINGS, SETTINGS)
    from codegen.generate import generate  # imported late: it is slow, and the lint should report first

    with tempfile.TemporaryDirectory(prefix="regenerate-") as scratch:
        say(f"generate with {generator}")
        package = generate(fragment, lower.lower(fragment.data), settings, root / TEMPLATES, Path(scratch))
        say(f"format with {formatter}")
        _style(package, generator)
        names.check(fragment, package)
        (package / "py.typed").touch()
        (package / "openapi.yaml").write_bytes(fragment.source)
        say("test the package")
        trial.check(fragment, root, package)
        new = {f"{package.name}/{path}": content for path, content in tree.read(package).items()}
    templates = {f"{TEMPLATES}/{path}": content for path, content in tree.read(root / TEMPLATES).items()}
    new["lock.json"] = _lock(tools, {FRAGMENT: fragment.source, SETTINGS: settings.source, **templates}, new)
    return Result(tree.read(root / OUTPUT), new)


@contextlib.contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """Allow only one regeneration of a checkout at a time."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locked(root, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise CannotRunError("another regeneration of this checkout is running: wait for it to end") from error
        swap.recover(root / OUTPUT)
        yield


@contextlib.contextmanager
def locked(folder: Path, operation: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold the lock of a folder, by default after waiting for it. The system releases it when the process ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, operation)
        yield
    finally:
        os.close(descriptor)


def _style(package: Path, generator: str) -> None:
    """Add a header and format the code. No lint fixes: they differ between versions, and may remove needed code."""
    # No date: the same input gives the same bytes.
    header = f"# Generated from {FRAGMENT} by {generator}: do not edit, run `make regenerate`.\n\n"
    modules = sorted(package.rglob("*.py"))
    for path in modules:
        path.write_text(header + path.read_text(encoding="utf-8").lstrip(), encoding="utf-8", newline="\n")
    # Files by name, because ruff skips a folder called `build`, or one that git ignores.
    files = [str(path.relative_to(package)) for path in modules]
    command = [sys.executable, "-P", "-m", "ruff", "format", "--isolated", "--no-cache"]
    command += ["--line-length", str(LINE_LENGTH), "--", *files]
    done = toolchain.run(command, cwd=package)
    if done.returncode != 0:
        raise CannotRunError(f"the formatter rejects the generated code, a template is wrong: {one_line(done.stderr)}")


def _lock(tools: Mapping[str, str], inputs: tree.Tree, output: tree.Tree) -> bytes:
    """The two tools that determine the output, and the SHA-256 of each input and output file, as JSON."""

    def hashes(files: tree.Tree) -> dict[str, str]:
        return {path: hashlib.sha256(content or b"").hexdigest() for path, content in files.items()}

    versions = {name: tools[name] for name in (GENERATOR, FORMATTER)}
    record = {"tools": versions, "inputs": hashes(inputs), "output": hashes(output)}
    return (json.dumps(record, indent=2, sort_keys=True) + "\n").encode()
