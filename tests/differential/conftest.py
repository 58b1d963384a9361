"""Runs the same program twice against one recording server: with the official SDK and with this client."""

import asyncio
from dataclasses import dataclass

import anthropic
import pytest
from facts import API_VERSION
from trust import TLS

import anthropic_models

# The documented differences in requests: our User-Agent, and no telemetry.
TELEMETRY = ("arch", "async", "lang", "os", "package-version", "read-timeout", "runtime", "runtime-version", "timeout")
DIFFERENT = {"user-agent", *(f"x-stainless-{name}" for name in TELEMETRY)}
# Each sends the version of the API that it was made for, unless the program sets another.
OFFICIAL_VERSION = str(anthropic.Anthropic(api_key="key").default_headers["anthropic-version"])
VERSIONS = dict.fromkeys((OFFICIAL_VERSION, API_VERSION), "its own")


@dataclass(frozen=True)
class Exchange:
    """What one of the two did: the requests that the server received, and the result of the program."""

    requests: tuple
    outcome: object

    @property
    def sent(self):
        """Method, target and headers of each request, without the documented differences."""
        return [(request.method, request.target, sorted(_compared(request))) for request in self.requests]

    @property
    def error(self):
        """The class and attributes of the error that was raised."""
        assert isinstance(self.outcome, Exception), f"not an error: {self.outcome!r}"
        values = {name: getattr(self.outcome, name, None) for name in ("status_code", "request_id", "body", "message")}
        return {"class": type(self.outcome).__name__, **values}


def _compared(request):
    named = [(name.lower(), value) for name, value in request.headers if name.lower() not in DIFFERENT]
    return [(name, VERSIONS.get(value, value) if name == "anthropic-version" else value) for name, value in named]


async def _awaited(client, arguments):
    async with client:
        return await client.models.retrieve(**arguments)


def _run(library, program, url, *, is_async):
    settings, arguments = program(library)
    settings = {"api_key": "key", "base_url": url, **settings}
    if library is anthropic:
        http_class = anthropic.DefaultAsyncHttpxClient if is_async else anthropic.DefaultHttpxClient
        settings["http_client"] = http_class(verify=TLS)
    arguments = {"model_id": "m", **arguments}
    try:
        if is_async:
            return asyncio.run(_awaited(library.AsyncAnthropic(**settings), arguments))
        with library.Anthropic(**settings) as client:
            return client.models.retrieve(**arguments)
    except (library.AnthropicError, ValueError, TypeError) as error:
        return error


@pytest.fixture(params=["sync", "async"])
def both(request, server):
    """Run a program with both libraries: the official exchange, and ours."""

    def both(program, *answers):
        exchanges = []
        for library in (anthropic, anthropic_models):
            if library is anthropic:
                server.start_anew()
            else:  # the arbiter does not check what the official client sent
                server.requests.clear()
            server.plan(*answers)
            outcome = _run(library, program, server.url, is_async=request.param == "async")
            exchanges.append(Exchange(tuple(server.requests), outcome))
        return exchanges[0], exchanges[1]

    return both
