"""Run the command and both clients against a local server, which needs neither key nor network, or the API.

Exit codes: 0 all models were found, 1 some were not, 2 invalid usage or no credentials.
"""

import argparse
import asyncio
import os
import sys

from anthropic_models import Anthropic, AnthropicError, AsyncAnthropic
from anthropic_models.cli.command import app
from anthropic_models.testing import serve
from anthropic_models.types import ModelInfo


def main() -> int:
    """Run the demonstration; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--live", action="store_true", help="use the API, with the credential in ANTHROPIC_API_KEY")
    parser.add_argument("model", nargs="?", metavar="MODEL", help="id or alias of a model; default: an example")
    options = parser.parse_args()
    with serve() as server:
        examples = list(server.models)[: 1 if options.live else None]
        models = [options.model] if options.model else examples
        if not options.live:
            for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
                del os.environ[name]  # a proxy cannot reach the loopback address
            os.environ |= {"ANTHROPIC_BASE_URL": server.url, "ANTHROPIC_API_KEY": "made-up"}
            print(f"A local server answers with the examples of openapi/models.yaml: {server.url}", flush=True)
        code = _command("retrieve", *models) or _command("timeline", *models)
        return code if code == 2 else max(code, _ask_both(models[0]))


def _command(*arguments: str) -> int:
    print("\n$ anthropic-models", *arguments, flush=True)
    try:
        app(arguments, prog_name="anthropic-models")
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _ask_both(model: str) -> int:
    """Retrieve a model with both clients and print the results."""
    code = 0
    for client, retrieve in (
        ("Anthropic()", _blocking),
        ("await AsyncAnthropic()", lambda name: asyncio.run(_asynchronous(name))),
    ):
        print(f"\n>>> {client}.models.retrieve({model!r})")
        try:
            print(retrieve(model))
        except (AnthropicError, ValueError) as error:
            print(f"{type(error).__name__}: {error}")
            code = 1
    return code


def _blocking(model: str) -> ModelInfo:
    with Anthropic() as client:
        return client.models.retrieve(model)


async def _asynchronous(model: str) -> ModelInfo:
    async with AsyncAnthropic() as client:
        return await client.models.retrieve(model)


if __name__ == "__main__":
    sys.exit(main())
