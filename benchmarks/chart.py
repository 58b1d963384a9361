"""The chart: figures as bars. The .svg follows the reader's light or dark theme; the .png is light."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the choice of a backend that needs no screen

from .contenders import HTTPX, OURS
from .figures import FIGURES
from .measure import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from matplotlib.axes import Axes

    from .measure import Results

    Titles = Mapping[str, str]

_DARK = {"#ffffff": "#0d1117", "#1f2328": "#e6edf3", "#d1d9e0": "#3d444d"}
"""The colours of the light theme (background, text, lines), each with that of the dark theme."""
_PAPER, _TEXT, _LINE = _DARK
_COLOURS = {
    HTTPX.key: "#818b98",
    "generated": "#a58a52",
    "official": "#e08a70",
    "newest": "#c4432b",
    OURS.key: "#1f7fd4",
}
_BARS = ("start", "memory", "size", "warm", "flight 32", "flight 100")
_STYLE = {
    "figure.facecolor": _PAPER,
    "axes.facecolor": _PAPER,
    "savefig.facecolor": _PAPER,
    "text.color": _TEXT,
    "axes.titlecolor": _TEXT,
    "ytick.color": _TEXT,
    "axes.edgecolor": _LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "font.size": 8.5,
    "svg.fonttype": "none",
    "svg.hashsalt": "benchmarks",  # the same names inside the file each time
}


def _bars(axes: Axes, name: str, results: Results, titles: Titles) -> None:
    keys = [key for key in titles if key in _COLOURS][::-1]
    lengths = [ratio(results[name][key], results[name][HTTPX.key]).median for key in keys]
    bars = axes.barh([titles[key] for key in keys], lengths, color=[_COLOURS[key] for key in keys], height=0.7)
    axes.bar_label(bars, [f"{length:.2f}" for length in lengths], padding=4)
    axes.set_title(FIGURES[name].title)
    axes.set_xlim(0, max(lengths) * 1.15)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)


def _themed(svg: str) -> str:
    """The drawing, with the dark theme for readers who prefer it."""
    rules = "".join(
        f'[style*="{what}: {light}"] {{ {what}: {dark} !important }} '
        for light, dark in _DARK.items()
        for what in ("fill", "stroke")
    )
    return svg.replace("<defs>", f"<style>@media (prefers-color-scheme: dark) {{ {rules}}}</style>\n <defs>", 1)


def draw(path: Path, results: Results, titles: Titles) -> None:
    """Write the chart as .svg and .png."""
    with mpl.rc_context(_STYLE):
        figure, grid = plt.subplots(2, 3, sharey=True, figsize=(11, 5), layout="constrained")
        for axes, name in zip(grid.flat, _BARS, strict=True):
            _bars(axes, name, results, titles)
        figure.suptitle(f"Ratio to {titles[HTTPX.key]}: shorter is better", fontsize=12)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None})
        figure.savefig(path.with_suffix(".png"), dpi=130)
        plt.close(figure)
    path.with_suffix(".svg").write_text(_themed(drawn.getvalue()), encoding="utf-8")
