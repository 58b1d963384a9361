"""The changelog: the draft of an entry, and its heading once it is released."""

import re
from collections.abc import Sequence

from codegen.problems import Problem
from codegen.report.model import Change

NAME = "CHANGELOG.md"
DRAFT = "<!-- Draft: say what this release means for callers, then delete this line. -->"
ENTRY = re.compile(r"(?P<heading>^## Unreleased[^\n]*\n)(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def entry(text: str) -> str:
    """The entry of the next release without its heading; empty if there is none."""
    found = ENTRY.search(text)
    return found["text"].strip() if found else ""


def drafted(text: str, changes: Sequence[Change]) -> str:
    """The changelog with a line under "Wire" for each change of the report that the entry does not name."""
    written = entry(text)
    lines = [_line(change) for change in changes if not _is_named(change.where, written)]
    if written and not lines:
        return text
    if lines and not re.search(r"^### Wire$", written, re.MULTILINE):
        written += "\n\n### Wire"
    body = re.sub(r"^### Wire$\n*", lambda _: "\n".join(["### Wire", "", *lines, ""]), written, flags=re.MULTILINE)
    new = "\n\n".join(filter(None, (DRAFT, body.replace(DRAFT, "").strip()))) + "\n\n"
    if ENTRY.search(text):
        return ENTRY.sub(lambda found: f"{found['heading']}\n{new}", text).rstrip() + "\n"
    before, mark, after = text.partition("\n## ")  # the last release, if there was one
    return f"{before.rstrip()}\n\n## Unreleased\n\n{new}{mark.lstrip()}{after}".rstrip() + "\n"


def unfinished(text: str) -> list[Problem]:
    """A problem for each line that marks the entry as a draft."""
    message = "the entry is a draft: complete it, then delete this line"
    return [Problem(NAME, at, message) for at, line in enumerate(text.splitlines(), 1) if line.strip() == DRAFT]


def released(text: str, version: str, day: str) -> str:
    """The changelog with the entry under the heading of its release."""
    return ENTRY.sub(lambda found: f"## {version} - {day}\n{found['text']}", text)


def _is_named(where: str, written: str) -> bool:
    """Whether the entry has the last name of `where`, such as `locale` of `f(locale=)`: people reword the rest."""
    return re.findall(r"\w+", where)[-1] in re.findall(r"\w+", written)


def _line(change: Change) -> str:
    breaking = "**Breaking:** " if change.kind == "breaking" else ""
    return f"- {breaking}`{change.where}`: {change.what}; {change.why}."
