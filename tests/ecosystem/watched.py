"""Calls a local server under a tracer, and prints how often it saw each call: `watched.py (opentelemetry|sentry)`.

Clients are created before and after the tracer starts. Exits 1 if it sees httpx's calls and not ours, or ours twice.
"""

import asyncio
import contextlib
import json
import sys

import httpx
from recording import RecordingServer

from anthropic_models import Anthropic, AsyncAnthropic, DefaultAsyncHttpxClient, DefaultHttpxClient


def opentelemetry():
    """Start OpenTelemetry; returns a function that lists the URLs it has seen, and a context manager for a call."""
    from opentelemetry import trace
    from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    HTTPXClientInstrumentor().instrument()
    return lambda: [str(span.attributes["http.url"]) for span in exporter.get_finished_spans()], contextlib.nullcontext


def sentry():
    """Start Sentry; returns the same."""
    import sentry_sdk
    from sentry_sdk.transport import Transport

    urls = []

    class Nowhere(Transport):
        def capture_envelope(self, envelope):
            event = envelope.get_transaction_event() or {}
            urls.extend(span["description"].removeprefix("GET ") for span in event.get("spans", ()))

    sentry_sdk.init("http://key@127.0.0.1/1", transport=Nowhere, traces_sample_rate=1.0)
    return lambda: urls, lambda: sentry_sdk.start_transaction(name="calls")


def make_clients(base_url):
    """Make each kind of client; returns, by name, a function that calls it with a model id."""
    plain, later = httpx.Client(), httpx.AsyncClient()
    calls = {"httpx.Client": lambda name: plain.get(f"{base_url}/v1/models/{name}")}
    calls["httpx.AsyncClient"] = lambda name: later.get(f"{base_url}/v1/models/{name}")
    # OpenTelemetry 0.48b0 replaces httpx's class with its own.
    of_kind = {Anthropic: (None, DefaultHttpxClient, httpx.Client)}
    of_kind[AsyncAnthropic] = (None, DefaultAsyncHttpxClient, httpx.AsyncClient)
    for kind, http_clients in of_kind.items():
        for http in http_clients:
            client = kind(api_key="k", base_url=base_url, http_client=http and http())
            calls[f"{kind.__name__} with {http and http.__name__}"] = client.models.retrieve
    return calls


def main(tool):
    """Call with clients that are made before and after the tracer starts; returns the exit code."""
    is_right = True
    with RecordingServer() as server:
        before = make_clients(server.url)
        seen, transaction = {"opentelemetry": opentelemetry, "sentry": sentry}[tool]()
        for moment, calls in (("before", before), ("after", make_clients(server.url))):
            counts = {}
            for number, (name, call) in enumerate(calls.items()):
                with transaction():
                    result = call(f"{moment}-{number}")
                    if asyncio.iscoroutine(result):
                        asyncio.run(result)
                counts[name] = seen().count(f"{server.url}/v1/models/{moment}-{number}")
            is_right &= all(each == counts["httpx.Client"] <= 1 for each in counts.values())
            print(f"  made {moment} it: {json.dumps(counts)}")  # noqa: T201
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
