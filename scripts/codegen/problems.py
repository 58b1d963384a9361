"""The form of every error message: what is wrong, and where."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One line for a person. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """The message, in the form that editors show as a link."""
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class CannotRunError(Exception):
    """A step failed, and nothing has been changed. `lines` state the reasons."""

    def __init__(self, *problems: Problem | str) -> None:
        self.lines = tuple(map(str, problems))
        super().__init__("\n".join(self.lines))


def nearest(word: str, words: Iterable[str]) -> str:
    """The end of a message, which suggests the most similar word; empty if none is similar."""
    matches = difflib.get_close_matches(word, sorted(words), n=1)
    return f": did you mean `{matches[0]}`?" if matches else ""


def one_line(text: str, limit: int = 200) -> str:
    """The text without line breaks, truncated to the limit."""
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
