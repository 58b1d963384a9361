"""Retrieve a model through the public client, synchronous and asynchronous, and show it as a table.

Without --live a local server answers, so neither a key nor a network is needed. With --live the API does,
for the key in ANTHROPIC_API_KEY (or the token in ANTHROPIC_AUTH_TOKEN).

Exit codes: 0 shown, be it the local server's error answer to an unknown model; 1 the API gave an error or no
answer; 2 wrong usage, or --live without a key.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any

from anthropic_models import Anthropic, AnthropicError, AsyncAnthropic
from anthropic_models.testing import serve

if TYPE_CHECKING:
    from anthropic_models.types import ModelInfo

CREDENTIALS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")


def main(arguments: list[str] | None = None) -> int:
    """Run the demonstration; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--live", action="store_true", help="ask the API itself")
    parser.add_argument("model", nargs="?", metavar="MODEL", help="identifier or alias; else the fragment's example")
    options = parser.parse_args(arguments)
    if options.live and not any(map(os.environ.get, CREDENTIALS)):
        print(f"--live needs a credential in the environment: set {' or '.join(CREDENTIALS)}", file=sys.stderr)
        return 2
    with serve() as server:  # when live, only for the name of its first model
        model = options.model or next(iter(server.models))
        if options.live:
            return 0 if show(model) else 1
        for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
            del os.environ[name]  # no proxy is on the way to this machine itself
        print(f"A local server answers from the fragment's examples: {server.url}")
        show(model, api_key="made-up", base_url=server.url)
    print("The server is gone.")
    return 0


def show(model: str, **settings: Any) -> bool:
    """Ask both clients for a model and print what they say; False where that is an error."""
    print(f"Asking for {model}, synchronously and asynchronously")
    try:
        with Anthropic(**settings) as client:
            answers = [client.models.retrieve(model)]
        answers.append(asyncio.run(retrieve(model, **settings)))
    except (AnthropicError, ValueError) as error:
        print_table([("error", type(error).__name__), *told_by(error)])
        return False
    values = [answer.to_dict(mode="json") | {"(request id)": answer._request_id} for answer in answers]
    names = dict.fromkeys(name for columns in values for name in columns)
    print_table(
        [("", "Anthropic", "AsyncAnthropic"), *((name, *(each.get(name) for each in values)) for name in names)]
    )
    return True


async def retrieve(model: str, **settings: Any) -> ModelInfo:
    """Ask the asynchronous client."""
    async with AsyncAnthropic(**settings) as client:
        return await client.models.retrieve(model)


def told_by(error: Exception) -> list[tuple[str, object]]:
    """What a program can learn from an error, beside its class."""
    return [
        (name.replace("_", " "), getattr(error, name)) for name in ("status_code", "request_id") if hasattr(error, name)
    ] + [("message", error)]


def print_table(rows: list[tuple[object, ...]]) -> None:
    """Print rows in aligned columns."""
    widths = [max(len(str(cell)) for cell in column) for column in zip(*rows, strict=True)]
    print()
    for row in rows:
        print("  " + "  ".join(f"{cell!s:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    print()


if __name__ == "__main__":
    sys.exit(main())
