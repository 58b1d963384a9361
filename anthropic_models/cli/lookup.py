"""Retrieves many models with bounded concurrency, and shows them in the order of the arguments."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Callable

import attrs
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from anthropic_models import AnthropicError, APIStatusError, AsyncAnthropic
from anthropic_models.types import ModelInfo

from .terminal import one_line, report

AT_ONCE = 8
LONG = 20
"""The minimum number of models for a progress bar."""
NOT_SENT = (TypeError, ValueError)
"""The exceptions that the client raises for an invalid argument or setting."""
NOTHING_ASKED = 2
"""The exit code for invalid usage and for missing credentials."""
LONGEST = 500
"""The maximum number of characters of an error that are shown."""
Show = Callable[[str, ModelInfo], None]
"""A function that shows a model, given its id and the model."""


def run(ids: list[str], betas: list[str] | None, show: Show, *, prints: bool = False) -> int:
    """Retrieve every model and show it; errors go to standard error.

    Args:
        ids: Ids or aliases; `-` reads them from standard input, one per line.
        betas: Beta features to switch on.
        show: Called with each model, in the order of the ids, as soon as it and those before it have arrived.
        prints: Whether `show` prints; then a progress bar is not needed on a terminal.

    Returns:
        The exit code: 0 if all were found, 1 if some were not, `NOTHING_ASKED` if no request was sent.
    """
    try:
        client = AsyncAnthropic()
    except (AnthropicError, *NOT_SENT) as error:
        report(str(error))
        return NOTHING_ASKED
    if client.api_key is None and client.auth_token is None:
        report("no credentials: set ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN")
        return NOTHING_ASKED
    lines = (line.strip() for line in sys.stdin or ())  # it may be closed
    names = [each for name in ids for each in (filter(None, lines) if name == "-" else [name])]
    hidden = len(names) < LONG or not sys.stderr.isatty() or (prints and sys.stdout.isatty())
    bar = Progress(
        *Progress.get_default_columns(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # it may be a file
        disable=hidden,
    )
    with bar:
        failures = asyncio.run(_run(client, names, betas or [], show, bar))
    if failures and len(failures) == len(names) and all(isinstance(failure, NOT_SENT) for failure in failures):
        return NOTHING_ASKED
    return 1 if failures else 0


async def _run(
    client: AsyncAnthropic, names: list[str], betas: list[str], show: Show, bar: Progress
) -> list[Exception]:
    gate = asyncio.Semaphore(AT_ONCE)
    total = bar.add_task("Retrieving", total=len(names))

    async def ask(name: str) -> ModelInfo | Exception:
        async with gate:
            try:
                return await client.models.retrieve(name, betas=betas)
            except (AnthropicError, *NOT_SENT) as error:
                return error
            finally:
                bar.advance(total)

    failures = []
    async with client:
        identifier = _identifier(client.models.retrieve)
        tasks = [asyncio.create_task(ask(name)) for name in names]
        try:
            for name, task in zip(names, tasks, strict=True):
                answer = await task
                if isinstance(answer, Exception):
                    report(f"{name}: {_explained(answer)}")
                    failures.append(answer)
                else:
                    show(one_line(getattr(answer, identifier)), answer)
        finally:  # if `show` failed or the user interrupted, some are still running
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return failures


def _identifier(retrieve: Callable[..., object]) -> str:
    """The field with the identifier: the operation's first parameter is named after it, as `model_id` after `id`."""
    parameter = next(iter(inspect.signature(retrieve).parameters))
    return next(field.name for field in attrs.fields(ModelInfo) if f"_{parameter}".endswith(f"_{field.name}"))


def _explained(error: Exception) -> str:
    """The API's message if it sent one, else the client's, with the request id."""
    text = str(error)
    if isinstance(error, APIStatusError) and isinstance(error.body, dict):
        detail = error.body.get("error")
        if isinstance(detail, dict) and "message" in detail:
            text = f"{error.status_code} {detail['message']}"
    request_id = getattr(error, "request_id", None)
    shown = text[:LONGEST]
    return shown if request_id is None or request_id in shown else f"{shown} (request id {request_id})"
