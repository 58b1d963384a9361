"""`upstream.yaml` beside the fragment: the release last looked at, and the differences that were decided to stay."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
from codegen.document import Document, load
from codegen.problems import CannotRunError, Problem, nearest

from .compare import Difference
from .insert import Editor, dump
from .package import Package

NAME = "upstream.yaml"
TOP = {"release", "decided"}
REQUIRED = {"what", "name", "change", "reason"}
KEYS = REQUIRED | {"fragment", "upstream"}


@attrs.frozen
class Decisions:
    """What the file says."""

    path: Path
    document: Document

    def reason(self, difference: Difference) -> str:
        """Why a difference stays; empty where that was not decided. What an entry leaves out may be anything."""
        for entry in self._entries():
            if all(getattr(difference, key) == entry[key] for key in entry if key != "reason"):
                return str(entry["reason"])
        return ""

    def unused(self, found: Sequence[Difference]) -> list[str]:
        """A line for each decision that no difference has asked for."""
        return [
            f"{self.document.name}:{self.document.lines[('decided', index)]}: "
            f"{entry['what']} {entry['name']} {entry['change']}"
            for index, entry in enumerate(self._entries())
            if not any(all(getattr(one, key) == entry[key] for key in entry if key != "reason") for one in found)
        ]

    def _entries(self) -> list[dict[str, str]]:
        return list(self.document.data.get("decided", ()))

    def check(self, package: Package) -> None:
        """CannotRunError where the release that was looked at has other bytes now."""
        known = self.document.data.get("release", {})
        if package.sha256 and known.get("version") == package.version and known.get("sha256") != package.sha256:
            message = f"{package} has the sha256 {package.sha256} now: somebody has replaced it"
            raise CannotRunError(self.document.problem(("release", "sha256"), message))

    def after(self, package: Package) -> str:
        """The text of the file with this release as the one last looked at."""
        release = {"version": package.version, "sha256": package.sha256}
        text = self.document.source.decode()
        if "release" not in self.document.data:
            return f"{dump({'release': release})}\n{text}"
        editor = Editor(text)
        for key, value in release.items():
            editor.replace(editor.node(("release", key)), value)
        return editor.result()


def read(path: Path, name: str) -> Decisions:
    """The file, which may be missing; CannotRunError with the line of what is wrong in it."""
    if not path.exists():
        return Decisions(path, Document(name, b"", {}, {}))
    document = load(path, name)
    problems = list(_problems(document, document.data))
    if problems:
        raise CannotRunError(*problems)
    return Decisions(path, document)


def _problems(document: Document, data: Any) -> list[Problem]:
    if not isinstance(data, dict) or not data.keys() <= TOP:
        return [document.problem((), f"expected the keys {' and '.join(sorted(TOP))}, and no others")]
    release, entries = data.get("release", {}), data.get("decided", [])
    if release and (not isinstance(release, dict) or release.keys() != {"version", "sha256"}):
        return [document.problem(("release",), "expected `version` and `sha256`")]
    if not isinstance(entries, list):
        return [document.problem(("decided",), "expected a list")]
    found = []
    for index, entry in enumerate(entries):
        here = ("decided", index)
        if not isinstance(entry, dict) or not all(isinstance(value, str) and value for value in entry.values()):
            found.append(document.problem(here, "a decision has keys with text"))
            continue
        found += [document.problem(here, f"a decision has a `{key}`") for key in sorted(REQUIRED - entry.keys())]
        for key in sorted(entry.keys() - KEYS):
            found.append(document.problem((*here, key), f"`{key}` is not known{nearest(key, KEYS)}"))
    return found
