"""The release dates of models: the dates, their scale, and the drawing for a terminal."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthropic_models.types import ModelInfo

Release = tuple[datetime, str]
"""The date, and the model's id."""
UNKNOWN = datetime.fromtimestamp(0, UTC)
"""The date that the API returns if it does not know a model's release date."""


def releases(models: Mapping[str, ModelInfo]) -> list[Release]:
    """The models by release date, which is the first date among their fields, so that no field is named here."""
    return sorted((_date(model), name) for name, model in models.items())


def _date(model: ModelInfo) -> datetime:
    values = [getattr(model, field.name) for field in attrs.fields(type(model))]
    return next((value for value in values if isinstance(value, datetime)), UNKNOWN)


class Scale:
    """A time scale of whole months, from the first release to the last.

    Args:
        drawn: The releases, in order.
        width: The length of the scale.
        room: The length that a label takes.

    Attributes:
        ticks: The months to label, each with its position; empty if no date is known.
    """

    def __init__(self, drawn: list[Release], width: float, room: float) -> None:
        months = [int(_month(date)) for date, _ in drawn if date != UNKNOWN]
        self._first, end = (months[0], months[-1] + 1) if months else (0, 0)
        self._unit = width / max(end - self._first, 1)
        step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200, 10**6) if step * self._unit >= room)
        labelled = (month for month in range(self._first, end + 1) if month and month % step == 0)
        self.ticks: list[tuple[float, str]] = [
            ((month - self._first) * self._unit, f"{month // 12}-{month % 12 + 1:02}") for month in labelled
        ]

    def place(self, date: datetime) -> float:
        """The position of a date on the scale."""
        return (_month(date) - self._first) * self._unit


def _month(date: datetime) -> float:
    """Months since the year 0, including the fraction of the current month."""
    return date.year * 12 + date.month - 1 + (date.day - 1) / monthrange(date.year, date.month)[1]


def day(date: datetime) -> str:
    """The text for a date."""
    return "unknown" if date == UNKNOWN else date.date().isoformat()


def as_text(drawn: list[Release]) -> str:
    """A line for each model and two for the scale, as wide as the terminal."""
    console = Console()
    dot, line, tick = "*-|" if console.options.ascii_only else "●─┬"
    label = max(len(name) for _, name in drawn) + 2
    margin = label + len("2025-01-01  ")
    scale = Scale(drawn, max(console.width - margin - 8, 20), room=9)
    marks = months = ""
    for place, month in scale.ticks:
        marks = f"{marks:{margin + round(place)}}{tick}"
        months = f"{months:{margin + round(place)}}{month}"
    with console.capture() as shown:
        for date, name in drawn:
            text = Text(f"{name:{label}}").append(day(date), "dim")
            if date != UNKNOWN:
                text.append("  " + line * round(scale.place(date)), "dim").append(dot, "bold cyan")
            console.print(text, soft_wrap=True)
        if marks:
            console.print(Text(f"{marks}\n{months}", "dim"), soft_wrap=True)
    return shown.get()
