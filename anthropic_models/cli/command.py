"""The command's arguments, its three subcommands and their help pages."""

from __future__ import annotations

from pathlib import Path  # typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from anthropic_models import __version__
from anthropic_models.types import AnthropicBeta

from . import chart, lookup, table, terminal, timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from anthropic_models.types import ModelInfo

app: typer.Typer = typer.Typer(
    help="Look up models of the Anthropic API, with the credential in ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN.",
    epilog="Exit codes: 0 all models were found; 1 some were not; 2 wrong use or no credentials.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,  # they show local variables
)

Ids = Annotated[
    list[str],
    typer.Argument(metavar="IDS...", help="Ids or aliases of models; - reads them from standard input, one per line."),
]
Betas = Annotated[
    list[str] | None,
    typer.Option(
        "--beta",
        metavar="NAME",
        help="Switch a beta feature on. May be repeated.",
        autocompletion=lambda: list(get_args(AnthropicBeta)),
    ),
]


def _examples(*commands: str) -> str:
    """The end of a help page. Each command is a paragraph, because typer joins the lines of a paragraph."""
    return "\n\n".join(["[bold]Examples[/bold]", *commands])


def _show_version(wanted: bool) -> None:  # the callback that typer expects
    if wanted:
        typer.echo(f"anthropic-models {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[  # its callback does the work
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command(
    "retrieve",
    help="Show the details of models, in the order of the arguments.",
    epilog=_examples(
        "anthropic-models retrieve claude-opus-4-5 claude-sonnet-4-5",
        "anthropic-models retrieve claude-opus-4-5 --format json | jq",
        "anthropic-models retrieve - --format jsonl < ids.txt",
    ),
)
def _retrieve(
    ids: Ids,
    betas: Betas = None,
    form: Annotated[
        Literal["table", "json", "jsonl", "id"],
        typer.Option("--format", "-f", help="table and json print all models at the end, jsonl and id line by line."),
    ] = "table",
) -> None:
    found: list[ModelInfo] = []
    show: Callable[[str, ModelInfo], None] = {
        "jsonl": lambda _, model: typer.echo(model.to_json(indent=None)),
        "id": lambda name, _: typer.echo(name),
    }.get(form, lambda _, model: found.append(model))
    with terminal.well_behaved():
        code = lookup.run(ids, betas, show, prints=form in ("jsonl", "id"))
        if form == "json" and code != lookup.NOTHING_ASKED:
            typer.echo(table.as_json(found))
        elif found:
            typer.echo(table.as_table(found), nl=False, color=True)
    raise typer.Exit(code)


@app.command(
    "resolve",
    help="Print the id of the model that an alias refers to, and nothing else.",
    epilog=_examples("MODEL=$(anthropic-models resolve claude-opus-4-5)"),
)
def _resolve(
    alias: Annotated[str, typer.Argument(metavar="ALIAS", help="Alias or id of a model.")], betas: Betas = None
) -> None:
    _retrieve([alias], betas, "id")


@app.command(
    "timeline",
    help="Draw the release dates of models.",
    epilog=_examples(
        "anthropic-models timeline claude-opus-4-5 claude-sonnet-4-5",
        "anthropic-models timeline - --output models.svg < ids.txt",
    ),
)
def _timeline(
    ids: Ids,
    betas: Betas = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            callback=chart.check_output,
            help="Write a chart instead: FILE.svg, or FILE.png if Pillow is installed.",
        ),
    ] = None,
) -> None:
    found: dict[str, ModelInfo] = {}
    with terminal.well_behaved():
        code = lookup.run(ids, betas, found.__setitem__)
        drawn = timeline.releases(found)
        if found and output:
            chart.write(drawn, output)
        elif found:
            typer.echo(timeline.as_text(drawn), nl=False, color=True)
    raise typer.Exit(code)
