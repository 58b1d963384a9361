"""The tables, as Markdown that also reads well in a terminal."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .contenders import FLOOR, OURS
from .figures import CLIENTS, IN_FLIGHT, MANY
from .statistic import medians, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .measure import Results

    Titles = Mapping[str, str]


class Figure(NamedTuple):
    """A row of the table: its name in the results, its title, its unit and how many of them are 1, and the goal."""

    name: str
    title: str
    unit: str
    scale: float
    goal: float


FIGURES = (
    Figure("wall", "process start to first model", "ms", 1e3, 1.05),
    Figure("cpu", "CPU of that process", "ms", 1e3, 1.05),
    Figure("peak", "peak memory of that process", "MB", 1e-6, 1.10),
    Figure("import", "import of the client, CPU", "ms", 1e3, 1.10),
    Figure("package", "import of the package alone, CPU", "ms", 1e3, 0.30),
    Figure("error", "import of an error class, CPU", "ms", 1e3, 0.30),
    Figure("warm", "one warm call, CPU", "µs", 1e6, 0.80),
    Figure("in flight 32", "32 async calls in flight, CPU per call", "µs", 1e6, 0.25),
    Figure("size", "installed size without bytecode", "MB", 1e-6, 1.30),
)
FLAT = 1.3
"""How much dearer a call of ours may be with many in flight than alone."""

_PAGE = Path(__file__).with_name("page.md")


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = ["-" * width for width in widths]
    padded = (
        [cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in (rows[0], rule, *rows[1:])
    )
    return "".join(f"| {' | '.join(cells)} |\n" for cells in padded)


def table(results: Results, titles: Titles, *, spread: bool = True) -> str:
    """Every contender against the floor."""
    others = [key for key in titles if key != FLOOR]
    rows = [["", titles[FLOOR], *(titles[key] for key in others), "to reach", "reached"]]
    for figure in FIGURES:
        values = results[figure.name]
        ratios = {key: ratio(values[key], values[FLOOR]) for key in others if key in values}
        floor = f"{medians(values)[FLOOR] * figure.scale:,.{1 if figure.unit == 'MB' else 0}f} {figure.unit}"
        shown = {key: str(each) if spread else f"{each.median:.2f}" for key, each in ratios.items()}
        reached = "yes" if ratios[OURS].median <= figure.goal else "no"
        rows.append([figure.title, floor, *(shown.get(key, "") for key in others), f"{figure.goal:.2f}", reached])
    return _markdown(rows)


def in_flight(results: Results, titles: Titles) -> str:
    """The cost of a call by how many are in flight."""
    keys = [key for key in titles if all(key in results[f"in flight {count}"] for count in IN_FLIGHT)]
    rows = [["CPU per call, µs", *(f"{count} in flight" for count in IN_FLIGHT), "dearest to 1 in flight", "to reach"]]
    for key in keys:
        costs = [medians(results[f"in flight {count}"])[key] for count in IN_FLIGHT]
        goal = f"{FLAT:.2f}: {'yes' if max(costs) / costs[0] <= FLAT else 'no'}" if key == OURS else ""
        rows.append([titles[key], *(f"{cost * 1e6:,.0f}" for cost in costs), f"{max(costs) / costs[0]:.2f}", goal])
    return _markdown(rows)


def many(results: Results, titles: Titles) -> str:
    """The cost of many models through one client."""
    rows = [["", *(f"{count:,} models" for count in MANY)]]
    for key in (FLOOR, OURS):
        for what, suffix, scale, digits in (("CPU per call, µs", "", 1e6, 0), ("peak memory, MB", " peak", 1e-6, 1)):
            found = [medians(results[f"many {count}{suffix}"]).get(key) for count in MANY]
            cells = ("" if value is None else f"{value * scale:,.{digits}f}" for value in found)
            rows.append([f"{titles[key]}, {what}", *cells])
    return _markdown(rows)


def clients(results: Results, titles: Titles) -> str:
    """What more clients cost."""
    counts = (("1 client", 1), (f"{CLIENTS} clients", CLIENTS))
    rows = [["", *(f"{what}, {name}" for what in ("CPU, ms", "peak memory, MB") for name, _ in counts)]]
    for key in (key for key in titles if key in results["clients 1"]):
        found = [medians(results[f"clients {count}{suffix}"])[key] for suffix in ("", " peak") for _, count in counts]
        rows.append(
            [titles[key], *(f"{v * scale:,.0f}" for v, scale in zip(found, (1e3, 1e3, 1e-6, 1e-6), strict=True))]
        )
    return _markdown(rows)


def write(path: Path, results: Results, titles: Titles) -> None:
    """The page."""
    text = _PAGE.read_text(encoding="utf-8").format(
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=f"{platform.system()} ({platform.machine()})",
        cores=os.cpu_count(),
        table=table(results, titles),
        in_flight=in_flight(results, titles),
        many=many(results, titles),
        clients=clients(results, titles),
        clients_count=CLIENTS,
    )
    path.write_text(text, encoding="utf-8")


def embed(path: Path, results: Results, titles: Titles) -> bool:
    """Put the table between the two marks of a page that has them. Tells whether it has."""
    before, begin, rest = path.read_text(encoding="utf-8").partition("<!-- benchmarks -->\n")
    _, end, after = rest.partition("<!-- /benchmarks -->")
    if end:
        path.write_text(f"{before}{begin}\n{table(results, titles, spread=False)}\n{end}{after}", encoding="utf-8")
    return bool(end)
