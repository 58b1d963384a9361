"""What the rounds of a figure come to: the median of the ratios of each round, and the middle half of them."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Ratio:
    """How a contender compares: the median, and between what the middle half of the rounds lies."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        spread = f" ({self.low:.2f} to {self.high:.2f})" if self.high - self.low > 0.005 else ""
        return f"{self.median:.2f}{spread}"


def ratio(values: Sequence[float], floor: Sequence[float]) -> Ratio:
    """Each round's value against the floor's value of the same round."""
    ratios = [value / base for value, base in zip(values, floor, strict=True)]
    if len(ratios) == 1:
        return Ratio(ratios[0], ratios[0], ratios[0])
    low, median, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return Ratio(median, low, high)


def medians(figure: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median of each contender's values."""
    return {key: statistics.median(values) for key, values in figure.items()}
