"""The timeline as a picture: SVG, or PNG if Pillow is installed."""

from __future__ import annotations

from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .timeline import UNKNOWN, Scale, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .timeline import Release

WIDTH, ROW, TOP, LETTER = 600, 28, 20, 7.5
"""Pixels: the length of the scale, the height of a row, the space above it, and the width of a letter."""
DOT, LINE, GRID, INK = "#c2703d", "#e9cbb8", "#e5e7eb", "#374151"
SVG = {
    "line": '<path d="M{} {}L{} {}" stroke="{}" stroke-width="2"/>',
    "dot": '<circle cx="{}" cy="{}" r="5" fill="{}"/>',
    "text": '<text x="{}" y="{}" text-anchor="{}" dominant-baseline="central">{}</text>',
}
ANCHORS = {"start": "lm", "middle": "mm", "end": "rm"}
"""Pillow's names for the anchors of SVG."""


def check_output(path: Path | None) -> Path | None:
    """Reject a file that cannot be written, before any request is sent."""
    if path is None:
        return None
    if path.suffix not in (".svg", ".png"):
        raise typer.BadParameter(f"{path} must end in .svg or .png")
    if path.suffix == ".png":
        try:
            import_module("PIL")
        except ModuleNotFoundError:
            refusal = "a .png needs the package Pillow (pip install pillow); an .svg does not"
            raise typer.BadParameter(refusal) from None
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}")
    return path


def write(drawn: list[Release], path: Path) -> None:
    """Write the chart in the format of the file's suffix."""
    left = int(24 + LETTER * max(len(name) for _, name in drawn))
    width, height = left + WIDTH + 110, TOP + ROW * len(drawn) + 40
    shapes = _shapes(drawn, left)
    if path.suffix == ".svg":
        path.write_text(_svg(shapes, width, height), encoding="utf-8")
    else:
        _write_png(shapes, width, height, path)


def _shapes(drawn: list[Release], left: int) -> Iterator[tuple[Any, ...]]:
    """The shapes to draw: the name of each in `SVG`, and the values for its template."""
    scale, bottom = Scale(drawn, WIDTH, room=80), TOP + ROW * len(drawn)
    for place, month in scale.ticks:
        x = round(left + place, 1)
        yield "line", x, TOP, x, bottom, GRID
        yield "text", x, bottom + 16, "middle", month
    for number, (date, name) in enumerate(drawn):
        x, y = float(left), TOP + ROW * number + ROW // 2
        if date != UNKNOWN:
            x = round(left + scale.place(date), 1)
            yield "line", left, y, x, y, LINE
            yield "dot", x, y, DOT
        yield "text", left - 12, y, "end", name
        yield "text", x + 12, y, "start", day(date)


def _svg(shapes: Iterator[tuple[Any, ...]], width: int, height: int) -> str:
    lines = [SVG[kind].format(*(escape(str(value)) for value in values)) for kind, *values in shapes]
    size = f'width="{width}" height="{height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13" fill="{INK}">',
            '<title>Release dates of models</title><rect width="100%" height="100%" fill="#ffffff"/>',
            *lines,
            "</svg>\n",
        ]
    )


def _write_png(shapes: Iterator[tuple[Any, ...]], width: int, height: int, path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    zoom = 4  # halved at the end, which smooths the edges
    image = Image.new("RGB", (width * zoom, height * zoom), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(13 * zoom)
    for kind, *values in shapes:
        x, y = values[0] * zoom, values[1] * zoom
        if kind == "line":
            pen.line((x, y, values[2] * zoom, values[3] * zoom), fill=values[4], width=2 * zoom)
        elif kind == "dot":
            pen.circle((x, y), 5 * zoom, fill=values[2])
        else:
            pen.text((x, y), values[3], INK, font, anchor=ANCHORS[values[2]])
    image.resize((width * 2, height * 2)).save(path)
