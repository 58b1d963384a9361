"""Models as a table or as JSON. The columns are the fields of the responses, in the order of the model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from .terminal import one_line

if TYPE_CHECKING:
    from anthropic_models.types import ModelInfo

UNBOUNDED = 100_000
"""The width of a file or a pipe, whose lines are not wrapped."""


def as_json(models: list[ModelInfo]) -> str:
    """An array of the models, as the API describes them."""
    return json.dumps([model.to_dict(mode="json") for model in models], indent=2)


def as_table(models: list[ModelInfo]) -> str:
    """A row for each model; if the terminal is too narrow for rows, a line for each field."""
    rows = [{name: _cell(value) for name, value in model.to_dict(mode="json").items()} for model in models]
    names = list(dict.fromkeys(name for row in rows for name in row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=UNBOUNDED)
    table = Table(*names, box=box.SIMPLE_HEAD if console.is_terminal else None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(row.get(name) for name in names))
    with console.capture() as shown:
        if Measurement.get(console, console.options.update(width=UNBOUNDED), table).maximum <= console.width:
            console.print(table)
        else:
            for row in rows:
                console.print(_block(row))
    return shown.get()


def _block(row: dict[str, Text]) -> Table:
    block = Table.grid("name", "value", padding=(0, 2))
    for name, value in row.items():
        block.add_row(Text(name, "bold"), value)
    block.add_row()
    return block


def _cell(value: object) -> Text:
    """Strings unchanged, nothing for null, and JSON for other values. Not markup, because the text is not trusted."""
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return Text(one_line(text), overflow="fold")
