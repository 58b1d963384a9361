"""The chart: six figures as bars, and two curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the choice of a backend that needs no screen

from .contenders import FLOOR, OURS
from .figures import IN_FLIGHT, MANY
from .report import FIGURES
from .statistic import medians, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from matplotlib.axes import Axes

    from .measure import Results

_COLOURS = {
    FLOOR: "#8d99a6",
    "generated": "#b9a27a",
    "official": "#d98f7a",
    "newest": "#b5523b",
    OURS: "#1f77b4",
    "aiohttp": "#7ab0d9",
}
_BARS = ("wall", "import", "peak", "warm", "in flight 32", "size")


def _bars(axes: Axes, name: str, results: Results, titles: Mapping[str, str]) -> None:
    figure = next(each for each in FIGURES if each.name == name)
    values = results[name]
    keys = [key for key in titles if key in values and key not in (FLOOR, "aiohttp")][::-1]
    ratios = [ratio(values[key], values[FLOOR]) for key in keys]
    lengths = [each.median for each in ratios]
    bars = axes.barh([titles[key] for key in keys], lengths, color=[_COLOURS[key] for key in keys], height=0.7)
    for label in axes.bar_label(bars, [f"{length:.2f}" for length in lengths], padding=3, fontsize=8):
        label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})  # over the dashed line
    axes.axvline(1, color="#555555", linewidth=0.8, linestyle="--")
    axes.set_title(figure.title, fontsize=9.5, loc="left")
    axes.set_xlim(0, max(*lengths, 1.1) * 1.18)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(labelsize=8)


def _lines(axes: Axes, counts: tuple[int, ...], name: str, results: Results, titles: Mapping[str, str]) -> None:
    found = [medians(results[f"{name} {count}"]) for count in counts]
    for key in titles:
        points = [(count, each[key] * 1e6) for count, each in zip(counts, found, strict=True) if key in each]
        if len(points) > 1:
            axes.plot(*zip(*points, strict=True), marker="o", markersize=4, color=_COLOURS[key], label=titles[key])
    axes.set_xscale("log")
    axes.set_xticks(counts, [f"{count:,}" for count in counts])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)
    axes.set_ylabel("CPU per call, µs", fontsize=8)
    axes.tick_params(labelsize=8)
    axes.legend(fontsize=8, frameon=False)


def draw(path: Path, results: Results, titles: Mapping[str, str]) -> None:
    """Write the chart beside `path`, as .svg and .png."""
    mpl.rcParams["svg.hashsalt"] = "benchmarks"  # the same names inside the file each time
    figure = plt.figure(figsize=(11, 9), layout="constrained")
    grid = figure.add_gridspec(3, 6)
    for number, name in enumerate(_BARS):
        row, column = divmod(number, 3)
        axes = figure.add_subplot(grid[row, column * 2 : column * 2 + 2])
        _bars(axes, name, results, titles)
        if column:
            axes.set_yticklabels([])
    for column, (counts, name, title) in enumerate(
        ((IN_FLIGHT, "in flight", "Calls in flight"), (MANY, "many", "Models through one client, 32 at a time"))
    ):
        axes = figure.add_subplot(grid[2, column * 3 : column * 3 + 3])
        _lines(axes, counts, name, results, titles)
        axes.set_title(title, fontsize=9.5, loc="left")
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    figure.suptitle(f"Against {titles[FLOOR]} (1, the dashed line); shorter and lower is better", fontsize=12)
    figure.savefig(path.with_suffix(".svg"), metadata={"Date": None})
    figure.savefig(path.with_suffix(".png"), dpi=130)
    plt.close(figure)
