"""The report, for people and for machines."""

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs
from codegen.problems import one_line

from .compare import Difference

HEADS = ("where", "what", "name", "change", "the fragment", "upstream")
# What a log of a workflow or a block of Markdown would act upon: commands and fences.
ACTIVE = re.compile(r":(?=:)|#(?=#\[)|`(?=``)")


def escape(text: str) -> str:
    """The text with that, and all that cannot be seen, as `\\u....`, which JSON reads back as it was."""
    text = "".join(one if one.isprintable() or one == "\n" else _escaped(one) for one in text)
    return ACTIVE.sub(lambda match: _escaped(match[0]), text)


def _escaped(character: str) -> str:
    return re.sub("(....)", r"\\u\1", character.encode("utf-16-be", "surrogatepass").hex())


def table(differences: Sequence[Difference]) -> str:
    """One line for each difference, in columns; below it why it is left for a person, where that is not plain."""
    rows = [HEADS] + [(str(d.place), d.what, d.name, d.change, d.fragment, d.upstream) for d in differences]
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    for number, one in enumerate(differences, 1):
        if one.note not in one.upstream:
            lines[number] += f"\n    {one_line(one.note)}"
    return "\n".join(lines)


@attrs.frozen(slots=False)
class Report:
    """What came of a run."""

    name: str  # of the fragment
    source: str
    release: Mapping[str, str] | None
    files: Sequence[str]
    written: Sequence[Difference]
    decided: Sequence[Difference]
    left: Sequence[Difference]

    @cached_property
    def not_compared(self) -> list[Difference]:
        """What is left because it was not understood."""
        return [one for one in self.left if one.change == "not compared"]

    @cached_property
    def undescribed(self) -> list[str]:
        """What was written and has no description."""
        return list(dict.fromkeys(one.name for one in self.written if one.what in ("parameter", "field")))

    def as_text(self, *, wrote: bool) -> str:
        """The report for a person."""
        if wrote:
            parts = [f"{self.name}: {len(self.written)} differences from {self.source} written."]
            parts += [table(self.written)] if self.written else []
        elif self.left:
            parts = [f"{self.name} differs from {self.source} in {len(self.left)} places:", table(self.left)]
        else:
            parts = [
                f"{self.name} says the same as {self.source}"
                + (", but for what was decided." * bool(self.decided) or ".")
            ]
        parts += ["Left for a person:", table(self.left)] if wrote and self.left else []
        parts += ["Decided to stay:", table(self.decided)] if self.decided else []
        if self.undescribed:
            text = f"Without a description in words of our own yet: {', '.join(self.undescribed)}"
            parts.append(textwrap.fill(text, 120))
        return "\n\n".join(parts)

    def as_json(self) -> str:
        """The same, and more, as one JSON object."""
        undecided = [one for one in self.left if one not in self.not_compared]
        states = {"written": self.written, "decided": self.decided}
        states |= {"undecided": undecided, "not_compared": self.not_compared}
        facts = {
            "source": self.source,
            "release": self.release,
            "moved": bool(self.written or self.left),
            "files": self.files,
            **{state: len(differences) for state, differences in states.items()},
            "undescribed": self.undescribed,
            "differences": [_row(one, state) for state, differences in states.items() for one in differences],
        }
        return json.dumps(facts, indent=2, ensure_ascii=False)


def _row(difference: Difference, state: str) -> dict[str, object]:
    keys = ("what", "name", "change", "fragment", "upstream", "additive", "note")
    place: dict[str, object] = {"state": state, "file": difference.place.file, "line": difference.place.line}
    return place | {key: getattr(difference, key) for key in keys}
