"""The chart: figures as bars, and a curve. The .svg follows the reader's light or dark theme; the .png is light."""

from __future__ import annotations

import io
import statistics
from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the choice of a backend that needs no screen

from .contenders import CONTROL, HTTPX, OURS
from .figures import FIGURES, IN_FLIGHT
from .measure import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from matplotlib.axes import Axes

    from .measure import Results

    Titles = Mapping[str, str]

_DARK = {"#ffffff": "#0d1117", "#1f2328": "#e6edf3", "#59636e": "#9198a1", "#d1d9e0": "#3d444d"}
"""Colours of the light theme (paper, text, weaker text, lines) and what the dark theme shows instead."""
_PAPER, _TEXT, _WEAKER, _LINE = _DARK
_COLOURS = {
    HTTPX.key: "#818b98",
    "generated": "#a58a52",
    "official": "#e08a70",
    "newest": "#c4432b",
    OURS.key: "#1f7fd4",
    "aiohttp": "#55b0c9",
}
_BARS = ("start", "memory", "size", "warm", "sentry", "opentelemetry")
_STYLE = {
    "figure.facecolor": _PAPER,
    "axes.facecolor": _PAPER,
    "savefig.facecolor": _PAPER,
    "text.color": _TEXT,
    "axes.titlecolor": _TEXT,
    "axes.labelcolor": _WEAKER,
    "xtick.color": _WEAKER,
    "ytick.color": _WEAKER,
    "ytick.labelcolor": _TEXT,
    "axes.edgecolor": _LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "font.size": 8.5,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "benchmarks",  # the same names inside the file each time
}


def _bars(axes: Axes, name: str, results: Results, titles: Titles) -> None:
    found = results[name]
    keys = [key for key in titles if key in found and key in _COLOURS and key != HTTPX.key][::-1]
    lengths = [ratio(found[key], found[HTTPX.key]).median for key in keys]
    bars = axes.barh([titles[key] for key in keys], lengths, color=[_COLOURS[key] for key in keys], height=0.7)
    axes.bar_label(bars, [f"{length:.2f}" for length in lengths], padding=4)
    axes.axvline(1, color=_COLOURS[HTTPX.key], linewidth=1, zorder=0)
    axes.set_title(FIGURES[name].title)
    axes.set_xlim(0, max(*lengths, 1.1) * 1.15)
    axes.set_ylim(-0.6 - (4 - len(keys)) / 2, len(keys) - 0.4 + (4 - len(keys)) / 2)  # bars of one height everywhere
    axes.set_xticks([0, 1], ["0", "httpx"])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)


def _curves(axes: Axes, results: Results, titles: Titles) -> None:
    for key in (key for key in titles if key in _COLOURS):
        costs = [statistics.median(results[f"flight {count}"][key].values()) * 1e3 for count in IN_FLIGHT]
        style = {"linewidth": 2.2 if key == OURS.key else 1.4, "marker": "o", "markersize": 4}
        axes.plot(IN_FLIGHT, costs, color=_COLOURS[key], label=titles[key], **style)
    axes.set_xscale("log")
    axes.set_xticks(IN_FLIGHT, [str(count) for count in IN_FLIGHT])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)
    axes.set_ylabel("milliseconds")
    axes.set_xlabel("calls in flight")
    axes.set_title("CPU per asynchronous call")
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.03))


def _themed(svg: str) -> str:
    """The drawing with the colours of the dark theme for readers who have chosen that."""
    rules = "".join(
        f'[style*="{what}: {light}"] {{ {what}: {dark} !important }} '
        for light, dark in _DARK.items()
        for what in ("fill", "stroke")
    )
    return svg.replace("<defs>", f"<style>@media (prefers-color-scheme: dark) {{ {rules}}}</style>\n <defs>", 1)


def draw(path: Path, results: Results, titles: Titles) -> None:
    """Write the chart as .svg and .png."""
    with mpl.rc_context(_STYLE):
        figure = plt.figure(figsize=(11, 8), layout="constrained")
        grid = figure.add_gridspec(3, 3)
        for number, name in enumerate(_BARS):
            axes = figure.add_subplot(grid[divmod(number, 3)])
            _bars(axes, name, results, titles)
            if number % 3:
                axes.set_yticklabels([])
        _curves(figure.add_subplot(grid[2, :]), results, titles)
        figure.suptitle(f"Compared with {titles[HTTPX.key]}: shorter and lower is better", fontsize=12)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None})
        figure.savefig(path.with_suffix(".png"), dpi=130)
        plt.close(figure)
    path.with_suffix(".svg").write_text(_themed(drawn.getvalue()), encoding="utf-8")
