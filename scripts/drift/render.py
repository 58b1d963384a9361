"""The report, for people and for machines."""

import json
import re
import textwrap
from collections.abc import Mapping, Sequence

import attrs
from codegen.problems import one_line

from .compare import Difference
from .insert import dump

HEADS = ("where", "what", "name", "change", "the fragment", "upstream")
STATES = ("written", "decided", "undecided", "not_compared")
# Commands that the log of a workflow would run, and fences that would end a block of Markdown.
ACTIVE = re.compile(r":(?=:)|#(?=#\[)|`(?=``)")


def escape(text: str) -> str:
    """The text with these and with unprintable characters as `\\u....`, which JSON reads as the original text."""
    text = "".join(one if one.isprintable() or one == "\n" else _escaped(one) for one in text)
    return ACTIVE.sub(lambda match: _escaped(match[0]), text)


def _escaped(character: str) -> str:
    return re.sub("(....)", r"\\u\1", character.encode("utf-16-be", "surrogatepass").hex())


def _table(differences: Sequence[Difference]) -> str:
    """A row for each difference; below it, the reason why it is left for a person, unless the row has it."""
    rows = [HEADS] + [(str(d.place), d.what, d.name, d.change, d.fragment, d.upstream) for d in differences]
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    for number, one in enumerate(differences, 1):
        if one.note not in one.upstream:
            lines[number] += f"\n    {one_line(one.note)}"
    return "\n".join(lines)


@attrs.frozen
class Report:
    """The result of a run."""

    name: str  # of the fragment
    source: str
    release: Mapping[str, str] | None
    files: Sequence[str]
    differences: Sequence[Difference]

    def of(self, *states: str) -> list[Difference]:
        """The differences in these states, by state."""
        return [one for state in states for one in self.differences if one.state == state]

    @property
    def undescribed(self) -> list[str]:
        """The parameters and fields that were written, without a description."""
        return list(dict.fromkeys(one.name for one in self.of("written") if one.what in ("parameter", "field")))

    def as_text(self, *, wrote: bool) -> str:
        """The report for a person."""
        written, decided = self.of("written"), self.of("decided")
        left = [one for one in self.differences if one.state in ("undecided", "not_compared")]
        tables = [("Left for a person:" * wrote, left), ("Decided to keep:", decided)]
        if wrote:
            head = f"{self.name}: {len(written)} differences from {self.source} written."
            tables.insert(0, ("", written))
        elif left:
            head = f"{self.name} differs from {self.source} in {len(left)} place{'s' * (len(left) > 1)}:"
        else:
            head = f"{self.name} matches {self.source}{', except for the decisions' * bool(decided)}."
        parts = [head, *(text for title, some in tables if some for text in (title, _table(some)) if text)]
        if self.undescribed:
            text = f"Without a description yet: {', '.join(self.undescribed)}"
            parts.append(textwrap.fill(text, 120))
        if undecided := self.of("undecided"):
            parts.append(
                f"To keep one, add it to `decided` in openapi/upstream.yaml, for instance:\n{_entry(undecided[0])}"
            )
        return "\n\n".join(parts)

    def as_json(self) -> str:
        """The same, and more, as one JSON object; docs/drift.md describes it."""
        facts = {
            "source": self.source,
            "release": self.release,
            "moved": bool(self.of("written", "undecided", "not_compared")),
            "files": self.files,
            **{state: len(self.of(state)) for state in STATES},
            "undescribed": self.undescribed,
            "differences": [_row(one) for one in self.of(*STATES)],
        }
        return json.dumps(facts, indent=2, ensure_ascii=False)


def _entry(difference: Difference) -> str:
    keys = {key: getattr(difference, key) for key in ("what", "name", "change")}
    return textwrap.indent(dump([{**keys, "reason": "your reason"}]), "  ").rstrip()


def _row(difference: Difference) -> dict[str, object]:
    keys = ("what", "name", "change", "fragment", "upstream", "additive", "note")
    place: dict[str, object] = {"state": difference.state, "file": difference.place.file, "line": difference.place.line}
    return place | {key: getattr(difference, key) for key in keys}
