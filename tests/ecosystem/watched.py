"""Calls a local server under a tracer, and prints how often it saw each call: `watched.py (opentelemetry|sentry)`.

Of clients that were made before the tracer and after it, httpx's own among them. Exits 1 if it sees httpx's calls
and not ours, or ours more than once.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from anthropic_models import Anthropic, AsyncAnthropic, DefaultAsyncHttpxClient, DefaultHttpxClient

MODEL = {"id": "m", "created_at": "2025-02-19T00:00:00Z", "display_name": "M", "type": "model"}
KINDS: dict[str, tuple[Any, Callable[[], Any]]] = {
    "httpx.Client": (None, lambda: httpx.Client()),
    "httpx.AsyncClient": (None, lambda: httpx.AsyncClient()),
    "Anthropic": (Anthropic, lambda: None),
    "AsyncAnthropic": (AsyncAnthropic, lambda: None),
    "Anthropic with DefaultHttpxClient": (Anthropic, lambda: DefaultHttpxClient()),
    "AsyncAnthropic with DefaultAsyncHttpxClient": (AsyncAnthropic, lambda: DefaultAsyncHttpxClient()),
    "Anthropic with httpx.Client": (Anthropic, lambda: httpx.Client()),
    "AsyncAnthropic with httpx.AsyncClient": (AsyncAnthropic, lambda: httpx.AsyncClient()),
}


class Handler(BaseHTTPRequestHandler):
    """Answers with a good model."""

    def do_GET(self) -> None:  # the name that http.server asks for
        body = json.dumps(MODEL).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


Seen = tuple[Callable[[], list[str]], Callable[[], Any]]


def opentelemetry() -> Seen:
    """Switch it on. Returns what gives the URLs that it has seen since, and what a call is made within."""
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


def sentry() -> Seen:
    """The same."""
    import sentry_sdk
    from sentry_sdk.transport import Transport

    urls: list[str] = []

    class Nowhere(Transport):
        def capture_envelope(self, envelope: Any) -> None:
            event = envelope.get_transaction_event() or {}
            urls.extend(span["description"].removeprefix("GET ") for span in event.get("spans", ()))

    sentry_sdk.init("http://key@127.0.0.1/1", transport=Nowhere, traces_sample_rate=1.0)
    return lambda: urls, lambda: sentry_sdk.start_transaction(name="calls")


def call(client: Any, url: str) -> None:
    """One call."""
    model_id = url.rpartition("/")[2]
    if isinstance(client, AsyncAnthropic):
        asyncio.run(client.models.retrieve(model_id))
    elif isinstance(client, Anthropic):
        client.models.retrieve(model_id)
    elif asyncio.iscoroutine(answer := client.get(url)):
        asyncio.run(_awaited(answer))


async def _awaited(answer: Any) -> None:
    await answer


def main(tool: str) -> int:
    """Call with each kind of client, made before the tracer and after it. Returns the exit code."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base_url = f"http://127.0.0.1:{server.server_port}"

    def make() -> dict[str, Any]:
        return {
            name: http() if kind is None else kind(api_key="k", base_url=base_url, http_client=http())
            for name, (kind, http) in KINDS.items()
        }

    before = make()
    seen, transaction = {"opentelemetry": opentelemetry, "sentry": sentry}[tool]()
    is_right = True
    for moment, clients in (("before", before), ("after", make())):
        counts = {}
        for number, (name, client) in enumerate(clients.items()):
            url = f"{base_url}/v1/models/{moment}-{number}"
            with transaction():
                call(client, url)
            counts[name] = seen().count(url)
        is_right &= all(each == counts["httpx.Client"] <= 1 for each in counts.values())
        print(f"  made {moment} it:", ", ".join(f"{name} {count}" for name, count in counts.items()))  # noqa: T201
    server.shutdown()
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
