"""The tables, as Markdown that also reads well in a terminal."""

from __future__ import annotations

import os
import platform
import statistics
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from .contenders import CONTROL, HTTPX, OURS
from .figures import FIGURES, IN_FLIGHT
from .measure import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .measure import Ratio, Results, Series

    Titles = Mapping[str, str]

_HERE = Path(__file__).parent
_AIMS: dict[str, float] = tomllib.loads((_HERE / "aims.toml").read_text(encoding="utf-8"))
_FLAT = "100 to 32 in flight"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = ["-" * width for width in widths]
    lines = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in (rows[0], rule, *rows[1:]))
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _spread(found: Ratio) -> str:
    return f"{found.median:.2f}" + (f" ({found.low:.2f} to {found.high:.2f})" if found.high > found.low else "")


def _aim(name: str, found: Ratio) -> list[str]:
    aim = _AIMS.get(name)
    return ["", ""] if aim is None else [f"{aim:.2f}", "yes" if round(found.median, 2) <= aim else "no"]


def table(results: Results, titles: Titles, *, brief: bool = False) -> str:
    """Every contender against httpx; if brief, without spread, control and aims."""
    others = [key for key in titles if key != HTTPX.key and not (brief and key == CONTROL.key)]
    rows = [["", titles[HTTPX.key], *(titles[key] for key in others), *([] if brief else ["aim", "reached"])]]
    for name, figure in FIGURES.items():
        if name not in results:
            continue
        base = results[name][HTTPX.key]
        ratios = {key: ratio(results[name][key], base) for key in others if key in results[name]}
        cells = {key: f"{each.median:.2f}" if brief else _spread(each) for key, each in ratios.items()}
        value = statistics.median(base.values()) * figure.scale
        digits = 1 if figure.unit == "MB" else 0
        row = [figure.title, f"{value:,.{digits}f} {figure.unit}", *(cells.get(key, "") for key in others)]
        rows.append(row if brief else [*row, *_aim(name, ratios[OURS.key])])
    return _markdown(rows)


def flight(results: Results, titles: Titles) -> str:
    """The cost of a call, by the number of calls in flight."""
    few, many = IN_FLIGHT[-2:]
    rows = [["CPU per call, µs", *(f"{count} in flight" for count in IN_FLIGHT), f"{many} to {few}", "aim", "reached"]]
    for key, title in titles.items():
        series: list[Series] = [results[f"flight {count}"][key] for count in IN_FLIGHT]
        costs = [f"{statistics.median(each.values()) * 1e6:,.0f}" for each in series]
        growth = ratio(series[-1], series[-2])
        rows.append([title, *costs, _spread(growth), *(_aim(_FLAT, growth) if key == OURS.key else ["", ""])])
    return _markdown(rows)


def page(results: Results, titles: Titles) -> str:
    """The page of all figures."""
    return (
        (_HERE / "page.md")
        .read_text(encoding="utf-8")
        .format(
            python=f"{platform.python_implementation()} {platform.python_version()}",
            system=f"{platform.system()} ({platform.machine()})",
            cores=os.cpu_count(),
            table=table(results, titles),
            flight=flight(results, titles),
        )
    )


def embed(text: str, results: Results, titles: Titles) -> str:
    """A page with the brief table between its two markers."""
    before, begin, rest = text.partition("<!-- benchmarks -->\n")
    _, end, after = rest.partition("<!-- /benchmarks -->")
    if not end:
        raise SystemExit("README.md has no block between <!-- benchmarks --> and <!-- /benchmarks -->")
    return f"{before}{begin}\n{table(results, titles, brief=True)}\n{end}{after}"
